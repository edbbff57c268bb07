"""Closed lists of words, as enums. Written by `tests/python/words_stub.py`."""

from enum import Enum
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from typing_extensions import Never, Self

__all__ = [
    "Algorithm",
    "Answer",
    "ArchiveState",
    "AssumptionStatus",
    "Authenticity",
    "ChangeKind",
    "Channel",
    "Confidence",
    "ConfidenceVerdict",
    "Conversion",
    "Corner",
    "Credibility",
    "Crosswalk",
    "DraftFindingCode",
    "DraftPart",
    "FindingCode",
    "Format",
    "Formula",
    "Grade",
    "LikelihoodVerdict",
    "Markup",
    "ProblemCode",
    "Relevance",
    "Reliability",
    "RequirementName",
    "Severity",
    "SourceKind",
    "Stance",
]

class Word(str, Enum):  # type: ignore[misc]  # members come with the lists
    def __format__(self, spec: str) -> str: ...
    def __setattr__(self, name: str, value: object) -> None: ...
    def __lt__(self, other: Never) -> bool: ...  # type: ignore[override]  # no order
    def __le__(self, other: Never) -> bool: ...  # type: ignore[override]  # no order
    def __gt__(self, other: Never) -> bool: ...  # type: ignore[override]  # no order
    def __ge__(self, other: Never) -> bool: ...  # type: ignore[override]  # no order
    @classmethod
    def _missing_(cls, value: object) -> None: ...

class Ordered(Word):  # type: ignore[misc]  # members come with the lists
    def __lt__(self, other: Self) -> bool: ...  # type: ignore[override]  # its own words alone
    def __le__(self, other: Self) -> bool: ...  # type: ignore[override]
    def __gt__(self, other: Self) -> bool: ...  # type: ignore[override]
    def __ge__(self, other: Self) -> bool: ...  # type: ignore[override]

class _Reliability(Word):  # type: ignore[misc]  # members come with the lists
    @property
    def label(self) -> str: ...
    @property
    def definition(self) -> str: ...
    @property
    def rank(self) -> int | None: ...
    @property
    def is_judged(self) -> bool: ...
    @property
    def counted_as(self) -> Reliability: ...

class _Credibility(Word):  # type: ignore[misc]  # members come with the lists
    @classmethod
    def _missing_(cls, value: object) -> Any: ...
    @property
    def label(self) -> str: ...
    @property
    def definition(self) -> str: ...
    @property
    def rank(self) -> int | None: ...
    @property
    def is_judged(self) -> bool: ...

_T = TypeVar("_T")

@dataclass(frozen=True)
class Conversion(Generic[_T]):
    value: _T
    loss: str | None = ...
    @property
    def is_exact(self) -> bool: ...

class _Crosswalk(Word):  # type: ignore[misc]  # members come with the lists
    @property
    def version(self) -> str: ...
    @property
    def source(self) -> str: ...
    def read_reliability(self, symbol: str | int) -> Conversion[Reliability]: ...
    def read_credibility(self, symbol: str | int) -> Conversion[Credibility]: ...
    def write_reliability(self, letter: str) -> Conversion[str]: ...
    def write_reliability_score(self, letter: str) -> Conversion[int]: ...
    def write_credibility(self, digit: str) -> Conversion[str]: ...
    def write_credibility_score(self, digit: str) -> Conversion[int]: ...

@dataclass(frozen=True)
class Grade:
    reliability: Reliability
    credibility: Credibility
    def __post_init__(self) -> None: ...
    @classmethod
    def parse(cls, text: str) -> Grade: ...
    @property
    def is_judged(self) -> bool: ...

class Algorithm(Word):
    SHA256 = "sha256"
    SHA512 = "sha512"

class Answer(Word):
    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"

class ArchiveState(Word):
    VERIFIED = "verified"
    ARCHIVED = "archived"
    CHANGED = "changed"
    MISSING = "missing"
    NONE = "none"

class AssumptionStatus(Ordered):
    FAILED = "failed"
    DOUBTED = "doubted"
    HOLDS = "holds"

class Authenticity(Ordered):
    DISPUTED = "disputed"
    UNVERIFIED = "unverified"
    PARTIAL = "partial"
    VERIFIED = "verified"

class ChangeKind(Word):
    SOURCE_ADDED = "source-added"
    SOURCE_REMOVED = "source-removed"
    SOURCE_REGRADED = "source-regraded"
    SOURCE_CHANGED = "source-changed"
    ITEM_ADDED = "item-added"
    ITEM_REMOVED = "item-removed"
    ITEM_WITHDRAWN = "item-withdrawn"
    ITEM_REGRADED = "item-regraded"
    ITEM_CHANGED = "item-changed"
    JUDGEMENT_ADDED = "judgement-added"
    JUDGEMENT_REMOVED = "judgement-removed"
    JUDGEMENT_CHANGED = "judgement-changed"
    ASSUMPTION_CHANGED = "assumption-changed"
    DATE_CHANGED = "date-changed"
    DOCTRINE_CHANGED = "doctrine-changed"

