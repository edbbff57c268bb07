"""The records: what a report says, and what an appraisal says of it. Frozen, and nothing more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import TypeVar

from probative._native import Digest
from probative._words import (
    ArchiveState,
    AssumptionStatus,
    Authenticity,
    ChangeKind,
    Channel,
    Confidence,
    ConfidenceVerdict,
    Credibility,
    DraftFindingCode,
    DraftPart,
    FindingCode,
    LikelihoodVerdict,
    ProblemCode,
    Relevance,
    Reliability,
    RequirementName,
    Severity,
    SourceKind,
    Stance,
)

__all__ = [
    "AssessorAppraisal",
    "Assumption",
    "ByName",
    "Capture",
    "Changed",
    "ConfidenceAppraisal",
    "Contribution",
    "DerivedFrom",
    "Dissent",
    "DraftFinding",
    "Finding",
    "Gap",
    "Indicator",
    "Item",
    "Judgement",
    "JudgementAppraisal",
    "LikelihoodAppraisal",
    "Linchpin",
    "Link",
    "Moved",
    "Mover",
    "NextStep",
    "Original",
    "Outcome",
    "Problem",
    "Range",
    "Requirement",
    "RestsOn",
    "Shares",
    "Source",
    "SourceSummary",
    "Standing",
    "Trace",
]


_SEQUENCES: dict[type, tuple[str, ...]] = {}


def _sequences(record: type) -> tuple[str, ...]:
    """The fields of a record that are tuples of any length, found out once."""
    if record not in _SEQUENCES:
        every = fields(record)
        _SEQUENCES[record] = tuple(one.name for one in every if str(one.type).startswith("tuple["))
    return _SEQUENCES[record]


@dataclass(frozen=True)
class Record:
    """What all records share: a list that is given in the place of a tuple becomes one, so that
    the record can be hashed."""

    def __post_init__(self) -> None:
        for name in _sequences(type(self)):
            given = getattr(self, name)
            if type(given) is not tuple:
                if isinstance(given, (str, bytes)):
                    raise TypeError(f"{name}: expected several, found one text")
                object.__setattr__(self, name, tuple(given))


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with an input: where, what was found, what was expected."""

    code: ProblemCode
    message: str
    path: str = ""
    file: str | None = None
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part)
        return ": ".join(part for part in (place, self.path, self.message) if part)


@dataclass(frozen=True)
class SourceSummary(Record):
    """What the author says of the source base as a whole; `sources` are ids."""

    statement: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Source:
    """Who speaks, and how reliable that voice has been.

    Sources of one `owner` are not independent of each other. A `reliability` of `None` was never
    graded, and counts as F.
    """

    id: str
    name: str = ""
    kind: SourceKind = SourceKind.OTHER
    owner: str | None = None
    reliability: Reliability | None = None
    graded_because: str | None = None
    url: str | None = None
    drafted: bool = False


@dataclass(frozen=True)
class Original:
    """The lineage of what is first-hand, or the source's own work."""

    def _as_given(self) -> str:
        return "original"


@dataclass(frozen=True)
class DerivedFrom(Record):
    """The lineage of what passes on what these items or sources said; `parents` are ids."""

    parents: tuple[str, ...]

    def _as_given(self) -> dict[str, tuple[str, ...]]:
        return {"derived_from": self.parents}


@dataclass(frozen=True)
class Capture:
    """A record of what was read; `length` is in bytes."""

    digest: Digest
    retrieved: date | datetime | None = None
    url: str | None = None
    media_type: str | None = None
    length: int | None = None


@dataclass(frozen=True)
class Item(Record):
    """One report, by one source, of one claim.

    A `lineage` of `None` is unknown: silence is not independence. A `credibility` of `None` was
    never graded, and counts as 6. A `reliability` replaces its source's. Dates are `date`, or
    `datetime` with an offset.
    """

    id: str
    source: str
    claim: str = ""
    credibility: Credibility | None = None
    reliability: Reliability | None = None
    graded_because: str | None = None
    channel: Channel = Channel.UNATTRIBUTED
    authenticity: Authenticity = Authenticity.UNVERIFIED
    authenticated_by: str | None = None
    point: str | None = None
    lineage: Original | DerivedFrom | None = None
    corroborated_by: tuple[str, ...] = ()
    url: str | None = None
    published: date | datetime | None = None
    accessed: date | datetime | None = None
    withdrawn: date | datetime | None = None
    withdrawn_because: str | None = None
    captures: tuple[Capture, ...] = ()
    drafted: bool = False


