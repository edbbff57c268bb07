"""What means harm gets an exception: no crash, no hang, no panic."""

import math
import tempfile
from typing import Any

import pytest
from conftest import MALI

import probative
from probative import *

ITSELF: list[Any] = []
ITSELF.append(ITSELF)
DEEP: Any = {}
for _ in range(100_000):
    DEEP = {"x": DEEP}


class Liar:
    """Has a length and entries that it cannot give."""

    def __len__(self) -> int:
        return 1 << 40

    def __getitem__(self, at: int) -> int:
        raise RuntimeError("no")


PLACE = tempfile.TemporaryDirectory()
ARCHIVE = Archive.create(PLACE.name, origin="example.org/hostile", by="jd")

HOSTILE: list[Any] = [
    None, True, -1, 10**400, math.nan, math.inf, -0.0, "", "\0", "\ud800", "x" * 100_000, b"\xff",
    [], [None], [1], ITSELF, {}, {1: 2}, DEEP, object(), object, Liar(), Item, iter(()), range(3),
    Report.load, float, "A", "B2", "icd-203", "strength", lambda *_: 1 / 0,
]  # fmt: skip

CALLS: list[Any] = [
    Report, Report.load, Report.loads, Report.from_dict,
    lambda x: Report("x", sources=x), lambda x: Report("x", items=[Item(x, x)]),
    lambda x: Report("x", judgements=[Judgement("J", prior=x)]),
    lambda x: Report("x", cut_off=x), lambda x: Report("x").replace(title=x),
    lambda x: Report("x").replace(**{"items": x}), lambda x: Report("x").replace(**{"nonsense": x}),
    lambda x: Report("x").items[x], lambda x: Report("x").item(x),
    lambda x: appraise(x), lambda x: appraise(Report("x"), x), lambda x: appraise(Report("x"), as_of=x),
    lambda x: appraise(Report("x"), progress=x), lambda x: appraise(Report("x")).explain(x),
    lambda x: appraise(Report("x")).judgements[x], lambda x: appraise(Report("x")).findings[x],
    lambda x: render(appraise(Report("x")), x), lambda x: render(appraise(Report("x")), width=x),
    lambda x: draw(appraise(Report("x")), x), Doctrine.load, Doctrine.loads, Doctrine().band,
    Doctrine().cap, Doctrine().reliability, Doctrine().yardstick, Digest, Digest.of, Digest.of_file,
    lambda x: Digest.of(b"", x), Yardstick.builtin, Yardstick.fits, Yardstick.builtin("ipcc").term,
    Yardstick.builtin("ipcc").terms_for, lambda x: Yardstick.define("x", x),
    lambda x: Yardstick.define(x, {}), lambda x: Band(x, x), lambda x: Band(0.0, x),
    lambda x: x in Band(0.0, 1.0), lambda x: Explanation(x, "given", 0.0),
    lambda x: Explanation("", x, 0.0), lambda x: Explanation("", "sum", x),
    lambda x: Explanation("", "sum", 0.0, x), Reliability, Credibility, Stance, Grade.parse,
    Crosswalk.MISP.read_reliability, Crosswalk.MISP.write_credibility_score,
    Archive.open, Ledger.read, inspect, SigningKey.read, SigningKey.generate, VerifierKey, Proof,
    Checkpoint, lambda x: Entry(x, "{}"), lambda x: Entry(0, x),
    lambda x: Archive.create(x, origin=x, by=x) if x not in ("A", "B2", "icd-203", "strength") else 0,
    lambda x: ARCHIVE.add(x, url="u", at="2023-06-01", by="jd"),
    lambda x: ARCHIVE.add(b"", url=x, at="2023-06-01", by="jd"),
    lambda x: ARCHIVE.add(b"", url="u", at=x, by=x), lambda x: ARCHIVE.import_(x, by="jd"),
    lambda x: ARCHIVE.add(b"", url="u", at="2023-06-01", by="jd", status=x, item=x),
    lambda x: ARCHIVE.grade(x, item=x, because="b", by="jd"), lambda x: ARCHIVE.get(x),
    lambda x: ARCHIVE.get(Digest.of(b""), limit=x), lambda x: ARCHIVE.withdraw(object=x, because="b", by="jd"),
    lambda x: ARCHIVE.note(x, by="jd"), lambda x: ARCHIVE.derive(x, x, by="jd"),
    lambda x: ARCHIVE.authenticate("a", x, because="b", by="jd"), lambda x: ARCHIVE.register(x, name=x, by="jd"),
    lambda x: ARCHIVE.verify(trust=x), lambda x: ARCHIVE.verify(pin=x), lambda x: ARCHIVE.verify(threads=x),
    lambda x: ARCHIVE.checkpoint(x), lambda x: ARCHIVE.prove(x), lambda x: ARCHIVE.check(x),
    lambda x: ARCHIVE.graded(Report("x"), by=x), lambda x: ARCHIVE.ledger().as_of(x),
    lambda x: ARCHIVE.ledger().as_of_size(x), lambda x: ARCHIVE.ledger().registry.item(x),
    lambda x: appraise(Report("x"), archive=x), lambda x: appraise(Report("x"), archive=ARCHIVE, grades=x),
    lambda x: compare(x, appraise(Report("x"))), lambda x: appraise(Report("x")).after(x, x, x),
    lambda x: appraise(Report("x")).linchpins(x), KnownSources, KnownSources.load,
    lambda x: KnownSources("", x), lambda x: draft("KJ-1: x", known=x),
    draft, lambda x: draft("KJ-1: x", markup=x), probative._native.words, lambda x: probative._native.refuse_word(x, x),
    lambda x: probative._native.run_appraise(x) if x != [] else 2,
]  # fmt: skip


@pytest.mark.parametrize("call", range(len(CALLS)))
@pytest.mark.parametrize("value", range(len(HOSTILE)))
def test_nothing_panics(call: int, value: int) -> None:
    try:
        CALLS[call](HOSTILE[value])
    except Exception as error:
        # A panic is no `Exception`, so it would not be caught here.
        assert "PanicException" not in type(error).__name__
        assert "please report" not in str(error)


def test_what_is_deep_is_refused() -> None:
    with pytest.raises(ValueError, match="too deep"):
        Report("x", sources=ITSELF)
    with pytest.raises(ValueError, match="too deep"):
        Report.from_dict(DEEP)
    tree = Explanation("", "given", 1.0)
    with pytest.raises(ValueError, match="deep"):
        for _ in range(100):
            tree = Explanation("", "sum", 1.0, (tree,))


def test_an_exception_of_the_progress_callable_comes_through() -> None:
    def stop(done: int, total: int) -> None:
        raise ZeroDivisionError(f"{done} of {total}")

    with pytest.raises(ZeroDivisionError, match="of"):
        appraise(Report.load(MALI), progress=stop)
