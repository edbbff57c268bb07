"""Values: frozen, comparable, hashable, picklable, copyable, with a repr that evaluates."""

import copy
import dataclasses
import datetime
import pickle
import time
import decimal
import fractions
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from samples import NONE, SAMPLES

import probative
from probative import *
from probative import _native, _words


@pytest.mark.parametrize("value", SAMPLES, ids=lambda value: type(value).__name__)
def test_round_trips(value: object) -> None:
    again: object
    for again in (
        pickle.loads(pickle.dumps(value, 2)),
        pickle.loads(pickle.dumps(value, pickle.HIGHEST_PROTOCOL)),
        copy.copy(value),
        copy.deepcopy(value),
        eval(repr(value), {**vars(probative), "datetime": datetime}),
    ):
        assert type(again) is type(value)
        assert again == value and not again != value
        assert hash(again) == hash(value)
    assert value != object() and value != "x"
    assert len({value, copy.deepcopy(value)}) == 1


def test_every_class_has_a_sample() -> None:
    seen = {type(value) for value in SAMPLES}
    for name in probative.__all__:
        made = getattr(probative, name)
        if not isinstance(made, type) or issubclass(made, BaseException) or name in NONE:
            continue
        assert made in seen, f"{name} has no sample in tests/python/samples.py"


def test_every_exception_is_pickled_and_copied() -> None:
    for name, error in probative._native._every_error():
        for again in (pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):
            assert type(again) is type(error), name
            assert (str(again), vars(again)) == (str(error), vars(error)), name


def test_what_never_changes_is_its_own_copy() -> None:
    for value in SAMPLES:
        if type(value).__module__ == "probative" and getattr(_native, type(value).__name__, None):
            assert copy.copy(value) is value and copy.deepcopy([value])[0] is value


@pytest.mark.parametrize("value", SAMPLES, ids=lambda value: type(value).__name__)
def test_values_are_frozen(value: object) -> None:
    fields = [name for name in dir(value) if not name.startswith("_")]
    for name in [*fields[:5], "new_attribute"]:
        with pytest.raises((AttributeError, TypeError)):
            setattr(value, name, None)


Word = _words.Word


def test_enums_are_real_and_hold_the_lists_of_the_engine() -> None:
    for name in _words.__all__:
        made = getattr(probative, name)
        if issubclass(made, Word):
            assert [one.value for one in made] == probative._native.words(name)
            assert all(made(one.value) is one for one in made)
            assert made.__doc__ and made.__module__ == "probative"
    supports: str = Stance.SUPPORTS
    assert supports == "supports" and f"{Stance.SUPPORTS:>9}" == " supports"
    assert Credibility(3) is Credibility.THREE
    with pytest.raises(UnknownWordError, match="expected a stance"):
        Stance("suports")
    with pytest.raises(GradeError):
        Reliability("b")
    with pytest.raises(GradeError):
        Credibility(7)
    for call in (lambda: Stance(3), lambda: Channel(None), lambda: Formula("x"), lambda: Markup(b"")):
        with pytest.raises(UnknownWordError):
            call()
    for none in (None, 3.5, b"A"):
        with pytest.raises(GradeError):
            Reliability(none)


def test_words_are_ordered_where_the_list_is_and_nowhere_else() -> None:
    loose: Any = Reliability.A
    assert Confidence.LOW < Confidence.MODERATE < Confidence.HIGH >= Confidence.HIGH
    assert not Confidence.HIGH < Confidence.LOW and Confidence.LOW <= Confidence.LOW
    assert max(Severity) is list(Severity)[-1] and min(Severity) is Severity.INFO
    assert sorted(Authenticity, reverse=True) == list(Authenticity)[::-1]
    assert sorted(AssumptionStatus) == list(AssumptionStatus)
    ordered = {Confidence, Severity, Authenticity, AssumptionStatus}
    for name in _words.__all__:
        made = getattr(probative, name)
        if not issubclass(made, Word):
            continue
        assert issubclass(made, _words.Ordered) == (made in ordered), name
        one: Any = list(made)[-1]
        for compare in ("__lt__", "__le__", "__gt__", "__ge__"):
            with pytest.raises(TypeError):
                getattr(one, compare)("x")
            if made not in ordered:
                with pytest.raises(TypeError, match="no order"):
                    getattr(one, compare)(one)
    mistaken: list[Callable[[], object]] = [
        lambda: loose < Reliability.F,
        lambda: loose < "F",
        lambda: "F" < loose,
        lambda: Confidence.LOW < loose,
        lambda: sorted(list[Any](Credibility)),
    ]
    for call in mistaken:
        with pytest.raises(TypeError):
            call()