@dataclass(frozen=True)
class Link:
    """How one item bears on a judgement; `item` is an id."""

    item: str
    stance: Stance = Stance.SUPPORTS
    relevance: Relevance = Relevance.CIRCUMSTANTIAL


@dataclass(frozen=True)
class Dissent:
    """Where some of those who share the report differ from a judgement."""

    holder: str
    confidence: Confidence | None = None
    statement: str = ""


@dataclass(frozen=True)
class Judgement(Record):
    """A conclusion of the report. `prior` is the base rate, 0 to 1; `None` counts as 1/2."""

    id: str
    statement: str = ""
    likelihood: str | None = None
    confidence: Confidence | None = None
    prior: float | None = None
    horizon: date | datetime | None = None
    rests_on: tuple[Link, ...] = ()
    assumes: tuple[str, ...] = ()
    dissents: tuple[Dissent, ...] = ()
    drafted: bool = False


@dataclass(frozen=True)
class Assumption:
    """Something that the author takes as given."""

    id: str
    statement: str = ""
    status: AssumptionStatus = AssumptionStatus.HOLDS
    drafted: bool = False


@dataclass(frozen=True)
class Indicator:
    """What would be seen if the assumption with the id `of` were wrong."""

    id: str
    of: str
    statement: str = ""
    observed: date | datetime | None = None
    drafted: bool = False


@dataclass(frozen=True)
class Gap(Record):
    """What is not known; `bears_on` are ids of judgements."""

    id: str
    statement: str = ""
    bears_on: tuple[str, ...] = ()
    drafted: bool = False


@dataclass(frozen=True)
class Range:
    """A figure at the three corners: the most cautious, as it stands, the most generous."""

    lower: float
    central: float
    upper: float


_T = TypeVar("_T")


class ByName(Mapping[str, _T]):
    """Values by name. Frozen."""

    __slots__ = ("_values",)
    __match_args__ = ()
    _values: dict[str, _T]

    def __init__(self, values: Mapping[str, _T]) -> None:
        object.__setattr__(self, "_values", dict(values))

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("the values are frozen")

    def __getitem__(self, name: str) -> _T:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __hash__(self) -> int:
        return hash(frozenset(self._values.items()))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._values!r})"

    def __copy__(self) -> ByName[_T]:
        return self

    def __deepcopy__(self, memo: object) -> ByName[_T]:
        return self  # what it holds is frozen too

    def __reduce__(self) -> tuple[type[ByName[_T]], tuple[dict[str, _T]]]:
        return type(self), (self._values,)


class Shares(ByName[float]):
    """Parts of a whole by name, each 0 to 1. Frozen."""

    __slots__ = ()


@dataclass(frozen=True)
class Requirement:
    """What a level of confidence needs, and what there is: counts, shares, or a status."""

    level: Confidence
    name: RequirementName
    needs: float | AssumptionStatus
    has: float | AssumptionStatus
    held: bool


@dataclass(frozen=True)
class ConfidenceAppraisal(Record):
    """Stated against supportable confidence, with every requirement."""

    stated: Confidence | None
    supportable: Confidence
    verdict: ConfidenceVerdict
    requirements: tuple[Requirement, ...]


@dataclass(frozen=True)
class LikelihoodAppraisal:
    """A stated likelihood against the evidence; the edges of its band are 0 to 1."""

    term: str
    lower: float | None
    upper: float | None
    verdict: LikelihoodVerdict


@dataclass(frozen=True)
class RestsOn:
    """Shares of the support, by channel and by owner."""

    channels: Shares
    owners: Shares


