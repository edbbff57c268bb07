"""Values: frozen, comparable, hashable, picklable, copyable, with a repr that evaluates."""

import copy
import dataclasses
import datetime
import pickle
from pathlib import Path

import pytest

import probative
from probative import *
from probative import _words


def values() -> list[object]:
    report = Report.load(Path(__file__).parents[2] / "examples/reports/wagner-mali.toml")
    appraisal = appraise(report, as_of="2023-06-24")
    judgement = appraisal.judgements[0]
    acme = Yardstick.define(
        "acme",
        {"name": "A", "source": "p. 1", "terms": [{"term": "it's", "lower": 0.5, "upper": 0.5}]},
    )
    doctrine = Doctrine.loads(
        (Path(__file__).parents[2] / "src/doctrine/default.toml").read_text(encoding="utf-8")
    )
    return [
        report,
        report.items,
        report.items[0],
        report.sources[0],
        report.judgements[0],
        report.assumptions[0],
        report.indicators[0],
        report.gaps[0],
        Capture(Digest.of(b"x"), datetime.datetime.now(datetime.timezone.utc), length=1),
        Item("a", "b", lineage=DerivedFrom(("c",)), published=datetime.date(2023, 1, 1)),
        Original(),
        Doctrine(),
        doctrine,
        appraisal,
        appraisal.judgements,
        appraisal.contributions,
        appraisal.findings,
        judgement,
        judgement.rests_on.owners,
        judgement.confidence.requirements[0],
        appraisal.findings[0],
        appraisal.explain("KJ-1"),
        Explanation("nothing", "given", float("inf")),
        Digest.of(b"", "sha512"),
        Band(0.2, 0.4, lower_open=True, approximate=True),
        Yardstick.builtin("ipcc"),
        acme,
        acme.term("IT'S"),
        Grade.parse("B2"),
        Reliability.G,
        Credibility.SIX,
        Crosswalk.UK_5X5X5.read_reliability("E"),
        FindingCode.SINGLE_ORIGIN,
        draft("KJ-1: It is likely that it rains.", markup="plain"),
        *draft("KJ-1: It is likely that it rains.").traces[:1],
        Problem(ProblemCode.SYNTAX, "odd", line=1, column=2),
    ]


@pytest.mark.parametrize("value", values(), ids=lambda value: type(value).__name__)
def test_round_trips(value: object) -> None:
    for again in (
        pickle.loads(pickle.dumps(value)),
        copy.copy(value),
        copy.deepcopy(value),
        eval(repr(value), {**vars(probative), "datetime": datetime}),
    ):
        assert type(again) is type(value)
        assert again == value and not again != value
        assert hash(again) == hash(value)
    assert value != object() and value != "x"
    assert len({value, copy.deepcopy(value)}) == 1


@pytest.mark.parametrize("value", values(), ids=lambda value: type(value).__name__)
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
    for rows in (mali.items, appraisal.judgements, appraisal.contributions, appraisal.findings):
        assert list(rows) == [rows[at] for at in range(len(rows))]
        assert rows[-1] == list(rows)[-1]
        for at in (len(rows), -len(rows) - 1, 2**62, -(2**62)):
            with pytest.raises(IndexError):
                rows[at]
        with pytest.raises((TypeError, OverflowError)):
            rows[2**80]
        with pytest.raises(KeyError):
            rows["no such id"]
    assert appraisal.judgements["KJ-3"].id == "KJ-3"
    assert mali.items["3b"] == mali.item("3b")
    assert mali.source(mali.sources[0].id) == mali.sources[0]
    assert mali.judgement("KJ-1").id == "KJ-1"


def test_records_can_be_replaced_and_put_back(mali: Report) -> None:
    changed = dataclasses.replace(mali.sources[0], reliability=Reliability.A, graded_because="x")
    report = mali.replace(sources=[changed, *mali.sources[1:]])
    assert report.sources[0].reliability is Reliability.A
    assert report.digest != mali.digest
