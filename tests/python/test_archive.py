"""Archives: the same folder, bytes and verdicts as in Rust."""

import copy
import hashlib
import json
import os
import pickle
import shutil
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars
import pytest

import probative
from probative import *

ORIGIN = "example.org/case-7"
JUNE = "2023-06-01T10:00:00Z"


class Case:
    """An archive with one page of item 3a, and its key."""

    def __init__(self, place: Path) -> None:
        self.folder, self.key = place / "case-7", place / "case-7.key"
        self.archive = Archive.create(self.folder, origin=ORIGIN, by="jd", key=self.key, now=JUNE)
        self.page = self.add(b"<p>the claim</p>")

    def add(self, data: bytes | Path, **options: Any) -> Entry:
        options = {"item": "3a", "status": 200, "media_type": "text/html", **options}
        return self.archive.add(
            data, url="https://example.com/", at=JUNE, by="jd", now=JUNE, **options
        )

    @property
    def digest(self) -> Digest:
        assert isinstance(self.page.what, Captured)
        return self.page.what.digest

    def file(self, digest: Digest | None = None) -> Path:
        hex = (digest or self.digest).hex
        return self.folder / "objects" / "sha256" / hex[:2] / hex[2:]

    def put_instead(self, data: bytes) -> None:
        path = self.file()
        path.unlink()
        path.write_bytes(data)

    @property
    def trust(self) -> list[VerifierKey]:
        return [SigningKey.read(self.key).verifier]


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return Case(tmp_path)


