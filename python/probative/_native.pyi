"""
The engine of the package `probative`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from os import PathLike
from pathlib import Path
from probative._custody import Authenticated, Captured, Derived, Graded, Grades, Import, Inspection, ItemRecord, Noted, ObjectRecord, Opened, Proven, Registered, SourceRecord, Verified, Withdrawn
from probative._native import Appraisal as Appraisal2, Archive as Archive2, Comparison as Comparison2, Explanation as Explanation2, Report as Report2, Term as Term2
from probative._records import Assumption, ByName, Changed, Contribution, DraftFinding, Finding, Gap, Indicator, Item, Judgement, JudgementAppraisal, Linchpin, Moved, NextStep, Outcome, Range, Source, SourceSummary, Trace
from probative._words import Algorithm, ArchiveState, Formula, Severity
from collections.abc import Sequence
from probative._words import Algorithm, Authenticity, Corner, Format, Markup
from typing import Literal, overload
from typing import Any, Final, SupportsFloat, SupportsIndex, final

__all__ = ["__VERSION__", "Appraisal", "Archive", "Band", "Checkpoint", "Comparison", "ContributionIterator", "Contributions", "Digest", "Doctrine", "Draft", "Entry", "EntryIterator", "Explanation", "FindingIterator", "Findings", "ItemIterator", "Items", "JudgementIterator", "Judgements", "KnownSources", "Ledger", "Proof", "Registry", "Report", "SigningKey", "Term", "VerifierKey", "Yardstick", "_every_error", "about_credibility", "about_crosswalk", "about_reliability", "appraise", "compare", "draft", "draw", "inspect", "parse_grade", "read_credibility", "read_reliability", "refuse_word", "render", "run_appraise", "words", "write_credibility", "write_credibility_score", "write_reliability", "write_reliability_score"]

__VERSION__: Final[str]

@final
class Appraisal:
    """
    A report appraised. It follows from its report, doctrine and date, and never changes.

    `print(appraisal)` shows it in eighty columns, a notebook shows a page. `judgements`,
    `contributions` and `findings` are sequences of records, and tables for pandas, Polars, DuckDB
    and whatever else speaks Arrow: `polars.DataFrame(appraisal.judgements)`.
    """
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __reduce__(self, /) -> "tuple[object, ...]": ...
    def __repr__(self, /) -> str: ...
    def __str__(self, /) -> str: ...
    def _repr_html_(self, /) -> str:
        """
        What a notebook shows: the page, in a frame of its own; of a large appraisal the strengths
        alone.
        """
    def _repr_pretty_(self, /, printer: "object", cycle: "bool") -> None:
        """
        What IPython shows in a terminal.
        """
    def after(self, /, judgement: str, change: str, about: str | None = None) -> Outcome:
        """
        What becomes of a judgement after one change, whether it moves anything or not. `change` is
        the `code` of a next step: `authenticate`, `declare-original`, `name-corroborator` or
        `recapture` an item, `grade` a source (as B), or `add-independent`, one more B2 report;
        `about` is the id of the item or source. For other changes, `report.replace` and `compare`.

        Raises `UnknownIdError` (a `KeyError`) when there is no such judgement, item or source, and
        `UnknownWordError` for another change.

        >>> from probative import Report, appraise
        >>> appraisal = appraise(Report.load("examples/reports/wagner-mali.toml"))
        >>> appraisal.after("KJ-3", "add-independent").band
        'strong'
        """
    @property
    def as_of(self, /) -> date | datetime | None:
        """
        The date of the appraisal; without one, everything in the report counts as seen.
        """
    @property
    def contributions(self, /) -> Contributions:
        """
        What each item contributes to each judgement.
        """
    @property
    def doctrine(self, /) -> Doctrine:
        """
        The doctrine.
        """
    def explain(self, /, judgement: str, figure: Literal['strength', 'probability'] = "strength", corner: Corner | Literal['lower', 'central', 'upper'] = "central") -> Explanation:
        """
        How a figure of a judgement came about. `figure` is `strength` or `probability`, `corner`
        one of `Corner`.

        Raises `UnknownIdError` (a `KeyError`) when there is no such judgement.

        >>> from probative import Report, appraise
        >>> appraisal = appraise(Report.load("examples/reports/wagner-mali.toml"))
        >>> tree = appraisal.explain("KJ-3")
        >>> round(tree.value, 2), round(tree.replay(), 2)
        (0.36, 0.36)
        """
    @property
    def findings(self, /) -> Findings:
        """
        Every finding, the gravest first.
        """
    @property
    def is_overstated(self, /) -> bool:
        """
        Whether some judgement states more confidence than its evidence supports.
        """
    @property
    def judgements(self, /) -> Judgements:
        """
        Every judgement, by position or id.
        """
    def linchpins(self, /, judgement: str) -> tuple[Linchpin, ...]:
        """
        What becomes of a judgement without each item, source or owner that it goes back to: all of
        them, the largest loss of strength first. The record of a judgement lists the first ten.

        Raises `UnknownIdError` (a `KeyError`) when there is no such judgement.

        >>> from probative import Report, appraise
        >>> appraisal = appraise(Report.load("examples/reports/wagner-mali.toml"))
        >>> first = appraisal.linchpins("KJ-3")[0]
        >>> first.without.central < appraisal.judgements["KJ-3"].strength.central
        True
        """
    def next_steps(self, /, judgement: str) -> tuple[NextStep, ...]:
        """
        The single changes that move a judgement's band or its supportable confidence: all of them,
        gains first. The record of a judgement lists the first ten.

        Raises `UnknownIdError` (a `KeyError`) when there is no such judgement.

        >>> from probative import Report, appraise
        >>> appraisal = appraise(Report.load("examples/reports/wagner-mali.toml"))
        >>> appraisal.next_steps("KJ-3")[0].code
        'add-independent'
        """
    @property
    def report(self, /) -> Report:
        """
        The report.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The appraisal as dictionaries, lists, texts and numbers: what reading its JSON gives.

        >>> from probative import Report, appraise
        >>> appraisal = appraise(Report.load("examples/reports/wagner-mali.toml"))
        >>> appraisal.to_dict()["judgements"][2]["id"]
        'KJ-3'
        """
    def to_json(self, /) -> str:
        """
        The appraisal as JSON, indented: the same bytes on every run and machine.

        >>> from probative import Report, appraise
        >>> appraisal = appraise(Report.load("examples/reports/wagner-mali.toml"))
        >>> appraisal.to_json().splitlines()[1]
        '  "format": "probative-appraisal/1",'
        """
    @property
    def worst(self, /) -> Severity | None:
        """
        The gravest severity among the findings.
        """

@final
class Archive:
    """
    A folder that keeps what was read, byte for byte, and a provable record of who said what of it
    when.

    Every entry says `by` whom it is; `now` is the time to record instead of the clock's. What is
    recorded stays: there is nothing here that changes or removes an entry.

    >>> import tempfile
    >>> from pathlib import Path
    >>> from probative import Archive, SigningKey
    >>> place = tempfile.TemporaryDirectory()
    >>> folder, key = Path(place.name) / "case-7", Path(place.name) / "case-7.key"
    >>> archive = Archive.create(folder, origin="example.org/case-7", by="jd", key=key)
    >>> entry = archive.add(b"<p>the claim</p>", url="https://example.com/", at="2023-06-01",
    ...                     item="3a", by="jd")
    >>> archive.get(entry.what.digest)
    b'<p>the claim</p>'
    >>> checkpoint = archive.checkpoint(key)
    >>> found = archive.verify(trust=[SigningKey.read(key).verifier])
    >>> found.bytes, found.order, found.identity, found.problems
    (Answer.YES, Answer.YES, Answer.YES, ())
    >>> place.cleanup()
    """
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __reduce__(self, /) -> "tuple[object, ...]": ...
    def __repr__(self, /) -> str: ...
    def add(self, /, data: bytes | bytearray | memoryview | PathLike[str], *, url: str, at: date | datetime | str, by: str, item: str | None = None, media_type: str | None = None, status: SupportsIndex | None = None, now: date | datetime | str | None = None, progress: Callable[[int, int], object] | None = None) -> Entry:
        """
        Keeps what was retrieved, and records the capture.

        `url` is the address as it was asked for, `at` when the bytes came, `item` the id of the
        report's item that cites it. `media_type` and `status` are what the answer said, such as
        `text/html` and 200. `progress` is called with the bytes read and the bytes there are.

        Raises `ArchiveFileError` (an `OSError`) when a file cannot be read or written, and
        `EventError` when the capture cannot be recorded.

        >>> from probative import Archive
        >>> archive = Archive.create("case-7", origin="example.org/case-7", by="jd")
        >>> page = archive.add(b"<p>x</p>", url="https://example.com/", at="2023-06-01", by="jd")
        >>> page.what.length
        8
        """
    def assessors(self, /, report: Report, *, as_of: date | datetime | str | None = None) -> tuple[str, ...]:
        """
        Those who have graded a source or an item of the report by then, sorted by name.

        >>> from probative import Report
        >>> report = Report.load("examples/reports/wagner-mali.toml")
        >>> from probative import Archive
        >>> archive = Archive.create("case-7", origin="example.org/case-7", by="jd", now="2023-06-01")
        >>> _ = archive.grade("4", item="3b", because="b", by="jd", now="2023-06-02")
        >>> archive.assessors(report)
        ('jd',)
        """
    def authenticate(self, /, item: str, outcome: Authenticity | Literal['disputed', 'unverified', 'partial', 'verified'], *, because: str, by: str, now: date | datetime | str | None = None) -> Entry:
        """
        Records whether an item is what it claims to be: `outcome` is one of `Authenticity`.

        Raises `UnknownWordError` for another outcome, and `EventError` when it cannot be recorded.

        >>> from probative import Archive
        >>> archive = Archive.create("case-7", origin="example.org/case-7", by="jd")
        >>> archive.authenticate("3a", "verified", because="geolocated", by="jd").what.outcome
        Authenticity.VERIFIED
        """
    def check(self, /, report: Report, *, progress: Callable[[int, int], object] | None = None) -> ByName[ArchiveState]:
        """
        Whether what the items of a report rest on is still there, by the items' ids: their own
        captures and those in the ledger are read again.

        `progress` is called with the items looked at and the items there are. Raises
        `ArchiveFileError` (an `OSError`) when an object cannot be read at all.

        >>> from probative import Report
        >>> report = Report.load("examples/reports/wagner-mali.toml")
        >>> from probative import Archive
        >>> archive = Archive.create("case-7", origin="example.org/case-7", by="jd")
        >>> archive.check(report)["3b"]
        ArchiveState.NONE
        """
    def checkpoint(self, /, key: str | PathLike[str]) -> Checkpoint:
        """
        Signs the ledger as it stands with the key in the file `key`, and writes `SHA256SUMS` for
        `sha256sum -c`. The file `KEY.pin` beside the key remembers what was signed with it.

        Raises `IntegrityError` when the ledger does not go on from what was signed before,
        `SigningKeyError` when the file holds no key or others may read it, and `ArchiveFileError`
        (an `OSError`) when a file cannot be read or written.

        >>> from probative import Archive
        >>> archive = Archive.create("case-7", origin="example.org/case-7", by="jd", key="jd.key")
        >>> archive.checkpoint("jd.key").size
        1
        """
    @staticmethod
    def create(path: str | PathLike[str], *, origin: str, by: str, key: str | PathLike[str] | None = None, now: date | datetime | str | None = None) -> Archive:
        """
        Begins an archive in a folder that has none yet, which is made when it is absent.

        `origin` names it in what is signed: best a URL without a scheme, such as
        `example.org/case-7`. `key` is the file of the secret key, which is made when it is absent;
        keep it outside the archive.

        Raises `ArchiveExistsError` (a `FileExistsError`) when there is an archive already,
        `ArchiveFileError` (an `OSError`) when a file cannot be written, and `SigningKeyError` when
        the key cannot be used.

        >>> from probative import Archive
        >>> archive = Archive.create("case-7", origin="example.org/case-7", by="jd")
        >>> archive.ledger().origin
        'example.org/case-7'
        """
    def derive(self, /, item: str, derived_from: Iterable[str], *, by: str, now: date | datetime | str | None = None) -> Entry:
        """
        Records which items and sources an item's information derives from; none when it is
        first-hand.

        Raises `EventError` when it cannot be recorded.

        >>> from probative import Archive
        >>> archive = Archive.create("case-7", origin="example.org/case-7", by="jd")
        >>> archive.derive("3a", ["3b"], by="jd").what.derived_from
        ('3b',)
        """
    def get(self, /, digest: Digest, *, limit: int = ...) -> bytes:
        """
        The bytes of an object, compared with its digest. `limit` is in bytes.

        Raises `MissingObjectError` (a `LookupError`) when there is no such object,
        `ObjectTooLongError` when it is longer than the limit, `IntegrityError` when its bytes are
        others, and `ArchiveFileError` (an `OSError`) when it cannot be read.

        >>> from probative import Archive
        >>> archive = Archive.create("case-7", origin="example.org/case-7", by="jd")
        >>> page = archive.add(b"<p>x</p>", url="https://example.com/", at="2023-06-01", by="jd")
        >>> archive.get(page.what.digest)
        b'<p>x</p>'
        """
    def grade(self, /, mark: str, *, item: str | None = None, source: str | None = None, because: str, by: str, scale: str = "admiralty", now: date | datetime | str | None = None) -> Entry:
        """
        Grades an item or a source. `mark` is a letter A to G or, for an item alone, a digit 1 to
        6; `scale` is what it is of. An earlier grade by the same assessor stays in the ledger and
        counts no longer; those of others stand beside it.

        Raises `GradeError` when the mark is none, and `EventError` when it cannot be recorded.

        >>> from probative import Archive
        >>> archive = Archive.create("case-7", origin="example.org/case-7", by="jd")
        >>> archive.grade("B", source="ngo", because="its record", by="jd").what.mark
        Reliability.B
        """
    def graded(self, /, report: Report, *, by: str | None = None, as_of: date | datetime | str | None = None) -> Report:
        """
        The report with the ledger's grades in the place of its own, as they stood at `as_of`, or at
        the report's cut-off when it is not given. Where the assessor `by` has graded, it is that
        grade; elsewhere, and when nobody is named, the latest.

        Raises `ReportError` when the report is not valid with those grades.

        >>> from probative import Report
        >>> report = Report.load("examples/reports/wagner-mali.toml")
        >>> from probative import Archive
        >>> archive = Archive.create("case-7", origin="example.org/case-7", by="jd", now="2023-06-01")
        >>> _ = archive.grade("4", item="3b", because="b", by="jd", now="2023-06-02")
        >>> archive.graded(report).item("3b").credibility
        Credibility.FOUR
        """
    def import_(self, /, path: str | PathLike[str], *, by: str, now: date | datetime | str | None = None, progress: Callable[[int, int], object] | None = None) -> Import:
        """
        Keeps a WARC or WACZ file and the payload of every response and resource in it, and records
        a capture of each. A WACZ file is checked in whole first.

        `progress` is called with the bytes read and the bytes there are, for each time that the
        file is read. What an interrupted import has recorded stays.

        Raises `ContainerError` when the file is neither, or a WACZ file that does not verify, and
        `ArchiveFileError` (an `OSError`) when a file cannot be read or written.

        >>> from probative import Archive
        >>> archive = Archive.create("case-7", origin="example.org/case-7", by="jd")
        >>> archive.import_("examples/reports/wagner-mali.toml", by="jd")
        Traceback (most recent call last):
        probative.ContainerError: ...
        """
    def latest(self, /) -> Checkpoint:
        """
        The latest checkpoint, unverified.

        Raises `UnsignedError` (a `LookupError`) when nothing was signed yet.

        >>> from probative import Archive
        >>> archive = Archive.create("case-7", origin="example.org/case-7", by="jd", key="jd.key")
        >>> archive.checkpoint("jd.key") == archive.latest()
        True
        """
    def ledger(self, /) -> Ledger:
        """
        Its ledger as it is now.

        Raises what `Ledger.read` does.

        >>> from probative import Archive
        >>> archive = Archive.create("case-7", origin="example.org/case-7", by="jd")
        >>> len(archive.ledger())
        1
        """
    def note(self, /, text: str, *, item: str | None = None, source: str | None = None, object: Digest | None = None, by: str, now: date | datetime | str | None = None) -> Entry:
        """
        Records a remark, about one item, source or object or about nothing of them.

        Raises `EventError` when it cannot be recorded.

        >>> from probative import Archive
        >>> archive = Archive.create("case-7", origin="example.org/case-7", by="jd")
        >>> archive.note("ask again", item="3a", by="jd").what.text
        'ask again'
        """
    @staticmethod
    def open(path: str | PathLike[str]) -> Archive:
        """
        The archive in this folder. A torn end of its ledger, as a writer that was stopped leaves
        it, is put aside.

        Raises `MissingArchiveError` (a `FileNotFoundError`) when there is none, `ArchiveFileError`
        (an `OSError`) when it cannot be read, and `IntegrityError`, with the number of the `line`,
        when an entry does not verify; `inspect` then tells the rest.

        >>> from probative import Archive
        >>> archive = Archive.create("case-7", origin="example.org/case-7", by="jd")
        >>> Archive.open("case-7") == archive
        True
        """
    def other_scales(self, /, report: Report, *, as_of: date | datetime | str | None = None) -> tuple[str, ...]:
        """
        The other scales than `admiralty` on which a source or an item of the report was graded by
        then, sorted by name. Their grades are not used.

        >>> from probative import Report
        >>> report = Report.load("examples/reports/wagner-mali.toml")
        >>> from probative import Archive
        >>> archive = Archive.create("case-7", origin="example.org/case-7", by="jd", now="2023-06-01")
        >>> _ = archive.grade("4", item="3b", because="b", by="jd", scale="desk", now="2023-06-02")
        >>> archive.other_scales(report)
        ('desk',)
        """
    @property
    def path(self, /) -> Path:
        """
        Its folder.
        """
    def prove(self, /, index: int) -> Proof:
        """
        A proof that the entry at this place is in the ledger; it can be verified without the
        archive.

        Raises `UnsignedError` (a `LookupError`) when the latest checkpoint does not cover the entry.

        >>> from probative import Archive
        >>> archive = Archive.create("case-7", origin="example.org/case-7", by="jd", key="jd.key")
        >>> _ = archive.checkpoint("jd.key")
        >>> archive.prove(0).index
        0
        """
    def register(self, /, source: str, *, name: str, by: str, kind: str | None = None, owner: str | None = None, url: str | None = None, now: date | datetime | str | None = None) -> Entry:
        """
        Names a source, by the id that items and grades use. `kind` is in the words of the report
        format; sources of one `owner` are not independent of each other.

        Raises `UnknownWordError` for another kind, and `EventError` when it cannot be recorded.

        >>> from probative import Archive
        >>> archive = Archive.create("case-7", origin="example.org/case-7", by="jd")
        >>> archive.register("ngo", name="Border Watch", kind="ngo", by="jd").what.name
        'Border Watch'
        """
    def verify(self, /, *, trust: Iterable[VerifierKey | str] = ..., pin: Checkpoint | str | None = None, threads: int | None = None, progress: Callable[[int, int], object] | None = None) -> Inspection:
        """
        Reads the archive again in whole, as `inspect` does.

        >>> from probative import Archive
        >>> archive = Archive.create("case-7", origin="example.org/case-7", by="jd")
        >>> archive.verify().problems
        ()
        """
    def withdraw(self, /, *, item: str | None = None, source: str | None = None, object: Digest | None = None, because: str, by: str, now: date | datetime | str | None = None) -> Entry:
        """
        Says that an item or a source counts no longer, or that an object is erased; then its bytes
        are. The entry and the proofs of all others stay.

        Raises `EventError` when it cannot be recorded.

        >>> from probative import Archive
        >>> archive = Archive.create("case-7", origin="example.org/case-7", by="jd")
        >>> archive.withdraw(item="3a", because="retracted", by="jd").what.subject.item
        '3a'
        """

@final
class Band:
    """
    An interval of probabilities, 0 to 1. An edge is covered unless it is open.

    Raises `BandError` when the edges enclose nothing or are no probabilities.

    >>> from probative import Band
    >>> 0.55 in Band(0.55, 0.8)
    True
    >>> 0.8 in Band(0.55, 0.8, upper_open=True)
    False
    """
    __match_args__: Final[tuple[str, str]]
    def __contains__(self, probability: SupportsFloat | SupportsIndex, /) -> bool: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __getnewargs_ex__(self, /) -> "tuple[object, ...]": ...
    def __hash__(self, /) -> int: ...
    def __new__(cls, /, lower: SupportsFloat | SupportsIndex, upper: SupportsFloat | SupportsIndex, *, lower_open: bool = False, upper_open: bool = False, approximate: bool = False) -> Band: ...
    def __repr__(self, /) -> str: ...
    def __str__(self, /) -> str: ...
    @property
    def approximate(self, /) -> bool:
        """
        Whether the standard gives the edges with "about".
        """
    @property
    def lower(self, /) -> float:
        """
        The lower edge, 0 to 1.
        """
    @property
    def lower_open(self, /) -> bool:
        """
        Whether the lower edge itself is left out.
        """
    @property
    def upper(self, /) -> float:
        """
        The upper edge, 0 to 1.
        """
    @property
    def upper_open(self, /) -> bool:
        """
        Whether the upper edge itself is left out.
        """

@final
class Checkpoint:
    """
    What a ledger was when it was signed: its name, how many entries it had, and the root of their
    tree. It is made of the text of a signed note, and says nothing before `verify` has.

    Raises `IntegrityError` when the text is no such note.
    """
    def __eq__(self, other: object, /) -> bool: ...
    def __getnewargs__(self, /) -> tuple[str]: ...
    def __hash__(self, /) -> int: ...
    def __new__(cls, /, note: str) -> Checkpoint: ...
    def __repr__(self, /) -> str: ...
    def __str__(self, /) -> str: ...
    @property
    def origin(self, /) -> str:
        """
        The ledger's name.
        """
    @property
    def root(self, /) -> str:
        """
        The root of their tree, in base64.
        """
    @property
    def size(self, /) -> int:
        """
        How many entries it had.
        """
    def verify(self, /, trust: Iterable[VerifierKey | str]) -> None:
        """
        Passes when one of these keys has signed it in the ledger's name.

        Raises `IntegrityError` when none has, or a signature is bad.

        >>> from probative import Archive, SigningKey
        >>> archive = Archive.create("case-7", origin="example.org/case-7", by="jd", key="jd.key")
        >>> archive.checkpoint("jd.key").verify([SigningKey.read("jd.key").verifier])
        """

@final
class Comparison:
    """
    Two appraisals side by side. `print(comparison)` shows it in eighty columns, a notebook a page.
    """
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __reduce__(self, /) -> "tuple[object, ...]": ...
    def __repr__(self, /) -> str: ...
    def __str__(self, /) -> str: ...
    def _repr_html_(self, /) -> str:
        """
        What a notebook shows: the page, in a frame of its own; of a large comparison the figures
        alone.
        """
    def _repr_pretty_(self, /, printer: "object", cycle: "bool") -> None:
        """
        What IPython shows in a terminal.
        """
    @property
    def after(self, /) -> Appraisal:
        """
        The later appraisal.
        """
    @property
    def before(self, /) -> Appraisal:
        """
        The earlier appraisal.
        """
    @property
    def changes(self, /) -> tuple[Changed, ...]:
        """
        What changed.
        """
    @property
    def judgements(self, /) -> tuple[Moved, ...]:
        """
        Every judgement of either report, those of the later one first.
        """
    @property
    def not_tried(self, /) -> int:
        """
        How many changes were not tried alone, because there are more than 500.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The comparison as dictionaries, lists, texts and numbers: what reading its JSON gives.

        >>> from probative import Report, appraise, compare
        >>> appraisal = appraise(Report.load("examples/reports/wagner-mali.toml"))
        >>> comparison = compare(appraisal, appraisal)
        >>> comparison.to_dict()["changes"]
        []
        """
    def to_json(self, /) -> str:
        """
        The comparison as JSON, indented: the same bytes on every run and machine.

        >>> from probative import Report, appraise, compare
        >>> appraisal = appraise(Report.load("examples/reports/wagner-mali.toml"))
        >>> comparison = compare(appraisal, appraisal)
        >>> comparison.to_json().splitlines()[1]
        '  "format": "probative-change/1",'
        """

@final
class ContributionIterator:
    """
    Goes over a sequence once.
    """
    def __iter__(self, /) -> ContributionIterator: ...
    def __next__(self, /) -> Contribution: ...

@final
class Contributions(Sequence[Contribution]):
    """
    What each item contributes to each judgement: a sequence and a table.
    """
    def __arrow_c_schema__(self, /) -> "object":
        """
        The table's Arrow schema, for whatever speaks the PyCapsule interface.
        """
    def __arrow_c_stream__(self, /, requested_schema: "object" = None) -> "object":
        """
        The table as an Arrow stream, for whatever speaks the PyCapsule interface. What is
        asked for in `requested_schema` is not converted to, as the interface allows.
        """
    def __contains__(self, value: Any, /) -> bool: ...
    def __eq__(self, other: object, /) -> bool: ...
    @overload
    def __getitem__(self, key: SupportsIndex, /) -> Contribution: ...
    @overload
    def __getitem__(self, key: slice, /) -> tuple[Contribution, ...]:
        """
        The record at a position or with an id, or a tuple of those that a slice takes.
        """
    def __hash__(self, /) -> int: ...
    def __iter__(self, /) -> ContributionIterator: ...
    def __len__(self, /) -> int: ...
    def __reduce__(self, /) -> "tuple[object, ...]": ...
    def __repr__(self, /) -> str: ...
    def __reversed__(self, /) -> ContributionIterator: ...
    def count(self, /, value: Any) -> int:
        """
        How often a record stands there.

        >>> from probative import Report
        >>> report = Report.load("examples/reports/wagner-mali.toml")
        >>> report.items.count(report.item("3b"))
        1
        """
    def index(self, /, value: Any, start: SupportsIndex = 0, stop: SupportsIndex = ...) -> int:
        """
        The first place of a record, or of the one with this id. Raises `ValueError` when
        it is not there.

        >>> from probative import Report
        >>> report = Report.load("examples/reports/wagner-mali.toml")
        >>> report.items[report.items.index("3b")].id
        '3b'
        """

@final
class Digest:
    """
    The digest of some bytes, with the algorithm that made it: `sha256:` or `sha512:` and
    lower-case hexadecimal digits. Digests of different algorithms are never equal.

    Raises `DigestError` when the text is none.

    >>> from probative import Digest
    >>> Digest.of(b"").hex[:8]
    'e3b0c442'
    >>> Digest(str(Digest.of(b""))) == Digest.of(b"")
    True
    """
    def __bytes__(self, /) -> bytes: ...
    def __eq__(self, value: object, /) -> bool: ...
    def __ge__(self, value: object, /) -> bool: ...
    def __getnewargs__(self, /) -> tuple[str]: ...
    def __gt__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __le__(self, value: object, /) -> bool: ...
    def __lt__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __new__(cls, /, text: str) -> Digest: ...
    def __repr__(self, /) -> str: ...
    def __str__(self, /) -> str: ...
    @property
    def algorithm(self, /) -> Algorithm:
        """
        `sha256` or `sha512`.
        """
    @property
    def hex(self, /) -> str:
        """
        The digest in lower-case hexadecimal digits, without the algorithm.
        """
    @staticmethod
    def of(data: bytes | bytearray | memoryview, algorithm: Algorithm | Literal['sha256', 'sha512'] = "sha256", *, progress: Callable[[int, int], object] | None = None) -> Digest:
        """
        The digest of these bytes; `algorithm` is `sha256` or `sha512`.

        `progress` is called with the bytes done and the bytes there are.

        >>> from probative import Digest
        >>> str(Digest.of(b"what was read"))[:15]
        'sha256:7a44b6e4'
        """
    @staticmethod
    def of_file(path: str | PathLike[str], algorithm: Algorithm | Literal['sha256', 'sha512'] = "sha256", *, progress: Callable[[int, int], object] | None = None) -> Digest:
        """
        The digest of a file's bytes, read at constant memory.

        `progress` is called with the bytes read and the bytes there are. Raises `UnreadableError`
        (an `OSError`) when the file cannot be read.

        >>> from probative import Digest
        >>> Digest.of_file("examples/reports/wagner-mali.toml").algorithm
        Algorithm.SHA256
        """

@final
class Doctrine:
    """
    A checked table of every number that the method uses. `Doctrine()` is the default one.

    >>> from probative import Doctrine, Reliability
    >>> Doctrine().id
    'probative-default/1'
    >>> Doctrine().reliability(Reliability.B).central
    0.8
    """
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __new__(cls, /) -> Doctrine: ...
    def __reduce__(self, /) -> "tuple[object, ...]": ...
    def __repr__(self, /) -> str: ...
    def __str__(self, /) -> str: ...
    def authenticity(self, /, channel: str, checked: str) -> float:
        """
        P(the thing in hand is what it claims to be | its channel, how far it was checked), 0 to 1.

        >>> from probative import Doctrine
        >>> Doctrine().authenticity("leak", "unverified") < Doctrine().authenticity("leak", "verified")
        True
        """
    def band(self, /, strength: SupportsFloat | SupportsIndex) -> str:
        """
        The word for a strength, -1 to 1.

        >>> from probative import Doctrine
        >>> Doctrine().band(0.36)
        'moderate'
        """
    @property
    def bands(self, /) -> tuple[tuple[float, str], ...]:
        """
        The words for strength from the lowest up, each with its lower edge; below 0 the word is
        "contradicted".
        """
    def cap(self, /, origins: int) -> float:
        """
        The most that strength may be on so many independent origins.

        >>> from probative import Doctrine
        >>> Doctrine().cap(1) < Doctrine().cap(3)
        True
        """
    def credibility(self, /, digit: str) -> Range:
        """
        P(the information is true | its digit, nothing else known), 0 to 1.

        >>> from probative import Doctrine
        >>> Doctrine().credibility("1").central > Doctrine().credibility("5").central
        True
        """
    @property
    def digest(self, /) -> Digest:
        """
        SHA-256 of its content: the same however the file was laid out.
        """
    @property
    def id(self, /) -> str:
        """
        Its name and version.
        """
    @staticmethod
    def load(path: str | PathLike[str], format: Format | Literal['toml', 'json'] | None = None) -> Doctrine:
        """
        Reads a doctrine file: JSON when its name ends in `.json`, otherwise by what stands in it.

        Raises `DoctrineError` with every problem of the file, each with its line and column, and
        `UnreadableError` (an `OSError`) when the file cannot be read.

        >>> from probative import Doctrine
        >>> Doctrine.load("examples/reports/wagner-mali.toml")
        Traceback (most recent call last):
        probative.DoctrineError: ...
        """
    @staticmethod
    def loads(text: str | bytes | bytearray | memoryview, format: Format | Literal['toml', 'json'] | None = None) -> Doctrine:
        """
        Reads a doctrine from text or UTF-8 bytes; `format` is `toml` or `json`.

        Raises `DoctrineError` with every problem of the text, each with its line and column.

        >>> from probative import Doctrine
        >>> Doctrine.loads('id = 3').id
        Traceback (most recent call last):
        probative.DoctrineError: ...
        """
    def relay(self, /, letter: str) -> Range:
        """
        P(a relay with this letter passes on faithfully what its origin said), 0 to 1.

        >>> from probative import Doctrine
        >>> Doctrine().relay("A").central > Doctrine().relay("E").central
        True
        """
    def relevance(self, /, relevance: str) -> float:
        """
        P(the judgement follows | the item is true), 0 to 1.

        >>> from probative import Doctrine
        >>> Doctrine().relevance("direct") > Doctrine().relevance("contextual")
        True
        """
    def reliability(self, /, letter: str) -> Range:
        """
        P(what a source says is true | its letter, nothing else known), 0 to 1.

        >>> from probative import Doctrine
        >>> Doctrine().reliability("B").central
        0.8
        """
    def yardstick(self, /, name: str) -> Yardstick:
        """
        A yardstick by name: one that the doctrine defines, or one that is built in.

        Raises `UnknownYardstickError` (a `LookupError`) when neither knows the name.

        >>> from probative import Doctrine
        >>> Doctrine().yardstick("kent").id
        'kent'
        """

@final
class Draft:
    """
    A proposed report, and everything that is doubtful about it.
    """
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __reduce__(self, /) -> "tuple[object, ...]": ...
    def __repr__(self, /) -> str: ...
    def __str__(self, /) -> str: ...
    def _repr_pretty_(self, /, printer: "object", cycle: "bool") -> None:
        """
        What IPython shows in a terminal.
        """
    @property
    def findings(self, /) -> tuple[DraftFinding, ...]:
        """
        What is doubtful, in the order of the text.
        """
    @property
    def report(self, /) -> Report:
        """
        The proposed report.
        """
    def to_json(self, /) -> str:
        """
        The report file as indented JSON.

        >>> from probative import Report, draft
        >>> drafted = draft("KJ-1: It is likely that it rains.")
        >>> Report.loads(drafted.to_json()) == drafted.report
        True
        """
    def to_toml(self, /) -> str:
        """
        The report file as TOML, with a comment before each drafted thing that says where it came
        from.

        >>> from probative import draft
        >>> "KJ-1" in draft("KJ-1: It is likely that it rains.").to_toml()
        True
        """
    @property
    def traces(self, /) -> tuple[Trace, ...]:
        """
        Where each drafted thing came from.
        """

@final
class Entry:
    """
    One entry of a ledger: its place from 0, and the event that it records, made of the event's
    canonical JSON.

    Raises `EventError` when the text is no event.

    >>> from probative import Entry, Opened
    >>> entry = Entry(0, '{"at":"2023-06-01","by":"jd","what":{"opened":{"origin":"example.org/c"}}}')
    >>> match entry.what:
    ...     case Opened(origin):
    ...         print(entry.by, origin)
    jd example.org/c
    """
    __match_args__: Final[tuple[str, str, str, str]]
    def __eq__(self, other: object, /) -> bool: ...
    def __getnewargs__(self, /) -> tuple[int, str]: ...
    def __hash__(self, /) -> int: ...
    def __new__(cls, /, index: int, event: str) -> Entry: ...
    def __repr__(self, /) -> str: ...
    def __str__(self, /) -> str:
        """
        The event's canonical JSON.
        """
    @property
    def at(self, /) -> date | datetime:
        """
        When it was recorded, by the writer's clock.
        """
    @property
    def by(self, /) -> str:
        """
        Who recorded it.
        """
    @property
    def index(self, /) -> int:
        """
        Its place in the ledger, from 0.
        """
    @property
    def program(self, /) -> str | None:
        """
        The program and version that recorded it.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The event as dictionaries, lists, texts and numbers: what reading its JSON gives.

        >>> from probative import Archive
        >>> archive = Archive.create("case-7", origin="example.org/case-7", by="jd", now="2023-06-01")
        >>> archive.ledger()[0].to_dict()["what"]
        {'opened': {'origin': 'example.org/case-7'}}
        """
    @property
    def what(self, /) -> Authenticated | Captured | Derived | Graded | Noted | Opened | Registered | Verified | Withdrawn:
        """
        What happened: one of the records that name what an entry can say.
        """

@final
class EntryIterator:
    """
    Goes over the entries of a ledger once.
    """
    def __iter__(self, /) -> EntryIterator: ...
    def __next__(self, /) -> Entry: ...

@final
class Explanation:
    """
    A figure, the formula that gives it, and what went into the formula: a tree.

    `replay()` computes the figure anew from the given numbers alone; `str()` is an outline.

    >>> from probative import Explanation, Formula
    >>> half = Explanation("a probability", "given", 0.75)
    >>> Explanation("units", "support", 2.0, (half,)).replay()
    2.0
    """
    __match_args__: Final[tuple[str, str, str, str]]
    def __eq__(self, other: object, /) -> bool: ...
    def __getnewargs__(self, /) -> "tuple[object, ...]": ...
    def __hash__(self, /) -> int: ...
    def __new__(cls, /, what: str, formula: str, value: SupportsFloat | SupportsIndex, inputs: Iterable[Explanation] = ...) -> Explanation: ...
    def __repr__(self, /) -> str: ...
    def __str__(self, /) -> str: ...
    @property
    def formula(self, /) -> Formula:
        """
        How it follows from the inputs.
        """
    @property
    def formula_text(self, /) -> str:
        """
        The formula as it is written.
        """
    @property
    def inputs(self, /) -> tuple[Explanation2, ...]:
        """
        What it follows from.
        """
    def replay(self, /) -> float:
        """
        The figure, computed anew from the given numbers alone.

        >>> from probative import Report, appraise
        >>> appraisal = appraise(Report.load("examples/reports/wagner-mali.toml"))
        >>> tree = appraisal.explain("KJ-1", "probability", "upper")
        >>> abs(tree.replay() - tree.value) < 1e-12
        True
        """
    @property
    def value(self, /) -> float:
        """
        The figure.
        """
    @property
    def what(self, /) -> str:
        """
        What the figure is.
        """

@final
class FindingIterator:
    """
    Goes over a sequence once.
    """
    def __iter__(self, /) -> FindingIterator: ...
    def __next__(self, /) -> Finding: ...

@final
class Findings(Sequence[Finding]):
    """
    The findings of an appraisal, the gravest first: a sequence and a table.
    """
    def __arrow_c_schema__(self, /) -> "object":
        """
        The table's Arrow schema, for whatever speaks the PyCapsule interface.
        """
    def __arrow_c_stream__(self, /, requested_schema: "object" = None) -> "object":
        """
        The table as an Arrow stream, for whatever speaks the PyCapsule interface. What is
        asked for in `requested_schema` is not converted to, as the interface allows.
        """
    def __contains__(self, value: Any, /) -> bool: ...
    def __eq__(self, other: object, /) -> bool: ...
    @overload
    def __getitem__(self, key: SupportsIndex, /) -> Finding: ...
    @overload
    def __getitem__(self, key: slice, /) -> tuple[Finding, ...]:
        """
        The record at a position or with an id, or a tuple of those that a slice takes.
        """
    def __hash__(self, /) -> int: ...
    def __iter__(self, /) -> FindingIterator: ...
    def __len__(self, /) -> int: ...
    def __reduce__(self, /) -> "tuple[object, ...]": ...
    def __repr__(self, /) -> str: ...
    def __reversed__(self, /) -> FindingIterator: ...
    def count(self, /, value: Any) -> int:
        """
        How often a record stands there.

        >>> from probative import Report
        >>> report = Report.load("examples/reports/wagner-mali.toml")
        >>> report.items.count(report.item("3b"))
        1
        """
    def index(self, /, value: Any, start: SupportsIndex = 0, stop: SupportsIndex = ...) -> int:
        """
        The first place of a record, or of the one with this id. Raises `ValueError` when
        it is not there.

        >>> from probative import Report
        >>> report = Report.load("examples/reports/wagner-mali.toml")
        >>> report.items[report.items.index("3b")].id
        '3b'
        """

@final
class ItemIterator:
    """
    Goes over a sequence once.
    """
    def __iter__(self, /) -> ItemIterator: ...
    def __next__(self, /) -> Item: ...

@final
class Items(Sequence[Item]):
    """
    The items of a report, by position or id: a sequence.
    """
    def __contains__(self, value: Any, /) -> bool: ...
    def __eq__(self, other: object, /) -> bool: ...
    @overload
    def __getitem__(self, key: SupportsIndex | str, /) -> Item: ...
    @overload
    def __getitem__(self, key: slice, /) -> tuple[Item, ...]:
        """
        The record at a position or with an id, or a tuple of those that a slice takes.
        """
    def __hash__(self, /) -> int: ...
    def __iter__(self, /) -> ItemIterator: ...
    def __len__(self, /) -> int: ...
    def __reduce__(self, /) -> "tuple[object, ...]": ...
    def __repr__(self, /) -> str: ...
    def __reversed__(self, /) -> ItemIterator: ...
    def count(self, /, value: Any) -> int:
        """
        How often a record stands there.

        >>> from probative import Report
        >>> report = Report.load("examples/reports/wagner-mali.toml")
        >>> report.items.count(report.item("3b"))
        1
        """
    def index(self, /, value: Any, start: SupportsIndex = 0, stop: SupportsIndex = ...) -> int:
        """
        The first place of a record, or of the one with this id. Raises `ValueError` when
        it is not there.

        >>> from probative import Report
        >>> report = Report.load("examples/reports/wagner-mali.toml")
        >>> report.items[report.items.index("3b")].id
        '3b'
        """

@final
class JudgementIterator:
    """
    Goes over a sequence once.
    """
    def __iter__(self, /) -> JudgementIterator: ...
    def __next__(self, /) -> JudgementAppraisal: ...

@final
class Judgements(Sequence[JudgementAppraisal]):
    """
    The judgements of an appraisal, by position or id: a sequence and a table.
    """
    def __arrow_c_schema__(self, /) -> "object":
        """
        The table's Arrow schema, for whatever speaks the PyCapsule interface.
        """
    def __arrow_c_stream__(self, /, requested_schema: "object" = None) -> "object":
        """
        The table as an Arrow stream, for whatever speaks the PyCapsule interface. What is
        asked for in `requested_schema` is not converted to, as the interface allows.
        """
    def __contains__(self, value: Any, /) -> bool: ...
    def __eq__(self, other: object, /) -> bool: ...
    @overload
    def __getitem__(self, key: SupportsIndex | str, /) -> JudgementAppraisal: ...
    @overload
    def __getitem__(self, key: slice, /) -> tuple[JudgementAppraisal, ...]:
        """
        The record at a position or with an id, or a tuple of those that a slice takes.
        """
    def __hash__(self, /) -> int: ...
    def __iter__(self, /) -> JudgementIterator: ...
    def __len__(self, /) -> int: ...
    def __reduce__(self, /) -> "tuple[object, ...]": ...
    def __repr__(self, /) -> str: ...
    def __reversed__(self, /) -> JudgementIterator: ...
    def count(self, /, value: Any) -> int:
        """
        How often a record stands there.

        >>> from probative import Report
        >>> report = Report.load("examples/reports/wagner-mali.toml")
        >>> report.items.count(report.item("3b"))
        1
        """
    def index(self, /, value: Any, start: SupportsIndex = 0, stop: SupportsIndex = ...) -> int:
        """
        The first place of a record, or of the one with this id. Raises `ValueError` when
        it is not there.

        >>> from probative import Report
        >>> report = Report.load("examples/reports/wagner-mali.toml")
        >>> report.items[report.items.index("3b")].id
        '3b'
        """

@final
class KnownSources:
    """
    A list of known sources with the letters that somebody gave them: the only place from which a
    draft takes a letter. It is made of a text, TOML or CSV as `syntax` says; `as_of` is when the
    letters were given, where the text does not say.

    Raises `ReportError` with every problem of the text, each with its line.

    >>> from probative import KnownSources, draft
    >>> desk = KnownSources('''
    ...     [[sources]]
    ...     name = "Border Watch"
    ...     reliability = "B"
    ...     because = "its counts were borne out by later records"
    ... ''', name="Desk register")
    >>> proposal = draft("KJ-1: It is likely that the port closes.\\n\\na. Border Watch reported so.",
    ...                  known=[desk])
    >>> [(one.name, one.reliability) for one in proposal.report.sources]
    [('Border Watch', Reliability.B)]
    """
    def __eq__(self, other: object, /) -> bool: ...
    def __getnewargs_ex__(self, /) -> "tuple[tuple[str, str], dict[str, str | None]]": ...
    def __hash__(self, /) -> int: ...
    def __len__(self, /) -> int: ...
    def __new__(cls, /, text: str | bytes | bytearray | memoryview, syntax: Literal['toml', 'csv'] = "toml", *, name: str = "", as_of: date | datetime | str | None = None) -> KnownSources: ...
    def __repr__(self, /) -> str: ...
    @property
    def as_of(self, /) -> date | datetime | None:
        """
        When its letters were given, where that is stated for all of them.
        """
    @staticmethod
    def load(path: str | PathLike[str], *, as_of: date | datetime | str | None = None) -> KnownSources:
        """
        Reads a file: CSV when its name ends in `.csv`, otherwise TOML. Its name is the list's where
        the file gives none.

        Raises `ReportError` with every problem of the file, each with its line, and
        `UnreadableError` (an `OSError`) when the file cannot be read.

        >>> from pathlib import Path
        >>> from probative import KnownSources
        >>> _ = Path("desk.csv").write_text("name,reliability\\nBorder Watch,B\\n")
        >>> len(KnownSources.load("desk.csv", as_of="2023-06-01"))
        1
        """
    @property
    def name(self, /) -> str:
        """
        Its name.
        """

@final
class Ledger:
    """
    The append-only record of an archive: who captured, graded and withdrew what, when and why.

    It is read once, to its end, and every line is checked; what is added later is seen by reading
    it anew. `len(ledger)` counts its entries, iteration reads them again at constant memory, and
    `polars.DataFrame(ledger)` is a table of them.

    >>> import tempfile
    >>> from probative import Archive
    >>> place = tempfile.TemporaryDirectory()
    >>> archive = Archive.create(place.name, origin="example.org/case-7", by="jd", now="2023-06-01")
    >>> _ = archive.grade("3", item="3a", because="one source", by="jd", now="2023-06-02")
    >>> _ = archive.grade("5", item="3a", because="denied", by="mk", now="2023-06-20")
    >>> ledger = archive.ledger()
    >>> len(ledger.as_of("2023-06-10").grades(item="3a").digits)
    1
    >>> ledger.registry.grades(item="3a").dissent
    True
    >>> place.cleanup()
    """
    def __arrow_c_schema__(self, /) -> "object":
        """
        The table's Arrow schema, for whatever speaks the PyCapsule interface.
        """
    def __arrow_c_stream__(self, /, requested_schema: "object" = None) -> "object":
        """
        The entries as an Arrow stream, for whatever speaks the PyCapsule interface. What is asked
        for in `requested_schema` is not converted to, as the interface allows.
        """
    def __eq__(self, other: object, /) -> bool: ...
    def __getitem__(self, at: SupportsIndex, /) -> Entry:
        """
        The entry at a position, from the end where it is negative. The ledger is read again up to
        there.
        """
    def __hash__(self, /) -> int: ...
    def __iter__(self, /) -> EntryIterator: ...
    def __len__(self, /) -> int: ...
    def __reduce__(self, /) -> "tuple[object, ...]": ...
    def __repr__(self, /) -> str: ...
    def as_of(self, /, time: date | datetime | str) -> Registry:
        """
        What stood at this time: the entries before the first whose time is after it. An entry that
        is dated back counts from where it stands.

        >>> from probative import Archive
        >>> archive = Archive.create("case-7", origin="example.org/case-7", by="jd", now="2023-06-01")
        >>> _ = archive.register("ngo", name="Border Watch", by="jd", now="2023-06-01")
        >>> len(archive.ledger().as_of("2023-05-01").sources), len(archive.ledger().as_of("2023-06-01").sources)
        (0, 1)
        """
    def as_of_size(self, /, size: int) -> Registry:
        """
        What stood after the first `size` entries.

        >>> from probative import Archive
        >>> archive = Archive.create("case-7", origin="example.org/case-7", by="jd", now="2023-06-01")
        >>> _ = archive.register("ngo", name="Border Watch", by="jd", now="2023-06-01")
        >>> len(archive.ledger().as_of_size(1).sources), len(archive.ledger().as_of_size(2).sources)
        (0, 1)
        """
    @property
    def origin(self, /) -> str:
        """
        Its name, as it is in what is signed.
        """
    @staticmethod
    def read(path: str | PathLike[str]) -> Ledger:
        """
        The ledger in an archive's folder. Nothing is written.

        Raises `MissingArchiveError` (a `FileNotFoundError`) when there is none, `ArchiveFileError`
        (an `OSError`) when it cannot be read, and `IntegrityError`, with the number of the `line`,
        when an entry does not verify.

        >>> from probative import Archive, Ledger
        >>> archive = Archive.create("case-7", origin="example.org/case-7", by="jd")
        >>> Ledger.read("case-7") == archive.ledger()
        True
        """
    @property
    def registry(self, /) -> Registry:
        """
        What stands after all entries.
        """
    @property
    def root(self, /) -> str:
        """
        The root of the entries' tree (RFC 6962), in base64.
        """
    @property
    def torn(self, /) -> int:
        """
        How many bytes there are after the last whole entry: a writer was stopped there, or writes
        now. `Archive.open` puts them aside.
        """

@final
class Proof:
    """
    A proof that an entry is in a ledger: with a public key alone, anyone can verify it. It is made
    of its text, a C2SP `.tlog-proof`.

    Raises `IntegrityError` when the text is no proof.
    """
    def __eq__(self, other: object, /) -> bool: ...
    def __getnewargs__(self, /) -> tuple[str]: ...
    def __hash__(self, /) -> int: ...
    def __new__(cls, /, text: str) -> Proof: ...
    def __repr__(self, /) -> str: ...
    def __str__(self, /) -> str: ...
    @property
    def index(self, /) -> int:
        """
        The entry's place in the ledger, from 0.
        """
    def verify(self, /, trust: Iterable[VerifierKey | str], line: str | None = None) -> Proven:
        """
        The entry that the ledger of one of these keys has at this place: the one that the proof
        carries, or that of the given `line` of the ledger's file.

        Raises `IntegrityError` when that is not shown.

        >>> from probative import Archive, SigningKey
        >>> archive = Archive.create("case-7", origin="example.org/case-7", by="jd", key="jd.key")
        >>> _ = archive.checkpoint("jd.key")
        >>> archive.prove(0).verify([SigningKey.read("jd.key").verifier]).origin
        'example.org/case-7'
        """

@final
class Registry:
    """
    What stands after the entries of a ledger, or after some of them: every source, item and object
    that they speak of. `Registry(lines)` makes one of the entries' events, in canonical JSON, one
    on a line.

    Every assessor's latest grade stands beside the others'; none replaces another's.

    >>> from probative import Registry
    >>> registry = Registry(
    ...     '{"at":"2023-06-01","by":"jd","what":{"opened":{"origin":"example.org/c"}}}\\n'
    ...     '{"at":"2023-06-01","by":"jd","what":{"registered":{"name":"Watch","source":"w"}}}\\n'
    ... )
    >>> registry.source("w").description.name
    'Watch'
    """
    def __eq__(self, other: object, /) -> bool: ...
    def __getnewargs__(self, /) -> tuple[str]: ...
    def __hash__(self, /) -> int: ...
    def __new__(cls, /, lines: str) -> Registry: ...
    def __repr__(self, /) -> str: ...
    def __str__(self, /) -> str: ...
    @property
    def captures(self, /) -> int:
        """
        How many captures there are.
        """
    def grades(self, /, *, item: str | None = None, source: str | None = None) -> Grades:
        """
        The latest grades of an item or a source, one of each assessor; there are none of one that
        nobody graded.

        >>> from probative import Archive
        >>> archive = Archive.create("case-7", origin="example.org/case-7", by="jd", now="2023-06-01")
        >>> _ = archive.grade("4", item="3a", because="b", by="jd", now="2023-06-01")
        >>> [one.mark for one in archive.ledger().registry.grades(item="3a").digits]
        [Credibility.FOUR]
        """
    def item(self, /, id: str) -> ItemRecord:
        """
        What was recorded of this item. Raises `UnknownIdError` (a `KeyError`) when nothing was.

        >>> from probative import Archive
        >>> archive = Archive.create("case-7", origin="example.org/case-7", by="jd", now="2023-06-01")
        >>> _ = archive.derive("3a", [], by="jd", now="2023-06-01")
        >>> archive.ledger().registry.item("3a").lineage["jd"]
        ()
        """
    @property
    def items(self, /) -> ByName[ItemRecord]:
        """
        What was recorded of each item, by id.
        """
    @property
    def objects(self, /) -> ByName[ObjectRecord]:
        """
        What was recorded of each object, by the text of its digest.
        """
    @property
    def origin(self, /) -> str:
        """
        The ledger's name.
        """
    def source(self, /, id: str) -> SourceRecord:
        """
        What was recorded of this source. Raises `UnknownIdError` (a `KeyError`) when nothing was.

        >>> from probative import Archive
        >>> archive = Archive.create("case-7", origin="example.org/case-7", by="jd", now="2023-06-01")
        >>> _ = archive.register("ngo", name="Border Watch", by="jd", now="2023-06-01")
        >>> archive.ledger().registry.source("ngo").description.name
        'Border Watch'
        """
    @property
    def sources(self, /) -> ByName[SourceRecord]:
        """
        What was recorded of each source, by id.
        """
    @property
    def steps_back(self, /) -> int:
        """
        How many entries say an earlier time than the entry before.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The registry as dictionaries, lists, texts and numbers.

        >>> from probative import Archive
        >>> archive = Archive.create("case-7", origin="example.org/case-7", by="jd", now="2023-06-01")
        >>> archive.ledger().registry.to_dict()["origin"]
        'example.org/case-7'
        """

@final
class Report:
    """
    A report whose references all lead somewhere. It never changes; `replace` makes another.

    A report is read from a file (`Report.load`), from text (`Report.loads`), or put together from
    records, as here. Raises `ReportError` with every problem.

    >>> from probative import *
    >>> report = Report(
    ...     "Crossings at the border",
    ...     sources=[Source("ngo", name="Border Watch", reliability=Reliability.B,
    ...                     graded_because="its counts were borne out by later records")],
    ...     items=[Item("count", "ngo", claim="Crossings doubled in May.")],
    ...     judgements=[Judgement("J1", statement="Crossings will rise.", rests_on=(Link("count"),))],
    ... )
    >>> report.item("count").claim
    'Crossings doubled in May.'
    >>> len(report.items)
    1
    >>> Report("Nothing", items=[Item("count", "nobody")])
    Traceback (most recent call last):
    probative.ReportError: items[0].source: expected the id of a source, found `nobody`
    """
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __new__(cls, /, title: str = "", *, publisher: str | None = None, cut_off: date | datetime | str | None = None, yardstick: str | None = None, source_summary: SourceSummary | None = None, sources: Iterable[Source] | None = None, items: Iterable[Item] | None = None, judgements: Iterable[Judgement] | None = None, assumptions: Iterable[Assumption] | None = None, indicators: Iterable[Indicator] | None = None, gaps: Iterable[Gap] | None = None) -> Report: ...
    def __reduce__(self, /) -> "tuple[object, ...]": ...
    def __replace__(self, /, **changes: "object") -> Any:
        """
        What `copy.replace` asks.
        """
    def __repr__(self, /) -> str: ...
    def __str__(self, /) -> str: ...
    @property
    def assumptions(self, /) -> tuple[Assumption, ...]:
        """
        What is taken as given.
        """
    @property
    def cut_off(self, /) -> date | datetime | None:
        """
        The information cut-off: what was published later is not counted.
        """
    @property
    def digest(self, /) -> Digest:
        """
        SHA-256 of `to_json()`: the same however the file was laid out.
        """
    @staticmethod
    def from_dict(table: Mapping[str, Any]) -> Report:
        """
        Makes a report of what `to_dict` gives.

        Raises `ReportError` with every problem.

        >>> from probative import Report
        >>> Report.from_dict(Report("Nothing yet").to_dict()).title
        'Nothing yet'
        """
    @property
    def gaps(self, /) -> tuple[Gap, ...]:
        """
        What is not known.
        """
    @property
    def indicators(self, /) -> tuple[Indicator, ...]:
        """
        What would be seen if an assumption were wrong.
        """
    def item(self, /, id: str) -> Item:
        """
        The item with this id. Raises `UnknownIdError` (a `KeyError`) when there is none.

        >>> from probative import Report
        >>> report = Report.load("examples/reports/wagner-mali.toml")
        >>> report.item("3b").id
        '3b'
        """
    @property
    def items(self, /) -> Items:
        """
        What they say: a sequence that makes each record when it is asked for.
        """
    def judgement(self, /, id: str) -> Judgement:
        """
        The judgement with this id. Raises `UnknownIdError` (a `KeyError`) when there is none.

        >>> from probative import Report
        >>> report = Report.load("examples/reports/wagner-mali.toml")
        >>> report.judgement("KJ-3").likelihood
        'highly likely'
        """
    @property
    def judgements(self, /) -> tuple[Judgement, ...]:
        """
        What is concluded.
        """
    @staticmethod
    def load(path: str | PathLike[str], format: Format | Literal['toml', 'json'] | None = None, *, progress: Callable[[int, int], object] | None = None) -> Report:
        """
        Reads a report file: JSON when its name ends in `.json`, otherwise by what stands in it.

        `progress` is called with the bytes read and twice the bytes there are: parsing counts as
        much as reading, and is told when it is done. Raises `ReportError` with every problem of the
        file, each with its line and column, and `UnreadableError` (an `OSError`) when the file
        cannot be read.

        >>> from probative import Report
        >>> len(Report.load("examples/reports/wagner-mali.toml").judgements)
        3
        """
    @staticmethod
    def loads(text: str | bytes | bytearray | memoryview, format: Format | Literal['toml', 'json'] | None = None) -> Report:
        """
        Reads a report from text or UTF-8 bytes; `format` is `toml` or `json`, and is found out
        when it is not given.

        Raises `ReportError` with every problem of the text, each with its line and column.

        >>> from probative import Report, ReportError
        >>> try:
        ...     Report.loads('format = "probative/1"\\ntitel = "x"')
        ... except ReportError as error:
        ...     [(one.line, one.column, one.path) for one in error.problems]
        [(2, 1, 'titel')]
        """
    @property
    def publisher(self, /) -> str | None:
        """
        Who publishes it.
        """
    def replace(self, /, *, title: str | None = ..., publisher: str | None = ..., cut_off: date | datetime | str | None = ..., yardstick: str | None = ..., source_summary: SourceSummary | None = ..., sources: Iterable[Source] | None = ..., items: Iterable[Item] | None = ..., judgements: Iterable[Judgement] | None = ..., assumptions: Iterable[Assumption] | None = ..., indicators: Iterable[Indicator] | None = ..., gaps: Iterable[Gap] | None = ...) -> Report:
        """
        Another report, with these keys replaced; `None` removes one, and `...` leaves it.

        Raises `ReportError` with every problem of the result.

        >>> from probative import Report
        >>> Report("Nothing yet", publisher="Desk").replace(title="Still nothing").publisher
        'Desk'
        """
    def source(self, /, id: str) -> Source:
        """
        The source with this id. Raises `UnknownIdError` (a `KeyError`) when there is none.

        >>> from probative import Report
        >>> report = Report.load("examples/reports/wagner-mali.toml")
        >>> report.source(report.item("3b").source).id == report.item("3b").source
        True
        """
    @property
    def source_summary(self, /) -> SourceSummary | None:
        """
        What the author says of the source base as a whole.
        """
    @property
    def sources(self, /) -> tuple[Source, ...]:
        """
        Who speaks.
        """
    @property
    def title(self, /) -> str:
        """
        Its title; empty when it gives none.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The report as dictionaries, lists, texts and numbers: what reading its JSON gives.

        >>> from probative import Report
        >>> report = Report.load("examples/reports/wagner-mali.toml")
        >>> len(report.to_dict()["judgements"])
        3
        """
    def to_json(self, /) -> str:
        """
        The report as compact JSON; read back, it is the same report.

        >>> from probative import Report
        >>> report = Report.load("examples/reports/wagner-mali.toml")
        >>> Report.loads(report.to_json()) == report
        True
        """
    def to_toml(self, /) -> str:
        """
        The report as TOML; read back, it is the same report.

        >>> from probative import Report
        >>> report = Report.load("examples/reports/wagner-mali.toml")
        >>> Report.loads(report.to_toml()) == report
        True
        """
    @property
    def yardstick(self, /) -> str | None:
        """
        The name of the yardstick that its likelihood terms belong to.
        """

@final
class SigningKey:
    """
    A secret key that signs for an archive. It is never shown and cannot be pickled: only
    `write_new` lets it out, into a file that its owner alone may read.

    >>> import tempfile
    >>> from pathlib import Path
    >>> from probative import SigningKey
    >>> place = tempfile.TemporaryDirectory()
    >>> path = Path(place.name) / "case-7.key"
    >>> key = SigningKey.generate("example.org/case-7")
    >>> key.write_new(path)
    >>> SigningKey.read(path).verifier == key.verifier
    True
    >>> place.cleanup()
    """
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __reduce__(self, /) -> "tuple[object, ...]": ...
    def __repr__(self, /) -> str: ...
    @staticmethod
    def generate(name: str) -> SigningKey:
        """
        A new key, from the operating system's randomness. `name` is the origin of the archive that
        it is to sign for.

        Raises `SigningKeyError` when the name is empty or has a space or a plus.

        >>> from probative import SigningKey
        >>> SigningKey.generate("example.org/case-7").verifier.name
        'example.org/case-7'
        """
    @staticmethod
    def read(path: str | PathLike[str]) -> SigningKey:
        """
        The key in this file.

        Raises `SigningKeyError` when it holds none or others than its owner may read it, and
        `ArchiveFileError` (an `OSError`) when it cannot be read.

        >>> from probative import SigningKey
        >>> key = SigningKey.generate("example.org/case-7")
        >>> key.write_new("jd.key")
        >>> SigningKey.read("jd.key") == key
        True
        """
    @property
    def verifier(self, /) -> VerifierKey:
        """
        The public key that verifies what this one signs.
        """
    def write_new(self, /, path: str | PathLike[str]) -> None:
        """
        Writes the key to a file that is not there yet, with rights for its owner only.

        Raises `ArchiveExistsError` (a `FileExistsError`) when there is such a file, and
        `ArchiveFileError` (an `OSError`) when it cannot be written.

        >>> from probative import SigningKey
        >>> SigningKey.generate("example.org/case-7").write_new("jd.key")
        >>> SigningKey.generate("example.org/case-7").write_new("jd.key")
        Traceback (most recent call last):
        probative.ArchiveExistsError: ...
        """

@final
class Term:
    """
    A word of a yardstick. The "likely" of one is not equal to that of another.
    """
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __reduce__(self, /) -> "tuple[object, ...]": ...
    def __repr__(self, /) -> str: ...
    def __str__(self, /) -> str: ...
    @property
    def band(self, /) -> Band:
        """
        The probabilities that it covers.
        """
    @property
    def label(self, /) -> str:
        """
        The word, as its source writes it first.
        """
    @property
    def synonyms(self, /) -> tuple[str, ...]:
        """
        Other words for the same band.
        """
    @property
    def yardstick(self, /) -> Yardstick:
        """
        Its yardstick.
        """

@final
class VerifierKey:
    """
    A public key that verifies what is signed, and its name: `name+id+base64`.

    Raises `SigningKeyError` when the text is none.

    >>> from probative import VerifierKey
    >>> key = VerifierKey("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")
    >>> key.name
    'example.com/foo'
    """
    def __eq__(self, other: object, /) -> bool: ...
    def __getnewargs__(self, /) -> tuple[str]: ...
    def __hash__(self, /) -> int: ...
    def __new__(cls, /, text: str) -> VerifierKey: ...
    def __repr__(self, /) -> str: ...
    def __str__(self, /) -> str: ...
    @property
    def id(self, /) -> int:
        """
        The number that tells apart keys of one name.
        """
    @property
    def name(self, /) -> str:
        """
        The key's name.
        """

@final
class Yardstick:
    """
    A vocabulary of likelihood: its terms, each with the probabilities that it covers.

    >>> from probative import Yardstick
    >>> phia = Yardstick.builtin("phia-2025")
    >>> phia.term("Probable").label
    'likely'
    >>> str(phia.term("likely").band)
    '≈55–≈75%'
    >>> phia.terms_for(0.5)
    []
    """
    def __contains__(self, value: Any, /) -> bool:
        """
        Whether it has this term, or one of this label or synonym.
        """
    def __eq__(self, other: object, /) -> bool: ...
    @overload
    def __getitem__(self, key: SupportsIndex | str, /) -> Term: ...
    @overload
    def __getitem__(self, key: slice, /) -> tuple[Term, ...]:
        """
        The term at a position, or of a label or synonym, or a tuple of those that a slice takes.
        """
    def __hash__(self, /) -> int: ...
    def __iter__(self, /) -> Iterator[Term2]: ...
    def __len__(self, /) -> int: ...
    def __reduce__(self, /) -> "tuple[object, ...]": ...
    def __repr__(self, /) -> str: ...
    def __str__(self, /) -> str: ...
    @staticmethod
    def builtin(id: str) -> Yardstick:
        """
        The built-in yardstick of this name: `icd-203`, `phia-2025`, `ipcc`, `kent`, `fe-ddis`.

        Raises `UnknownYardstickError` (a `LookupError`) when there is none.

        >>> from probative import Yardstick
        >>> kent = Yardstick.builtin("kent")
        >>> kent.name == kent.definition()["name"]
        True
        """
    @staticmethod
    def builtins() -> list[Yardstick]:
        """
        Every built-in yardstick.

        >>> from probative import Yardstick
        >>> "icd-203" in [one.id for one in Yardstick.builtins()]
        True
        """
    @staticmethod
    def define(id: str, definition: Mapping[str, Any]) -> Yardstick:
        """
        An organisation's own yardstick, of what a doctrine writes under its name: a table with
        `name`, `source`, perhaps `edition`, and `terms`.

        Raises `YardstickError` when it is not fit to measure with.

        >>> from probative import Yardstick
        >>> acme = Yardstick.define("acme", {
        ...     "name": "Acme yardstick", "source": "Acme style guide, p. 12",
        ...     "terms": [{"term": "likely", "lower": 0.55, "upper": 0.8}],
        ... })
        >>> acme.term("likely").band.upper
        0.8
        """
    def definition(self, /) -> "dict[str, object]":
        """
        What a doctrine would write under its name.

        >>> from probative import Yardstick
        >>> kent = Yardstick.builtin("kent")
        >>> Yardstick.define("desk", kent.definition()).terms[0].label == kent.terms[0].label
        True
        """
    @property
    def edition(self, /) -> str | None:
        """
        Which edition of the standard it follows, where one is stated.
        """
    @staticmethod
    def fits(words: Iterable[str]) -> list[Yardstick]:
        """
        The built-in yardsticks that know every one of these words.

        >>> from probative import Yardstick
        >>> [one.id for one in Yardstick.fits(["highly likely", "realistic possibility"])]
        ['phia-2025']
        """
    @property
    def id(self, /) -> str:
        """
        The name that reports choose it by.
        """
    @property
    def name(self, /) -> str:
        """
        What it is called.
        """
    @property
    def source(self, /) -> str:
        """
        Where its figures come from, as a citation.
        """
    def term(self, /, text: str) -> Term | None:
        """
        The term of this label or synonym, whatever the case and the spaces; `None` when there is
        none.

        >>> from probative import Yardstick
        >>> Yardstick.builtin("icd-203").term("Likely").band.upper
        0.8
        """
    @property
    def terms(self, /) -> tuple[Term2, ...]:
        """
        Its terms, in the order of its source.
        """
    def terms_for(self, /, probability: SupportsFloat | SupportsIndex) -> list[Term]:
        """
        Every term that covers this probability, the best fitting first; none, where the yardstick
        has a gap.

        >>> from probative import Yardstick
        >>> [one.label for one in Yardstick.builtin("icd-203").terms_for(0.7)]
        ['likely']
        """

def _every_error() -> list[tuple[str, Any]]:
    """
    One exception of every error variant of the library, by its Rust name.

    For the test that every error has a class.
    """

def about_credibility(digit: str) -> tuple[str, str, int | None]:
    """
    Label, definition and rank of a credibility.
    """

def about_crosswalk(system: str) -> tuple[str, str]:
    """
    Version and source of a crosswalk.
    """

def about_reliability(letter: str) -> tuple[str, str, int | None, str]:
    """
    Label, definition, rank and what it counts as, of a reliability.
    """

def appraise(report: Report, doctrine: Doctrine | None = None, as_of: date | datetime | str | None = None, *, archive: Archive2 | str | PathLike[str] | Mapping[str, str] | None = None, grades: Literal['ledger'] | None = None, assessors: Mapping[str, Report2] | None = None, progress: Callable[[int, int], object] | None = None) -> Appraisal:
    """
    Appraises a report: how far the evidence carries each judgement, why, and what would change
    it.

    `doctrine` is the table of numbers, the default one when it is not given; `as_of` a date or an
    aware datetime, the report's cut-off when it is not given. `progress` is called with the steps
    done and the steps there are. The interpreter is free meanwhile, and Ctrl-C interrupts.

    With an `archive`, the bytes that the items rest on are read again. That adds to no strength;
    an item whose bytes have changed is left out. What `Archive.check` gave does as well. With
    `grades="ledger"`, the grades are those of the archive's ledger as they stood at the date, the
    latest of each, and where assessors differ, each judgement says what it is by the grades of
    each; `appraise(archive.graded(report, by="..."), archive=archive)` takes one assessor's alone.
    Without a ledger, `assessors` are the same report as each of them would grade it, by name.

    >>> from probative import *
    >>> report = Report(
    ...     "Heard twice",
    ...     sources=[Source("un", reliability=Reliability.B)],
    ...     items=[Item("a", "un", credibility=Credibility.TWO, channel=Channel.RESEARCH,
    ...                 lineage=Original())],
    ...     judgements=[Judgement("J1", rests_on=(Link("a", relevance=Relevance.DIRECT),))],
    ... )
    >>> appraise(report).judgements["J1"].band
    'moderate'
    >>> doubted = report.replace(items=[Item("a", "un", credibility=Credibility.FIVE)])
    >>> appraisal = appraise(report, assessors={"jd": report, "mk": doubted})
    >>> [(one.by, one.band) for one in appraisal.judgements["J1"].assessors]
    [('jd', 'moderate'), ('mk', 'negligible')]
    """

def compare(before: Appraisal, after: Appraisal, *, progress: Callable[[int, int], object] | None = None) -> Comparison:
    """
    Compares two appraisals: what changed between their reports, dates and doctrines, how each
    judgement moved, and which change moved what.

    Each change alone is applied to the earlier report to see what it moves; what several do only
    together is the `rest`. The states of an archive are not considered.

    >>> from probative import *
    >>> report = Report(
    ...     "Heard twice",
    ...     sources=[Source("un", reliability=Reliability.B)],
    ...     items=[Item("a", "un", credibility=Credibility.TWO, lineage=Original())],
    ...     judgements=[Judgement("J1", rests_on=(Link("a", relevance=Relevance.DIRECT),))],
    ... )
    >>> graded = Source("un", reliability=Reliability.D, graded_because="a fabrication")
    >>> comparison = compare(appraise(report), appraise(report.replace(sources=[graded])))
    >>> [(one.kind, one.what) for one in comparison.changes]
    [(ChangeKind.SOURCE_REGRADED, 'reliability D instead of B')]
    >>> comparison.judgements[0].moved_by[0].by < 0
    True

    `progress` is called with the changes tried and the changes there are to try. Ctrl-C interrupts.
    """

def draft(text: str, *, markup: Markup | Literal['plain', 'markdown', 'wikitext', 'html'] | None = None, known: Iterable[KnownSources] = ...) -> Draft:
    """
    Drafts a report from an analyst's prose: plain text, Markdown, wikitext or HTML.

    It proposes and never grades: letters come from lists of `known` sources alone; several must
    agree. `markup` is one of `Markup`, and is seen from the text when it is not given. Raises
    `DraftError` when there is nothing to draft from.

    >>> from probative import draft
    >>> proposal = draft("KJ-1: It is highly likely that the harbour will close.")
    >>> proposal.report.judgements[0].likelihood
    'highly likely'
    """

def draw(appraisal: Appraisal, judgement: str, drawing: Literal['strength', 'confidence', 'channels', 'owners', 'provenance', 'badge'] = "strength", *, key: str = "p") -> str:
    """
    A drawing of a judgement as SVG, to embed in a document: its `strength`, `confidence`,
    `channels`, `owners`, `provenance`, or a `badge`.

    `key` begins the ids within, so that several drawings fit in one document. Raises
    `UnknownIdError` (a `KeyError`) when there is no such judgement, `UnknownWordError` for another
    drawing.

    >>> from probative import Judgement, Report, appraise, draw
    >>> draw(appraise(Report("Empty", judgements=[Judgement("J1")])), "J1", "badge")[:5]
    '<svg '
    """

def inspect(path: str | PathLike[str], *, trust: Iterable[VerifierKey | str] = ..., pin: Checkpoint | str | None = None, threads: int | None = None, progress: Callable[[int, int], object] | None = None) -> Inspection:
    """
    Reads an archive again in whole, writing nothing, even one that `Archive.open` refuses.

    `trust` are the public keys that may sign for it, known from elsewhere: one that is found in
    the archive proves nothing. `pin` is a checkpoint seen before, which the archive must go on
    from. `threads` read, as many as there are processors when it is not given. `progress` is
    called with the objects read and the objects there are.

    Everything that does not verify is among the `problems` of the answer. Raises
    `MissingArchiveError` (a `FileNotFoundError`) when there is no archive, `ArchiveFileError` (an
    `OSError`) when it cannot be read at all, and `SigningKeyError` when a key is none.

    >>> from probative import Archive, inspect
    >>> archive = Archive.create("case-7", origin="example.org/case-7", by="jd")
    >>> inspect("case-7").bytes
    Answer.YES
    """

def parse_grade(text: str) -> tuple[str, str]:
    """
    Letter and digit of a grade such as "B2". Raises `GradeError`.
    """

def read_credibility(system: str, symbol: str | SupportsIndex) -> tuple[str, str | None]:
    """
    The credibility that a symbol or number stands for, and what is lost.
    """

def read_reliability(system: str, symbol: str | SupportsIndex) -> tuple[str, str | None]:
    """
    The reliability that a symbol or number stands for, and what is lost.
    """

def refuse_word(name: str, word: str) -> None:
    """
    Checks a word that is in none of its list; raises what the list raises, and for what is no
    text the same.
    """

def render(appraisal: Appraisal2 | Comparison2, format: Literal['text', 'markdown', 'html', 'json'] = "text", *, width: int | None = None, colour: bool = False) -> str:
    """
    The appraisal as a text to show: `text`, `markdown`, `html` or `json`; a comparison in the same
    formats but `markdown`.

    `width` (columns, at least 60; 80 when it is not given) is for `text` alone, and `colour` (ANSI
    escapes) for the text of an appraisal. Raises `UnknownWordError` for another format.

    >>> from probative import Judgement, Report, appraise, render
    >>> appraisal = appraise(Report("Empty", judgements=[Judgement("J1")]))
    >>> render(appraisal).splitlines()[0]
    'Empty'
    >>> render(appraisal, "html")[:15]
    '<!DOCTYPE html>'
    """

def run_appraise(arguments: Iterable[str]) -> int:
    """
    Runs `appraise` with these arguments, the first of which stands for the program's name, and
    returns its exit status. It reads and writes the process's own standard streams.
    """

def words(name: str) -> list[str]:
    """
    The written forms of a closed list, in the order of the list.

    Raises `LookupError` for a list that is not known.
    """

def write_credibility(system: str, digit: str) -> tuple[str, str | None]:
    """
    The symbol for a credibility, and what is lost.
    """

def write_credibility_score(system: str, digit: str) -> tuple[int, str | None]:
    """
    The number for a credibility, and what is lost.
    """

def write_reliability(system: str, letter: str) -> tuple[str, str | None]:
    """
    The symbol for a reliability, and what is lost.
    """

def write_reliability_score(system: str, letter: str) -> tuple[int, str | None]:
    """
    The number for a reliability, and what is lost.
    """