def test_grades_match() -> None:
    match Grade.parse("B2"):
        case Grade(Reliability.B, Credibility.TWO):
            pass
        case other:
            pytest.fail(repr(other))
    match Item("a", "s", lineage=DerivedFrom(("b",))):
        case Item(id, lineage=DerivedFrom((parent,))):
            assert (id, parent) == ("a", "b")
        case _:
            pytest.fail("no match")
    assert Reliability.F.rank is None and not Reliability.F.is_judged
    assert Reliability.G.counted_as is Reliability.E
    with pytest.raises(GradeError):
        Grade.parse("2B")
    loose: Any = Grade
    assert loose("B", 2) == Grade.parse("B2")
    for half in (("Z", 2), ("B", 99), (None, "2"), ("2", "B")):
        with pytest.raises(GradeError):
            loose(*half)


def test_lists_become_tuples() -> None:
    loose: Any = Judgement
    judgement = loose("J", rests_on=[Link("a")], assumes=iter(("A1",)))
    assert judgement == Judgement("J", rests_on=(Link("a"),), assumes=("A1",))
    assert hash(judgement) == hash(pickle.loads(pickle.dumps(judgement)))
    for mistaken in ("a", b"a", None, 3):
        with pytest.raises(TypeError):
            loose("J", assumes=mistaken)


def test_what_can_be_given_in_other_forms() -> None:
    numpy: Any = pytest.importorskip("numpy")
    for prior in (
        decimal.Decimal("0.25"), fractions.Fraction(1, 4), numpy.float32(0.25), numpy.float64(0.25),
    ):  # fmt: skip
        loose: Any = Judgement
        assert Report("x", judgements=[loose("J", prior=prior)]).judgements[0].prior == 0.25
    data, text = b"what was read", Report("x").to_json()
    for form in (bytes, bytearray, memoryview):
        assert Digest.of(form(data)) == Digest.of(data)
        assert Report.loads(form(text.encode())) == Report("x")
    report = Report("x").replace(sources=iter([Source("s")]), items=(Item(i, "s") for i in "ab"))
    assert len(report.items) == 2
    assert report.replace(items=None, sources=...).items[:] == ()  # type: ignore[arg-type]
    if hasattr(copy, "replace"):
        assert copy.replace(report, title="y").title == "y"


def test_crosswalks_say_what_is_lost_and_refuse_what_has_no_counterpart() -> None:
    lost = Crosswalk.MISP.write_credibility_score(Credibility.SIX)
    assert lost.value == 50 and lost.loss and not lost.is_exact
    for odd in (-1, 101, 10**9, "?"):
        with pytest.raises(NoCounterpartError):
            Crosswalk.MISP.read_reliability(odd)


def test_yardsticks() -> None:
    assert [one.id for one in Yardstick.fits(["highly likely", "realistic possibility"])] == [
        "phia-2025"
    ]
    likely = Yardstick.builtin("icd-203").term("likely")
    assert likely is not None and likely != Yardstick.builtin("ipcc").term("likely")
    assert 0.6 in likely.band and 0.9 not in likely.band
    assert len(Yardstick.builtin("kent")) == len(Yardstick.builtin("kent").terms)
    match likely.band:
        case Band(lower, upper):
            assert (lower, upper) == (0.55, 0.8)
    assert Doctrine().yardstick("kent") == Yardstick.builtin("kent")