def program(*arguments: str | Path) -> Any:
    """What the Rust program says, which must succeed."""
    done = subprocess.run(
        [os.environ["PROBATIVE_ARCHIVE"], *map(str, arguments), "--json"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_the_folder_is_that_of_the_program(case: Case, tmp_path: Path) -> None:
    other, key = tmp_path / "other", tmp_path / "other.key"
    page = tmp_path / "page.html"
    page.write_bytes(b"<p>the claim</p>")
    who = ("--by", "jd", "--now", JUNE)
    program("init", other, "--origin", ORIGIN, "--key", key, *who)
    program(
        "add", other, page, "--url", "https://example.com/", "--at", JUNE, "--item", "3a",
        "--media-type", "text/html", "--status", "200", *who,
    )  # fmt: skip
    program("grade", other, "3", "--item", "3a", "--because", "one source", *who)
    program("withdraw", other, "--source", "post", "--because", "forged", *who)
    case.archive.grade("3", item="3a", because="one source", by="jd", now=JUNE)
    case.archive.withdraw(source="post", because="forged", by="jd", now=JUNE)
    for name in ("ledger.jsonl", "FORMAT.txt"):
        assert (case.folder / name).read_bytes() == (other / name).read_bytes()
    ours = program("log", case.folder)
    assert [one["event"] for one in ours] == [one.to_dict() for one in case.archive.ledger()]

    checkpoint = case.archive.checkpoint(case.key)
    (said,) = program("verify", case.folder, "--trust", str(case.trust[0]))
    found = case.archive.verify(trust=case.trust)
    assert not found.problems
    for name in ("entries", "root", "objects", "length", "covered", "bytes", "order", "identity"):
        assert getattr(found, name) == said[name], name
    assert (checkpoint.size, checkpoint.root) == (4, said["root"])
    sums = (case.folder / "SHA256SUMS").read_text(encoding="utf-8").split()
    assert sums[0] == hashlib.sha256(b"<p>the claim</p>").hexdigest()
    proof = tmp_path / "2.tlog-proof"
    proof.write_text(str(case.archive.prove(2)), encoding="utf-8")
    (shown,) = program("verify", proof, "--trust", str(case.trust[0]))
    assert shown["entry"]["event"] == case.archive.prove(2).verify(case.trust).to_dict()


def test_what_is_kept_is_got_back_and_erased_after_it_was_said(case: Case, tmp_path: Path) -> None:
    assert case.archive.get(case.digest) == b"<p>the claim</p>"
    path = tmp_path / "large"
    path.write_bytes(bytes(1 << 20))
    told: list[tuple[int, int]] = []
    kept = case.add(path, progress=lambda *step: told.append(step))
    assert told[-1] == (1 << 20, 1 << 20)
    assert isinstance(kept.what, Captured) and kept.what.length == 1 << 20
    with pytest.raises(ObjectTooLongError):
        case.archive.get(kept.what.digest, limit=1 << 19)
    said = case.archive.withdraw(object=kept.what.digest, because="a court's order", by="jd")
    match said.what:
        case Withdrawn(because, Subject(object=digest)):
            assert (because, digest) == ("a court's order", kept.what.digest)
        case other:
            pytest.fail(repr(other))
    with pytest.raises(MissingObjectError) as gone:
        case.archive.get(kept.what.digest)
    assert isinstance(gone.value, LookupError)
    assert not case.archive.verify().problems
    assert case.archive.ledger().registry.objects[str(digest)].erased is not None


def test_every_entry_is_a_typed_value(case: Case) -> None:
    archive = case.archive
    archive.register("ngo", name="Border Watch", kind="ngo", owner="bw", url="https://e.org/", by="jd")
    archive.grade(Reliability.B, source="ngo", because="record", by="jd")
    archive.grade(Credibility.TWO, item="3a", because="two confirm", by="jd")
    archive.authenticate("3a", Authenticity.VERIFIED, because="geolocated", by="jd")
    archive.derive("3a", ["ngo"], by="jd")
    archive.note("ask again", item="3a", by="jd")
    archive.note("closed", by="jd")
    kinds = [type(entry.what) for entry in archive.ledger()]
    assert kinds == [
        Opened, Captured, Registered, Graded, Graded, Authenticated, Derived, Noted, Noted,
    ]  # fmt: skip
    for index, entry in enumerate(archive.ledger()):
        assert entry.index == index and entry.by == "jd"
        assert entry.at.year >= 2023
        assert json.loads(str(entry)) == entry.to_dict()
        for again in (
            pickle.loads(pickle.dumps(entry)),
            copy.deepcopy(entry),
            eval(repr(entry), vars(probative)),
        ):
            assert again == entry and hash(again) == hash(entry)
    record = archive.ledger().registry.item("3a")
    assert record.authenticity == {"jd": (Authenticity.VERIFIED, "geolocated")}
    assert record.lineage["jd"] == ("ngo",)
    assert record.captures == ((1, case.page.what),)
    source = archive.ledger().registry.source("ngo")
    assert source.description == Description("Border Watch", "ngo", "bw", "https://e.org/")
    assert source.grades.letters[0].mark is Reliability.B
    assert hash(record) == hash(pickle.loads(pickle.dumps(record)))


def test_the_ledger_as_it_stood(case: Case) -> None:
    archive = case.archive
    archive.grade("3", item="3a", because="one source", by="jd", now="2023-06-02")
    archive.grade("5", item="3a", because="denied", by="mk", now="2023-06-20")
    archive.grade("2", item="3a", because="two sources", by="jd", now="2023-07-02")
    ledger = Ledger.read(case.folder)
    assert len(ledger) == len(list(ledger)) == 5
    assert ledger.origin == ORIGIN and ledger.torn == 0

    def digits(registry: Registry) -> dict[str, str]:
        return {one.by: one.mark.value for one in registry.grades(item="3a").digits}

    assert digits(ledger.as_of("2023-06-10")) == {"jd": "3"}
    assert digits(ledger.as_of("2023-06-30")) == {"jd": "3", "mk": "5"}
    assert ledger.as_of("2023-06-30").grades(item="3a").dissent
    assert digits(ledger.registry) == {"jd": "2", "mk": "5"}
    assert digits(ledger.as_of_size(3)) == {"jd": "3"}
    assert ledger.registry == ledger.as_of("2030-01-01") != ledger.as_of_size(3)
    assert not ledger.registry.grades(source="nobody").letters
    with pytest.raises(KeyError):
        ledger.registry.item("nothing")
    with pytest.raises(TypeError):
        ledger.registry.grades()
    assert ledger.registry.to_dict()["items"]["3a"]["grades"]["dissent"] is True
    for again in (pickle.loads(pickle.dumps(ledger)), eval(repr(ledger), vars(probative))):
        assert again == ledger and hash(again) == hash(ledger)
    table = polars.DataFrame(ledger)
    assert table["what"].to_list() == ["opened", "captured", "graded", "graded", "graded"]
    assert table["mark"].to_list() == [None, None, "3", "5", "2"]
    assert table["event"].to_list() == [str(entry) for entry in ledger]
    # What is added later is not seen, and stopping early leaves nothing waiting.
    case.add(b"later")
    assert len(list(ledger)) == 5 and next(iter(ledger)).index == 0


def test_checkpoints_and_proofs(case: Case, tmp_path: Path) -> None:
    archive = case.archive
    with pytest.raises(UnsignedError):
        archive.latest()
    first = archive.checkpoint(case.key)
    first.verify(case.trust)
    assert (first.origin, first.size) == (ORIGIN, 2) and archive.latest() == first
    entry = archive.grade("2", item="3a", because="two sources", by="jd")
    with pytest.raises(UnsignedError, match="not below checkpoint 2"):
        archive.prove(entry.index)
    second = archive.checkpoint(case.key)
    proof = archive.prove(entry.index)
    proven = proof.verify([str(case.trust[0])])
    assert (proven.origin, proven.index, proven.size) == (ORIGIN, entry.index, 3)
    assert proven.to_dict() == entry.to_dict()
    line = (case.folder / "ledger.jsonl").read_text(encoding="utf-8").splitlines()[entry.index]
    assert proof.verify(case.trust, line) == proven
    stranger = SigningKey.generate(ORIGIN).verifier
    calls: list[Callable[[], object]] = [
        lambda: proof.verify([stranger]),
        lambda: proof.verify([]),
        lambda: proof.verify(case.trust, line + " "),
        lambda: Proof(str(proof).replace("index 2", "index 1")).verify(case.trust),
        lambda: first.verify([stranger]),
        lambda: Proof("nothing"),
        lambda: Checkpoint("nothing"),
    ]
    for call in calls:
        with pytest.raises(IntegrityError):
            call()
    for value in (proof, second, case.trust[0]):
        for again in (
            pickle.loads(pickle.dumps(value)),
            copy.copy(value),
            eval(repr(value), vars(probative)),
        ):
            assert again == value and hash(again) == hash(value)
    assert second != first and proof != archive.prove(0)
    # A checkpoint seen before shows that the archive was put back.
    assert case.archive.verify(trust=case.trust, pin=first).identity is Answer.YES
    ledger = case.folder / "ledger.jsonl"
    ledger.write_text("".join(ledger.read_text().splitlines(keepends=True)[:2]))
    (case.folder / f"checkpoints/{3:020}.note").unlink()
    (case.folder / "checkpoint").write_text(str(first), encoding="utf-8")
    assert not inspect(case.folder, trust=case.trust).problems
    found = inspect(case.folder, trust=case.trust, pin=str(second))
    assert found.order is Answer.NO and found.problems[0].code == "checkpoint"
    with pytest.raises(IntegrityError):
        Archive.open(case.folder).checkpoint(case.key)


def test_a_secret_stays_secret(tmp_path: Path) -> None:
    path = tmp_path / "key"
    key = SigningKey.generate(ORIGIN)
    key.write_new(path)
    secret = path.read_text(encoding="utf-8").strip().split("+", 4)[4]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    again = SigningKey.read(path)
    assert again == key and hash(again) == hash(key)
    assert again.verifier == key.verifier == VerifierKey(str(key.verifier))
    assert secret not in repr(key) + str(key) and str(key.verifier) in repr(key)
    for leak in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError, match="cannot be pickled"):
            leak(key)
    assert not hasattr(key, "__dict__")
    with pytest.raises(FileExistsError):
        key.write_new(path)
    with pytest.raises(FileNotFoundError):
        SigningKey.read(tmp_path / "none")
    path.chmod(0o644)
    with pytest.raises(SigningKeyError, match="only its owner"):
        SigningKey.read(path)
    for name in ("", "a b", "a+b"):
        with pytest.raises(SigningKeyError):
            SigningKey.generate(name)
    with pytest.raises(SigningKeyError):
        VerifierKey(secret)


def test_tampering_is_named(case: Case) -> None:
    case.put_instead(b"<p>no claim</p>")
    with pytest.raises(IntegrityError):
        case.archive.get(case.digest)
    with pytest.raises(IntegrityError):
        case.add(b"<p>the claim</p>")
    found = case.archive.verify(threads=3)
    assert found.bytes is Answer.NO and [one.code for one in found.problems] == ["changed"]
    assert str(case.digest) in str(found.problems[0])

    ledger = case.folder / "ledger.jsonl"
    text = ledger.read_text(encoding="utf-8")
    ledger.write_text(text.replace("example.com/", "example.net/"), encoding="utf-8")
    calls: list[Callable[[], object]] = [
        lambda: Archive.open(case.folder),
        lambda: Ledger.read(case.folder),
        lambda: case.archive.ledger(),
    ]
    for call in calls:
        with pytest.raises(IntegrityError, match="^line 2 of .* does not verify: ") as caught:
            call()
        assert caught.value.line == 2 and isinstance(caught.value, ValueError)
        assert pickle.loads(pickle.dumps(caught.value)).line == 2
    # What `open` refuses can still be looked into.
    found = inspect(case.folder)
    assert found.order is Answer.NO and found.root is None
    assert [one.code for one in found.problems] == ["ledger", "changed"]
    ledger.write_text(text[:-3], encoding="utf-8")
    assert [one.code for one in inspect(case.folder).problems][0] == "torn"
    assert Ledger.read(case.folder).torn > 0
    assert len(Archive.open(case.folder).ledger()) == 1


def test_a_link_in_the_place_of_an_object_is_not_followed(case: Case, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    case.file().rename(elsewhere)
    case.file().symlink_to(elsewhere)
    with pytest.raises(ArchiveFileError) as caught:
        case.archive.get(case.digest)
    assert isinstance(caught.value, OSError) and caught.value.filename == str(case.file())
    assert {one.code for one in case.archive.verify().problems} == {"missing", "stray"}


def test_what_is_missing_or_in_the_way(case: Case, tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere"
    for call in (Archive.open, Ledger.read, inspect):
        with pytest.raises(FileNotFoundError) as caught:
            call(nowhere)
        assert isinstance(caught.value, MissingArchiveError) and caught.value.errno == 2
    assert not nowhere.exists()
    with pytest.raises(FileExistsError):
        Archive.create(case.folder, origin=ORIGIN, by="jd")
    with pytest.raises(MissingArchiveError):
        case.add(nowhere)
    with pytest.raises(ArchiveFileError):
        case.add(tmp_path)
    with pytest.raises(MissingObjectError):
        case.archive.get(Digest.of(b"never"))
    with pytest.raises(IntegrityError):
        (tmp_path / "empty").mkdir()
        (tmp_path / "empty" / "ledger.jsonl").touch()
        Ledger.read(tmp_path / "empty")


def test_what_a_ledger_does_not_hold(case: Case) -> None:
    archive, size = case.archive, len(case.archive.ledger())
    loose: Any = archive
    refused: list[Callable[[], object]] = [
        lambda: archive.grade("2", source="ngo", because="x", by="jd"),
        lambda: archive.grade("2", item="3a", because=" ", by="jd"),
        lambda: archive.grade("2", item="3a", because="x", by=""),
        lambda: archive.note("x" * 70_000, by="jd"),
    ]
    for call in refused:
        with pytest.raises(EventError):
            call()
    for mark in ("9", "b", ""):
        with pytest.raises(GradeError, match="expected a letter A-G or a digit 1-6"):
            archive.grade(mark, item="3a", because="x", by="jd")
    with pytest.raises(UnknownWordError):
        loose.authenticate("3a", "perhaps", because="x", by="jd")
    mistaken: list[Callable[[], object]] = [
        lambda: loose.grade("2", because="x", by="jd"),
        lambda: loose.grade("2", item="a", source="b", because="x", by="jd"),
        lambda: loose.withdraw(because="x", by="jd"),
        lambda: loose.add("text", url="u", at=JUNE, by="jd"),
        lambda: loose.derive("3a", "ngo", by="jd"),
        lambda: loose.verify(trust=str(case.trust[0])),
    ]
    for call in mistaken:
        with pytest.raises(TypeError):
            call()
    for threads in (0, -1, 10**6, 10**30):
        with pytest.raises(ArgumentError, match="expected"):
            archive.verify(threads=threads)
    for refused_number in (
        lambda: archive.prove(-1), lambda: archive.get(case.digest, limit=-1),
        lambda: archive.ledger().as_of_size(-1), lambda: Entry(-1, "{}"),
    ):  # fmt: skip
        with pytest.raises(ArgumentError, match="found -1"):
            refused_number()
    with pytest.raises(UnknownWordError, match="expected a kind of source"):
        archive.register("s", name="S", kind="club", by="jd")
    with pytest.raises(MomentError):
        archive.note("x", by="jd", now="yesterday")
    with pytest.raises(SigningKeyError):
        archive.verify(trust=["nobody"])
    assert len(archive.ledger()) == size


def record(url: str, payload: bytes) -> bytes:
    head = f"WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: {url}\r\nWARC-Date: {JUNE}\r\n"
    return f"{head}Content-Length: {len(payload)}\r\n\r\n".encode() + payload + b"\r\n\r\n"


def test_a_warc_file_is_brought_in(case: Case, tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(b"".join(record(f"https://e.org/{at}", b"%d" % at) for at in range(3)))
    told: list[tuple[int, int]] = []
    found = case.archive.import_(path, by="jd", progress=lambda *step: told.append(step))
    assert (found.records, found.captures, found.flaws, found.signature) == (3, 3, (), None)
    assert found.container == Digest.of(path.read_bytes()) and told
    last = list(case.archive.ledger())[-1].what
    assert isinstance(last, Captured) and last.within is not None
    assert last.within.container == found.container and last.url == "https://e.org/2"
    assert case.archive.get(last.digest) == b"2"
    assert not case.archive.verify().problems

    path.write_bytes(path.read_bytes()[:-9])
    torn = case.archive.import_(path, by="jd")
    assert torn.flaws and str(torn.flaws[0]).startswith("record at byte ")
    path.write_bytes(b"no WARC")
    with pytest.raises(ContainerError):
        case.archive.import_(path, by="jd")
    path.write_bytes(b"PK no WACZ")
    with pytest.raises(ContainerError):
        case.archive.import_(path, by="jd")
    with pytest.raises(FileNotFoundError):
        case.archive.import_(tmp_path / "none.warc", by="jd")
    path.write_bytes(record("https://e.org/", b"x"))
    with pytest.raises(EventError):
        case.archive.import_(path, by="")


def test_long_verification_is_stopped_and_tells_how_far_it_is(case: Case) -> None:
    for at in range(50):
        case.add(b"%d" % at)
    told: list[tuple[int, int]] = []
    case.archive.verify(progress=lambda *step: told.append(step))
    assert told[-1] == (51, 51)

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        case.archive.verify(progress=stop)


def test_threads_add_without_losing_an_entry(case: Case) -> None:
    def work(name: str) -> None:
        for at in range(10):
            case.archive.note(f"{name} {at}", by=name)

    threads = [threading.Thread(target=work, args=(f"t{at}",)) for at in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(case.archive.ledger()) == 42
    assert not case.archive.verify().problems


@pytest.fixture
def report(case: Case) -> Report:
    return Report(
        "One page",
        cut_off="2023-06-13",
        sources=[Source("ngo", reliability=Reliability.B, graded_because="record")],
        items=[
            Item(
                "3a", "ngo", claim="It was seen.", credibility=Credibility.TWO,
                authenticity=Authenticity.VERIFIED, lineage=Original(), channel=Channel.RESEARCH,
            ),
            Item("3b", "ngo"),
        ],
        judgements=[Judgement("J1", rests_on=(Link("3a", relevance=Relevance.DIRECT),))],
    )  # fmt: skip


def test_an_appraisal_reads_the_archive(case: Case, report: Report, tmp_path: Path) -> None:
    archive = case.archive
    archive.grade("3", item="3a", because="as read", by="jd", now="2023-06-02")
    archive.grade("4", item="3a", because="as read", by="mk", now="2023-06-03")
    archive.grade("6", item="3a", because="after the cut-off", by="zz", now="2023-07-01")
    plain, archived = appraise(report), appraise(report, archive=archive)
    assert archived.judgements["J1"].strength == plain.judgements["J1"].strength
    (row,) = archived.contributions
    assert row.archive is ArchiveState.VERIFIED and plain.contributions[0].archive is None
    assert archive.check(report) == {"3a": ArchiveState.VERIFIED, "3b": ArchiveState.NONE}
    assert archived == appraise(report, archive=archive.check(report)) != plain
    assert archived == appraise(report, archive=case.folder)

    path = tmp_path / "report.toml"
    path.write_text(report.to_toml(), encoding="utf-8")
    for options, appraisal in (
        ((), archived),
        (("--grades", "ledger"), appraise(report, archive=archive, grades="ledger")),
        (
            ("--grades", "ledger", "--as-of", "2023-06-02"),
            appraise(report, as_of="2023-06-02", archive=archive, grades="ledger"),
        ),
    ):
        arguments = [path, "--format", "json", "--archive", case.folder, *options]
        for command in (
            [os.environ["PROBATIVE_APPRAISE"]],
            [sys.executable, "-m", "probative", "appraise"],
        ):
            done = subprocess.run([*command, *arguments], capture_output=True, check=True)
            assert done.stdout.decode() == appraisal.to_json() + "\n"
            assert done.stderr == b""

    digits = {
        by: archive.graded(report, by=by).item("3a").credibility
        for by in archive.assessors(report)
    }
    assert digits == {"jd": Credibility.THREE, "mk": Credibility.FOUR}
    assert archive.assessors(report, as_of="2024-01-01") == ("jd", "mk", "zz")
    latest = appraise(report, archive=archive, grades="ledger")
    assert latest.report.item("3a").credibility is Credibility.FOUR
    said = latest.judgements["J1"].assessors
    assert [one.by for one in said] == ["jd", "mk"]
    for one in said:
        (by_one,) = appraise(archive.graded(report, by=one.by), archive=archive).judgements
        assert (one.strength, one.band) == (by_one.strength, by_one.band)
        assert one.supportable is by_one.confidence.supportable
    assert latest == appraise(
        latest.report, archive=archive.check(report),
        assessors={by: archive.graded(report, by=by) for by in archive.assessors(report)},
    )  # fmt: skip
    assert archived.judgements["J1"].assessors == ()
    for again in (pickle.loads(pickle.dumps(latest)), eval(repr(latest), vars(probative))):
        assert again == latest and again.judgements["J1"].assessors == said
    assert archive.other_scales(report) == ()
    archive.grade("B", source="ngo", because="b", by="jd", scale="desk", now="2023-07-01")
    assert archive.other_scales(report, as_of="2024-01-01") == ("desk",)

    case.put_instead(b"another page")
    changed = appraise(report, archive=archive)
    assert changed.judgements["J1"].strength != plain.judgements["J1"].strength
    assert changed.contributions[0].archive is ArchiveState.CHANGED
    assert changed.explain("J1").value == changed.judgements["J1"].strength.central
    for again in (
        pickle.loads(pickle.dumps(changed)),
        copy.deepcopy(changed),
        eval(repr(changed), vars(probative)),
    ):
        assert again == changed and hash(again) == hash(changed)
    with pytest.raises(UnknownIdError):
        appraise(report, archive={"9z": "verified"})
    with pytest.raises(UnknownWordError):
        appraise(report, archive={"3a": "perhaps"})
    with pytest.raises(UnknownWordError):
        appraise(report, archive=archive, grades="mine")  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        appraise(report, grades="ledger")
    with pytest.raises(TypeError):
        appraise(report, archive=archive, grades="ledger", assessors={})
    with pytest.raises(ArgumentError, match="by `jd`"):
        appraise(report, assessors={"jd": Report("another")})
    loose: Any = {"jd": "no report"}
    wrong: list[Any] = [loose, "jd", [("jd", report)]]
    for mistaken in wrong:
        with pytest.raises(TypeError):
            appraise(report, assessors=mistaken)
    with pytest.raises(FileNotFoundError):
        appraise(report, archive=tmp_path / "nowhere")


def test_an_archive_is_known_by_its_folder(case: Case) -> None:
    for again in (
        Archive.open(case.folder),
        pickle.loads(pickle.dumps(case.archive)),
        eval(repr(case.archive), vars(probative)),
    ):
        assert again == case.archive and hash(again) == hash(case.archive)
    assert case.archive.path == case.folder


def test_what_was_withdrawn_can_be_read(case: Case) -> None:
    case.archive.register("ngo", name="Border Watch", by="jd")
    case.archive.withdraw(source="ngo", because="forged", by="jd", now="2023-06-05")
    case.archive.withdraw(item="3a", because="retracted", by="mk", now="2023-06-06")
    registry = case.archive.ledger().registry
    for source in (registry.source("ngo"), registry.sources["ngo"]):
        assert source.withdrawn and source.withdrawn.because == "forged"
    for item in (registry.item("3a"), registry.items["3a"]):
        assert item.withdrawn and (item.withdrawn.by, item.withdrawn.index) == ("mk", 4)


def test_a_registry_outlives_its_ledger(case: Case) -> None:
    registry = case.archive.ledger().as_of_size(1)
    other = pickle.loads(pickle.dumps(case.archive.ledger().registry))
    assert str(registry) == f"{ORIGIN}: 0 items, 0 sources"
    shutil.rmtree(case.folder)
    for again in (pickle.loads(pickle.dumps(other)), eval(repr(other), vars(probative))):
        assert again == other != registry and hash(again) == hash(other)
    with pytest.raises(EventError):
        Registry("nothing")


def test_an_open_archive_sees_what_others_add(case: Case, report: Report) -> None:
    other = Archive.open(case.folder)
    assert case.archive.assessors(report) == ()
    other.grade("3", item="3a", because="as read", by="jd", now="2023-06-02")
    other.add(b"<p>b</p>", url="https://e.org/b", at=JUNE, item="3b", by="jd", now="2023-06-02")
    assert case.archive.assessors(report) == ("jd",)
    assert case.archive.graded(report).item("3a").credibility is Credibility.THREE
    appraisal = appraise(report, archive=case.archive, grades="ledger")
    assert appraisal.report.item("3a").credibility is Credibility.THREE
    assert case.archive.check(report)["3b"] is ArchiveState.VERIFIED
    other.checkpoint(case.key)
    assert case.archive.latest().size == 4 and case.archive.prove(3).index == 3
    shutil.rmtree(case.folder)
    for call in (
        case.archive.latest, lambda: case.archive.prove(0), lambda: case.archive.check(report),
        lambda: case.archive.assessors(report), lambda: case.archive.graded(report),
    ):  # fmt: skip
        with pytest.raises(MissingArchiveError):
            call()


def test_a_ledger_gives_its_entries_by_position(case: Case) -> None:
    ledger = case.archive.ledger()
    assert [ledger[at] for at in range(len(ledger))] == list(ledger)
    assert ledger[-1].what == case.page.what
    for at in (2, -3, 2**70):
        with pytest.raises(IndexError):
            ledger[at]


def test_checking_tells_how_far_it_is(case: Case, report: Report) -> None:
    told: list[tuple[int, int]] = []
    case.archive.check(report, progress=lambda *step: told.append(step))
    assert told[-1] == (2, 2)


def test_bytes_come_in_every_form(case: Case) -> None:
    for at, form in enumerate((bytearray, memoryview)):
        entry = case.archive.add(form(b"%d" % at), url="u:x", at=JUNE, by="jd")
        assert isinstance(entry.what, Captured)
        assert case.archive.get(entry.what.digest) == b"%d" % at


def test_a_folder_whose_name_is_no_text(tmp_path: Path) -> None:
    place = Path(os.fsdecode(os.fsencode(tmp_path) + b"/c\xff"))
    try:
        archive = Archive.create(place, origin=ORIGIN, by="jd")
    except OSError:
        pytest.skip("this file system has texts alone")
    assert eval(repr(archive), vars(probative)) == archive
    shutil.rmtree(place)
    with pytest.raises(MissingArchiveError) as caught:
        Archive.open(place)
    assert str(caught.value.filename) == str(place)
    assert caught.value.strerror == os.strerror(2)