class Channel(Word):
    FIRST_HAND = "first-hand"
    OFFICIAL_RECORD = "official-record"
    OFFICIAL_STATEMENT = "official-statement"
    RESEARCH = "research"
    NEWS = "news"
    EXPERT_COMMENT = "expert-comment"
    IMAGERY = "imagery"
    HUMAN_SOURCE = "human-source"
    SOCIAL_MEDIA = "social-media"
    LEAK = "leak"
    UNATTRIBUTED = "unattributed"

class Confidence(Ordered):
    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"

class ConfidenceVerdict(Word):
    OVERSTATED = "overstated"
    CONSISTENT = "consistent"
    UNDERSTATED = "understated"
    NOT_STATED = "not-stated"

class Corner(Word):
    LOWER = "lower"
    CENTRAL = "central"
    UPPER = "upper"

class Credibility(_Credibility):
    ONE = "1"
    TWO = "2"
    THREE = "3"
    FOUR = "4"
    FIVE = "5"
    SIX = "6"

class Crosswalk(_Crosswalk):
    MISP = "misp"
    STIX = "stix"
    OPENCTI = "opencti"
    UK_5X5X5 = "uk-5x5x5"
    UK_3X5X2 = "uk-3x5x2"
    EUROPOL = "europol"

class DraftFindingCode(Word):
    TITLE_GUESSED = "title-guessed"
    JUDGEMENT_UNMARKED = "judgement-unmarked"
    STATEMENT_DIFFERS = "statement-differs"
    STATEMENT_MISSING = "statement-missing"
    EVIDENCE_MISSING = "evidence-missing"
    EVIDENCE_UNPLACED = "evidence-unplaced"
    TEXT_UNREAD = "text-unread"
    LIKELIHOOD_MISSING = "likelihood-missing"
    LIKELIHOOD_MIXED = "likelihood-mixed"
    LIKELIHOOD_UNREAD = "likelihood-unread"
    YARDSTICK_AMBIGUOUS = "yardstick-ambiguous"
    YARDSTICK_UNKNOWN = "yardstick-unknown"
    CONFIDENCE_MISSING = "confidence-missing"
    CONFIDENCE_CONFLICT = "confidence-conflict"
    CONFIDENCE_UNREAD = "confidence-unread"
    CONFIDENCE_UNPLACED = "confidence-unplaced"
    CONFIDENCE_DIVIDED = "confidence-divided"
    CITATION_UNCLOSED = "citation-unclosed"
    CITATION_WITHOUT_LINK = "citation-without-link"
    CITATION_UNRESOLVED = "citation-unresolved"
    UNCITED = "uncited"
    SPEAKER_VAGUE = "speaker-vague"
    SPEAKER_UNNAMED = "speaker-unnamed"
    SPEAKER_RELAYED = "speaker-relayed"
    CHANNEL_UNKNOWN = "channel-unknown"
    REGISTRY_LETTER = "registry-letter"
    REGISTRY_AMBIGUOUS = "registry-ambiguous"
    REGISTRY_UNDECIDED = "registry-undecided"
    REGISTRY_UNDATED = "registry-undated"
    ASSUMPTION_UNPLACED = "assumption-unplaced"
    INDICATOR_UNPLACED = "indicator-unplaced"
    GAP_UNPLACED = "gap-unplaced"
    CUT_OFF_MISSING = "cut-off-missing"
    CUT_OFF_AMBIGUOUS = "cut-off-ambiguous"
    CUT_OFF_CONFLICT = "cut-off-conflict"
    MORE_ITEMS = "more-items"
    MORE_FINDINGS = "more-findings"

class DraftPart(Word):
    TITLE = "title"
    CUT_OFF = "cut-off"
    SOURCE_SUMMARY = "source-summary"
    SOURCE = "source"
    CITED = "cited"
    ATTRIBUTED = "attributed"
    JUDGEMENT = "judgement"
    ASSUMPTION = "assumption"
    INDICATOR = "indicator"
    GAP = "gap"

