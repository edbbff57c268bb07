"""Closed lists of words, as enums: the members come from the engine's own lists.

`_words.pyi` says the same to type checkers; a test keeps the two together.
"""

from __future__ import annotations

import typing as _t
from dataclasses import dataclass as _dataclass
from enum import Enum as _Enum

from probative import _native


class Word(str, _Enum):
    """A member of a closed list. It is the text that files and outputs write."""

    def __str__(self) -> str:
        return str.__str__(self)

    def __format__(self, spec: str) -> str:
        return str.__format__(self, spec)

    def __repr__(self) -> str:
        return f"{type(self).__name__}.{self.name}"

    def __setattr__(self, name: str, value: object) -> None:
        if not name.startswith("_"):  # those are the enum's own
            raise AttributeError("words are frozen")
        object.__setattr__(self, name, value)

    # A word is a text, but its place in the alphabet says nothing.
    def _unordered(self, other: object) -> bool:
        if isinstance(other, Word) and type(other) is not type(self):
            raise TypeError(f"{type(self).__name__} and {type(other).__name__} are not compared")
        raise TypeError(f"{type(self).__name__} has no order")

    __lt__ = __le__ = __gt__ = __ge__ = _unordered

    @classmethod
    def _missing_(cls, value: object) -> None:
        _native.refuse_word(cls.__name__, value if isinstance(value, str) else repr(value))


class Ordered(Word):
    """A member of a closed list that goes from the least to the most."""

    def _place(self, other: object) -> tuple[int, int]:
        if type(other) is not type(self):
            found = type(other).__name__
            raise TypeError(f"{type(self).__name__} is compared with its own words, not with {found}")
        names = list(type(self).__members__)
        return names.index(self.name), names.index(_t.cast(Ordered, other).name)

    def __lt__(self, other: object) -> bool:
        one, two = self._place(other)
        return one < two

    def __le__(self, other: object) -> bool:
        one, two = self._place(other)
        return one <= two

    def __gt__(self, other: object) -> bool:
        one, two = self._place(other)
        return one > two

    def __ge__(self, other: object) -> bool:
        one, two = self._place(other)
        return one >= two


class _Reliability(Word):
    @property
    def label(self) -> str:
        """What the letter is called.

        >>> from probative import Reliability
        >>> Reliability.A.label
        'Completely reliable'
        """
        return _native.about_reliability(self)[0]

    @property
    def definition(self) -> str:
        """What the letter means.

        >>> from probative import Reliability
        >>> bool(Reliability.A.definition)
        True
        """
        return _native.about_reliability(self)[1]

    @property
    def rank(self) -> int | None:
        """Its place from the best, 1; `None` for F, which has none.

        >>> from probative import Reliability
        >>> Reliability.A.rank, Reliability.F.rank
        (1, None)
        """
        return _native.about_reliability(self)[2]

    @property
    def is_judged(self) -> bool:
        """Whether it is a judgement: all but F are.

        >>> from probative import Reliability
        >>> Reliability.F.is_judged
        False
        """
        return self.rank is not None

    @property
    def counted_as(self) -> _t.Any:
        """The letter that the method counts it as.

        >>> from probative import Reliability
        >>> Reliability.G.counted_as
        Reliability.E
        """
        return type(self)(_native.about_reliability(self)[3])


class _Credibility(Word):
    @classmethod
    def _missing_(cls, value: object) -> _t.Any:
        if isinstance(value, int):
            return cls(str(value))
        return super()._missing_(value)

    @property
    def label(self) -> str:
        """What the digit is called.

        >>> from probative import Credibility
        >>> Credibility.TWO.label
        'Probably true'
        """
        return _native.about_credibility(self)[0]

    @property
    def definition(self) -> str:
        """What the digit means.

        >>> from probative import Credibility
        >>> bool(Credibility.TWO.definition)
        True
        """
        return _native.about_credibility(self)[1]

    @property
    def rank(self) -> int | None:
        """Its place from the best, 1; `None` for 6, which has none.

        >>> from probative import Credibility
        >>> Credibility.TWO.rank, Credibility.SIX.rank
        (2, None)
        """
        return _native.about_credibility(self)[2]

    @property
    def is_judged(self) -> bool:
        """Whether it is a judgement: all but 6 are.

        >>> from probative import Credibility
        >>> Credibility.SIX.is_judged
        False
        """
        return self.rank is not None