@dataclass(frozen=True)
class Contribution:
    """What one item contributes to a judgement; both are ids.

    `units` of evidence are negative against the judgement, and sum over all items to its support
    less what is against it. `share` is the item's part of its own side, 0 to 1. An item that does
    not count says why in `reason`, and in `instead` which item counts in its stead.
    """

    judgement: str
    item: str
    stance: Stance
    units: float
    share: float
    credited_to: str
    counted: bool
    reason: str | None
    instead: str | None
    archive: ArchiveState | None = None


@dataclass(frozen=True)
class Outcome:
    """What a judgement would be: its strength at the three corners, -1 to 1."""

    lower: float
    central: float
    upper: float
    band: str
    supportable: Confidence


@dataclass(frozen=True)
class Linchpin:
    """A part of the evidence on which a judgement hangs: an item, a source or an owner."""

    without: Outcome
    item: str | None = None
    source: str | None = None
    owner: str | None = None


@dataclass(frozen=True)
class NextStep:
    """A change that moves a judgement's band or the confidence that it can bear."""

    change: str
    code: str
    becomes: Outcome


@dataclass(frozen=True)
class AssessorAppraisal:
    """What a judgement is by the grades of one assessor: its strength, the word for it, and the
    confidence that the evidence could bear."""

    by: str
    strength: Range
    band: str
    supportable: Confidence


@dataclass(frozen=True)
class JudgementAppraisal(Record):
    """One judgement appraised: how far its evidence carries it, why, and what would change it.

    `strength` is -1 to 1, `probability` and `uncertainty` 0 to 1; `support` and `against` are
    units of evidence; `origins` counts the independent origins of the support. `assessors` says what
    it is by the grades of each, where they were asked and do not agree.
    """

    id: str
    statement: str
    strength: Range
    band: str
    probability: Range
    support: float
    against: float
    uncertainty: float
    origins: int
    reason: str
    confidence: ConfidenceAppraisal
    likelihood: LikelihoodAppraisal | None
    rests_on: RestsOn
    contributions: tuple[Contribution, ...]
    linchpins: tuple[Linchpin, ...]
    next_steps: tuple[NextStep, ...]
    assessors: tuple[AssessorAppraisal, ...] = ()


@dataclass(frozen=True)
class Changed:
    """One change between two reports; `about` is the id of what changed, empty for the date and
    the doctrine."""

    kind: ChangeKind
    about: str
    what: str


@dataclass(frozen=True)
class Standing:
    """How a judgement stands: strength -1 to 1; `channels` are shares of the support."""

    strength: Range
    band: str
    stated: Confidence | None
    supportable: Confidence
    channels: Shares


@dataclass(frozen=True)
class Mover:
    """What one change does alone: `change` is its place among the changes, `by` how far the central
    strength moves."""

    change: int
    by: float
    becomes: Standing


@dataclass(frozen=True)
class Moved(Record):
    """One judgement before and after; `before` is `None` when it is new, `after` when it is gone.

    `moved_by` are the changes that move it alone, the largest move first; `rest` is the move that
    the changes make only together.
    """

    id: str
    statement: str
    before: Standing | None
    after: Standing | None
    moved_by: tuple[Mover, ...]
    rest: float


@dataclass(frozen=True)
class Finding(Record):
    """One remark on a report; `about` are ids."""

    code: FindingCode
    severity: Severity
    about: tuple[str, ...]
    message: str

    def __str__(self) -> str:
        return f"{self.severity}: {self.message} [{self.code}]"


@dataclass(frozen=True)
class DraftFinding(Record):
    """A doubt about a draft, at its place in the text; `start` and `end` count bytes, from 0."""

    code: DraftFindingCode
    severity: Severity
    about: tuple[str, ...]
    message: str
    line: int
    column: int
    start: int
    end: int

    def __str__(self) -> str:
        return f"{self.severity}[{self.code}]: {self.message}"


@dataclass(frozen=True)
class Trace:
    """Where a drafted thing stands in the text; `start` and `end` count bytes, from 0."""

    part: DraftPart
    id: str
    line: int
    column: int
    start: int
    end: int


for _name in __all__:
    globals()[_name].__module__ = "probative"