def test_dates_are_dates(mali: Report) -> None:
    assert mali.cut_off == datetime.date(2023, 6, 13)
    zone = datetime.timezone(datetime.timedelta(hours=2))
    time = datetime.datetime(2023, 6, 1, 12, 30, tzinfo=zone)
    report = mali.replace(cut_off=time)
    assert report.cut_off == time
    assert report.cut_off.utcoffset() == zone.utcoffset(None)  # type: ignore[attr-defined]
    with pytest.raises(MomentError, match="2023-06-01T12:30:00"):
        appraise(mali, as_of=time.replace(tzinfo=None))


def test_sequences(appraisal: Appraisal, mali: Report) -> None:
    every: list[Any] = [
        mali.items, appraisal.judgements, appraisal.contributions, appraisal.findings,
    ]  # fmt: skip
    for rows in every:
        # Polars reads what is registered record by record, and not its Arrow stream.
        assert isinstance(rows, Sequence) != hasattr(rows, "__arrow_c_stream__")
        everything = list(rows)
        assert everything == [rows[at] for at in range(len(rows))]
        assert rows[-1] == everything[-1]
        assert list(reversed(rows)) == everything[::-1]
        for taken in (slice(None), slice(1, 3), slice(None, None, -2), slice(-2, None), slice(9, 2)):
            assert rows[taken] == tuple(everything[taken])
        assert everything[1] in rows and object() not in rows and "no such id" not in rows
        assert rows.index(everything[1]) == everything.index(everything[1])
        assert rows.count(everything[1]) == everything.count(everything[1])
        assert rows.count("no such id") == 0
        with pytest.raises(ValueError):
            rows.index(everything[1], everything.index(everything[1]) + 1, 2)
        for at in (len(rows), -len(rows) - 1, 2**62, -(2**62), 2**80):
            with pytest.raises(IndexError):
                rows[at]
        with pytest.raises(TypeError):
            rows[1.5]
        with pytest.raises(KeyError):
            rows["no such id"]
    assert appraisal.judgements["KJ-3"].id == "KJ-3"
    by_id: Any = "KJ-3"
    assert by_id in appraisal.judgements and appraisal.judgements.index("KJ-3") == 2
    assert mali.items["3b"] == mali.item("3b") and mali.items.count("3b") == 1
    assert mali.source(mali.sources[0].id) == mali.sources[0]
    assert mali.judgement("KJ-1").id == "KJ-1"


def test_a_yardstick_is_a_sequence_of_its_terms() -> None:
    kent: Any = Yardstick.builtin("kent")
    assert tuple(kent) == kent.terms == kent[:] and kent[-1] == kent.terms[-1]
    assert kent[0].label in kent and kent[0] in kent and "no term" not in kent and 3 not in kent
    assert kent[kent[0].label] == kent[0]
    with pytest.raises(UnknownIdError):
        kent["no term"]
    assert isinstance(kent[0].synonyms, tuple) and isinstance(Doctrine().bands, tuple)


def test_going_over_contributions_takes_time_by_their_number() -> None:
    def seconds(judgements: int) -> float:
        report = Report(
            "Many", sources=[Source("s")], items=[Item("i", "s")],
            judgements=[Judgement(f"J{at}", rests_on=(Link("i"),)) for at in range(judgements)],
        )  # fmt: skip
        appraisal = appraise(report)
        begin = time.perf_counter()
        rows = list(appraisal.contributions)
        for row in rows:
            assert appraisal.judgements.count(row.judgement) == 1
        return time.perf_counter() - begin

    # Linear is four times as long, and quadratic sixteen times.
    assert seconds(8_000) < 9 * seconds(2_000) + 0.2


def test_records_can_be_replaced_and_put_back(mali: Report) -> None:
    changed = dataclasses.replace(mali.sources[0], reliability=Reliability.A, graded_because="x")
    report = mali.replace(sources=[changed, *mali.sources[1:]])
    assert report.sources[0].reliability is Reliability.A
    assert report.digest != mali.digest