_T = _t.TypeVar("_T")


@_dataclass(frozen=True)
class Conversion(_t.Generic[_T]):
    """What a conversion gave, and what was lost on the way."""

    value: _T
    loss: str | None = None

    @property
    def is_exact(self) -> bool:
        """Whether the meaning is kept.

        >>> from probative import Conversion
        >>> Conversion("b", "the reason").is_exact
        False
        """
        return self.loss is None


class _Crosswalk(Word):
    @property
    def version(self) -> str:
        """Which version of the other system it is of.

        >>> from probative import Crosswalk
        >>> bool(Crosswalk.MISP.version)
        True
        """
        return _native.about_crosswalk(self)[0]

    @property
    def source(self) -> str:
        """Where the definitions come from.

        >>> from probative import Crosswalk
        >>> bool(Crosswalk.MISP.source)
        True
        """
        return _native.about_crosswalk(self)[1]

    def read_reliability(self, symbol: str | int) -> Conversion[_t.Any]:
        """The letter for a symbol or number of the other system. Raises `NoCounterpartError`.

        >>> from probative import Crosswalk
        >>> Crosswalk.UK_5X5X5.read_reliability("E").value
        Reliability.F
        """
        letter, loss = _native.read_reliability(self, symbol)
        return Conversion(Reliability(letter), loss)

    def read_credibility(self, symbol: str | int) -> Conversion[_t.Any]:
        """The digit for a symbol or number of the other system. Raises `NoCounterpartError`.

        >>> from probative import Crosswalk
        >>> Crosswalk.MISP.read_credibility(75).value
        Credibility.TWO
        """
        digit, loss = _native.read_credibility(self, symbol)
        return Conversion(Credibility(digit), loss)

    def write_reliability(self, letter: str) -> Conversion[str]:
        """The symbol of the other system for a letter. Raises `NoCounterpartError`.

        >>> from probative import Crosswalk
        >>> Crosswalk.MISP.write_reliability("B").value
        'admiralty-scale:source-reliability="b"'
        """
        return Conversion(*_native.write_reliability(self, letter))

    def write_reliability_score(self, letter: str) -> Conversion[int]:
        """The number of the other system for a letter. Raises `NoCounterpartError`.

        >>> from probative import Crosswalk
        >>> Crosswalk.MISP.write_reliability_score("B").value
        75
        """
        return Conversion(*_native.write_reliability_score(self, letter))

    def write_credibility(self, digit: str) -> Conversion[str]:
        """The symbol of the other system for a digit. Raises `NoCounterpartError`.

        >>> from probative import Crosswalk
        >>> Crosswalk.MISP.write_credibility("2").value
        'admiralty-scale:information-credibility="2"'
        """
        return Conversion(*_native.write_credibility(self, digit))

    def write_credibility_score(self, digit: str) -> Conversion[int]:
        """The number of the other system for a digit. Raises `NoCounterpartError`.

        >>> from probative import Crosswalk
        >>> Crosswalk.MISP.write_credibility_score("2").value
        75
        """
        return Conversion(*_native.write_credibility_score(self, digit))


_DIGITS = ("ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX")


def _enum(name: str, doc: str, base: type[Word] = Word) -> _t.Any:
    words = _native.words(name)
    names = _DIGITS if name == "Credibility" else [
        word.upper().replace("-", "_") for word in words
    ]
    made: _t.Any = _t.cast(_t.Any, base)(name, list(zip(names, words)), module="probative")
    made.__doc__ = doc
    return made