class FindingCode(Word):
    LETTER_WITHOUT_REASON = "letter-without-reason"
    CONFIRMED_WITHOUT_CORROBORATORS = "confirmed-without-corroborators"
    CORROBORATOR_NOT_INDEPENDENT = "corroborator-not-independent"
    CORROBORATOR_LEFT_OUT = "corroborator-left-out"
    LINEAGE_UNKNOWN = "lineage-unknown"
    SINGLE_ORIGIN = "single-origin"
    RESTS_ON_LEAK = "rests-on-leak"
    RESTS_ON_POSTS = "rests-on-posts"
    RESTS_ON_UNATTRIBUTED = "rests-on-unattributed"
    LEAK_UNAUTHENTICATED = "leak-unauthenticated"
    NOT_ARCHIVED = "not-archived"
    AFTER_CUT_OFF = "after-cut-off"
    CONTENT_CHANGED = "content-changed"
    WITHDRAWN = "withdrawn"
    ORPHAN_SOURCE = "orphan-source"
    ORPHAN_ITEM = "orphan-item"
    ORPHAN_ASSUMPTION = "orphan-assumption"
    ORPHAN_INDICATOR = "orphan-indicator"
    JUDGEMENT_WITHOUT_EVIDENCE = "judgement-without-evidence"
    YARDSTICK_UNKNOWN = "yardstick-unknown"
    LIKELIHOOD_TERM_UNKNOWN = "likelihood-term-unknown"
    LIKELIHOOD_AND_CONFIDENCE_MIXED = "likelihood-and-confidence-mixed"
    CONFIDENCE_OVERSTATED = "confidence-overstated"
    CONFIDENCE_UNDERSTATED = "confidence-understated"
    LIKELIHOOD_OUTRUNS_EVIDENCE = "likelihood-outruns-evidence"
    ASSUMPTION_DOUBTED = "assumption-doubted"
    ASSUMPTION_FAILED = "assumption-failed"
    SOURCE_SUMMARY_UNCITED = "source-summary-uncited"
    TEXT_MISSING = "text-missing"
    WHAT_IF_LEFT_OUT = "what-if-left-out"

class Format(Word):
    TOML = "toml"
    JSON = "json"

class Formula(Word):
    GIVEN = "given"
    SUPPORT = "support"
    DOUBT = "doubt"
    BELIEF = "belief"
    UNITS = "units"
    PRODUCT = "product"
    QUOTIENT = "quotient"
    SUM = "sum"
    LARGEST = "largest"
    SMALLEST = "smallest"
    CORRELATED_SUM = "correlated-sum"
    BALANCE = "balance"
    HELD = "held"
    PROBABILITY = "probability"

class LikelihoodVerdict(Word):
    OUTRUNS_EVIDENCE = "outruns-evidence"
    WITHIN_EVIDENCE = "within-evidence"
    UNDERSTATED = "understated"
    UNKNOWN_TERM = "unknown-term"
    NOT_STATED = "not-stated"

class Markup(Word):
    PLAIN = "plain"
    MARKDOWN = "markdown"
    WIKITEXT = "wikitext"
    HTML = "html"

class ProblemCode(Word):
    UNREADABLE = "unreadable"
    ENCODING = "encoding"
    SYNTAX = "syntax"
    DUPLICATE_KEY = "duplicate-key"
    UNKNOWN_KEY = "unknown-key"
    MISSING_KEY = "missing-key"
    INVALID_VALUE = "invalid-value"
    DUPLICATE_ID = "duplicate-id"
    MISSING_ID = "missing-id"
    INVALID_REFERENCE = "invalid-reference"
    CIRCULAR_LINEAGE = "circular-lineage"
    TOO_LARGE = "too-large"

class Relevance(Word):
    DIRECT = "direct"
    CIRCUMSTANTIAL = "circumstantial"
    CONTEXTUAL = "contextual"

class Reliability(_Reliability):
    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    F = "F"
    G = "G"

class RequirementName(Word):
    LOWER_STRENGTH = "lower_strength"
    CENTRAL_STRENGTH = "central_strength"
    ORIGINS = "origins"
    LARGEST_OWNER_SHARE = "largest_owner_share"
    CONTRADICTION_SHARE = "contradiction_share"
    ASSUMPTIONS = "assumptions"

class Severity(Ordered):
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"

class SourceKind(Word):
    GOVERNMENT = "government"
    INTERGOVERNMENTAL = "intergovernmental"
    NGO = "ngo"
    RESEARCH = "research"
    NEWS_AGENCY = "news-agency"
    NEWS_OUTLET = "news-outlet"
    STATE_MEDIA = "state-media"
    COMPANY = "company"
    INDIVIDUAL = "individual"
    ARMED_GROUP = "armed-group"
    ANONYMOUS = "anonymous"
    OTHER = "other"

class Stance(Word):
    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"
    CONTEXT = "context"
