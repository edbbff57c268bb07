"""A value of every public class, for tests that hold for all of them."""

import datetime
import tempfile
from pathlib import Path

from conftest import MALI, ROOT

import probative
from probative import *

NOW = datetime.datetime(2023, 6, 1, 10, tzinfo=datetime.timezone.utc)
# Without a sample, and why.
NONE = {
    "SigningKey": "a secret is neither pickled nor shown",
    "Ordered": "the base of enums",
}


def samples(place: Path) -> list[object]:
    """Values of every class but exceptions; an archive of theirs is made in this folder."""
    report = Report.load(MALI)
    doubted = report.replace(items=[
        Item(one.id, one.source, credibility=Credibility.FIVE, channel=one.channel)
        for one in report.items
    ])  # fmt: skip
    appraisal = appraise(report, as_of="2023-06-24", assessors={"jd": report, "mk": doubted})
    judgement = appraisal.judgements["KJ-3"]
    acme = Yardstick.define(
        "acme",
        {"name": "A", "source": "p. 1", "terms": [{"term": "it's", "lower": 0.5, "upper": 0.5}]},
    )
    drafted = draft("KJ-1: It is likely that it rains, reports suggest.", markup="plain")
    regraded = report.replace(sources=[
        Source(one.id, reliability=Reliability.E, graded_because="x") for one in report.sources
    ])  # fmt: skip
    comparison = compare(appraise(report), appraise(regraded))
    moved = next(one for one in comparison.judgements if one.moved_by)
    assert moved.before and judgement.likelihood and judgement.assessors
    return [
        report, report.items, *report.items[:1], report.sources[0], report.judgements[0],
        report.judgements[0].rests_on[0], report.assumptions[0], report.indicators[0],
        report.gaps[0], report.source_summary or SourceSummary("s"),
        Capture(Digest.of(b"x"), NOW, length=1), Dissent("the air force", Confidence.LOW),
        Item("a", "b", lineage=DerivedFrom(("c",)), published=datetime.date(2023, 1, 1)),
        DerivedFrom(("c",)), Original(), Doctrine(),
        Doctrine.loads((ROOT / "src/doctrine/default.toml").read_text(encoding="utf-8")),
        appraisal, appraisal.judgements, appraisal.contributions, appraisal.findings, judgement,
        judgement.rests_on, judgement.rests_on.owners, judgement.confidence, judgement.strength,
        judgement.confidence.requirements[0], judgement.likelihood, judgement.contributions[0],
        judgement.linchpins[0], judgement.linchpins[0].without, judgement.next_steps[0],
        judgement.assessors[0], appraisal.findings[0], appraisal.explain("KJ-1"),
        Explanation("nothing", "given", float("inf")), Digest.of(b"", "sha512"),
        Band(0.2, 0.4, lower_open=True, approximate=True), Yardstick.builtin("ipcc"), acme,
        acme["IT'S"], Grade.parse("B2"), Crosswalk.UK_5X5X5.read_reliability("E"), drafted,
        drafted.traces[0], drafted.findings[0], comparison, comparison.changes[0], moved,
        moved.before, moved.moved_by[0], Problem(ProblemCode.SYNTAX, "odd", line=1, column=2),
        KnownSources('[[sources]]\nname = "W"\nreliability = "B"\nbecause = "b"\n'),
        ByName({"x": 1}), *archived(place), *words(),
    ]  # fmt: skip


def words() -> list[object]:
    """The last word of every list."""
    made = [getattr(probative, name) for name in probative.__all__]
    return [
        list(one)[-1] for one in made if isinstance(one, type) and issubclass(one, probative._words.Word)
    ]


def archived(place: Path) -> list[object]:
    """An archive in which everything has happened, and what it says."""
    key = place / "key"
    archive = Archive.create(place / "a", origin="example.org/c", by="jd", key=key, now=NOW)
    archive.add(b"<p>x</p>", url="https://e.org/", at=NOW, item="i", by="jd", now=NOW)
    gone = archive.add(b"gone", url="https://e.org/g", at=NOW, by="jd", now=NOW).what
    assert isinstance(gone, Captured)
    archive.register("s", name="Watch", by="jd", now=NOW)
    archive.grade("B", source="s", because="b", by="jd", now=NOW)
    archive.authenticate("i", "verified", because="b", by="jd", now=NOW)
    archive.derive("i", ["s"], by="jd", now=NOW)
    archive.note("n", item="i", by="jd", now=NOW)
    archive.withdraw(object=gone.digest, because="b", by="jd", now=NOW)
    archive.withdraw(item="i", because="b", by="jd", now=NOW)
    archive.withdraw(source="s", because="b", by="jd", now=NOW)
    page = place / "a.warc"
    head = f"WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: https://e.org/\r\nWARC-Date: 2023-06-01T10:00:00Z\r\n"
    page.write_bytes(f"{head}Content-Length: 1\r\n\r\nx\r\n\r\n".encode())
    imported = archive.import_(page, by="jd", now=NOW)
    checkpoint = archive.checkpoint(key)
    verifier = SigningKey.read(key).verifier
    proof, ledger = archive.prove(0), archive.ledger()
    registry = ledger.registry
    item, source = registry.item("i"), registry.source("s")
    within = next(
        one.what.within for one in reversed(list(ledger)) if isinstance(one.what, Captured)
    )
    assert within and source.description and source.withdrawn
    return [
        archive, checkpoint, verifier, proof, proof.verify([verifier]), ledger, *ledger,
        *(one.what for one in ledger), registry, Registry(registry.__getnewargs__()[0]), item,
        source, source.grades, source.grades.letters[0], source.description, source.withdrawn,
        registry.objects[str(gone.digest)], imported, within, Subject(item="i"),
        inspect(place / "a", trust=[verifier]), ArchiveProblem("torn", "t"), Flaw(1, "f"),
        Verified(0, 1, 2),
    ]  # fmt: skip


PLACE = tempfile.TemporaryDirectory()
SAMPLES = samples(Path(PLACE.name))