Algorithm = _enum("Algorithm", "A digest algorithm that is accepted as proof of integrity.")
Answer = _enum("Answer", "Whether something is shown.")
ArchiveState = _enum(
    "ArchiveState",
    """How an item stands in an archive.

    `verified`: bytes that the report names, or that came whole, are there as they came. `archived`:
    they only came cut short, or in a record with faults. `changed` and `missing` are what they say;
    `none`: nothing was captured for it.
    """,
)
AssumptionStatus = _enum(
    "AssumptionStatus", "How an assumption stands, from the worst to the best.", Ordered
)
Authenticity = _enum(
    "Authenticity",
    "How far an item was checked to be what it claims to be, from the least to the most assured.",
    Ordered,
)
ChangeKind = _enum("ChangeKind", "What sort of change stands between two reports.")
Channel = _enum("Channel", "How a report reached the author.")
Confidence = _enum(
    "Confidence",
    """Analytic confidence, from the least to the most.

    >>> from probative import Confidence
    >>> Confidence.HIGH > Confidence.LOW
    True
    """,
    Ordered,
)
ConfidenceVerdict = _enum("ConfidenceVerdict", "Stated against supportable confidence.")
Corner = _enum("Corner", "One of the three readings of a doctrine.")
Credibility = _enum(
    "Credibility",
    """How far a piece of information is believed: 1 to 6 of the Admiralty (NATO) code.

    There is no order, because 6 has no place in one; ask `rank`.

    >>> from probative import Credibility
    >>> Credibility(3).label
    'Possibly true'
    >>> Credibility.SIX.rank is None
    True
    """,
    _Credibility,
)
Crosswalk = _enum(
    "Crosswalk",
    """From the grades of one system to those of another, by definition and never by symbol.

    >>> from probative import Crosswalk
    >>> Crosswalk.UK_5X5X5.read_reliability("E").value
    Reliability.F
    """,
    _Crosswalk,
)
DraftFindingCode = _enum("DraftFindingCode", "What sort of doubt about a draft it is.")
DraftPart = _enum("DraftPart", "What part of a draft a trace is of.")
FindingCode = _enum("FindingCode", "What a finding is about.")
Format = _enum("Format", "The syntax of a file.")
Formula = _enum("Formula", "How a figure follows from others.")
LikelihoodVerdict = _enum(
    "LikelihoodVerdict", "A likelihood term against the probability that the evidence gives."
)
Markup = _enum("Markup", "How a text is marked up.")
ProblemCode = _enum("ProblemCode", "What sort of problem an input has.")
Relevance = _enum("Relevance", "How closely an item bears on a judgement.")
Reliability = _enum(
    "Reliability",
    """How far a source can be relied on: A to F of the Admiralty (NATO) code, and G of MISP.

    There is no order, because F has no place in one; ask `rank`.

    >>> from probative import Reliability
    >>> Reliability.B.label
    'Usually reliable'
    >>> Reliability.G.counted_as
    Reliability.E
    """,
    _Reliability,
)
RequirementName = _enum("RequirementName", "What a level of confidence can require.")
Severity = _enum("Severity", "How grave a finding is, from the least to the most.", Ordered)
SourceKind = _enum("SourceKind", "What sort of body or person a source is.")
Stance = _enum("Stance", "Which way an item points.")


@_dataclass(frozen=True)
class Grade:
    """A source's reliability and its information's credibility, as in "B2".

    >>> from probative import Grade, Reliability
    >>> match Grade.parse("B2"):
    ...     case Grade(Reliability.B, digit):
    ...         print(digit.label)
    Probably true
    """

    reliability: _t.Any
    credibility: _t.Any

    def __post_init__(self) -> None:
        object.__setattr__(self, "reliability", Reliability(self.reliability))
        object.__setattr__(self, "credibility", Credibility(self.credibility))

    @classmethod
    def parse(cls, text: str) -> Grade:
        """The grade of this text. Raises `GradeError` when it is none.

        >>> from probative import Grade
        >>> Grade.parse("B2").reliability
        Reliability.B
        """
        letter, digit = _native.parse_grade(text)
        return cls(Reliability(letter), Credibility(digit))

    @property
    def is_judged(self) -> bool:
        """Whether both halves were judged: neither F nor 6.

        >>> from probative import Grade
        >>> Grade("B", 6).is_judged
        False
        """
        return bool(self.reliability.is_judged and self.credibility.is_judged)

    def __str__(self) -> str:
        return f"{self.reliability}{self.credibility}"


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
