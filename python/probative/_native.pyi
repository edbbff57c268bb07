"""
The engine of the package `probative`.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from os import PathLike
from probative._native import Explanation as Explanation2
from probative._records import Assumption, Contribution, DraftFinding, Finding, Gap, Indicator, Item, Judgement, JudgementAppraisal, Range, Source, SourceSummary, Trace
from probative._words import Formula, Severity
from typing import Any, Final, SupportsFloat, SupportsIndex, final

__all__ = ["__VERSION__", "Appraisal", "Band", "ContributionIterator", "Contributions", "Digest", "Doctrine", "Draft", "Explanation", "FindingIterator", "Findings", "ItemIterator", "Items", "JudgementIterator", "Judgements", "Report", "Term", "Yardstick", "_every_error", "about_credibility", "about_crosswalk", "about_reliability", "appraise", "draft", "draw", "parse_grade", "read_credibility", "read_reliability", "refuse_word", "render", "run_appraise", "words", "write_credibility", "write_credibility_score", "write_reliability", "write_reliability_score"]

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
        What a notebook shows: the page, in a frame of its own.
        """
    def _repr_pretty_(self, /, printer: "object", cycle: "bool") -> None:
        """
        What IPython shows in a terminal.
        """
    @property
    def as_of(self, /) -> date | None:
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
    def explain(self, /, judgement: str, figure: str = "strength", corner: str = "central") -> Explanation:
        """
        How a figure of a judgement came about. `figure` is `strength` or `probability`, `corner`
        one of `Corner`.

        Raises `UnknownIdError` (a `KeyError`) when there is no such judgement.
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
    @property
    def report(self, /) -> Report:
        """
        The report.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The appraisal as dictionaries, lists, texts and numbers: what reading its JSON gives.
        """
    def to_json(self, /) -> str:
        """
        The appraisal as JSON, indented: the same bytes on every run and machine.
        """
    @property
    def worst(self, /) -> Severity | None:
        """
        The gravest severity among the findings.
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
class ContributionIterator:
    """
    Goes over a sequence once.
    """
    def __iter__(self, /) -> ContributionIterator: ...
    def __next__(self, /) -> Contribution: ...

@final
class Contributions:
    """
    What each item contributes to each judgement; a table.
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
    def __eq__(self, other: object, /) -> bool: ...
    def __getitem__(self, key: SupportsIndex | str, /) -> Contribution:
        """
        The record at a position, or with an id where records have one.
        """
    def __hash__(self, /) -> int: ...
    def __iter__(self, /) -> ContributionIterator: ...
    def __len__(self, /) -> int: ...
    def __reduce__(self, /) -> "tuple[object, ...]": ...
    def __repr__(self, /) -> str: ...

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
    def algorithm(self, /) -> str:
        """
        `sha256` or `sha512`.
        """
    @property
    def hex(self, /) -> str:
        """
        The digest in lower-case hexadecimal digits, without the algorithm.
        """
    @staticmethod
    def of(data: bytes, algorithm: str = "sha256") -> Digest:
        """
        The digest of these bytes; `algorithm` is `sha256` or `sha512`.
        """
    @staticmethod
    def of_file(path: str | PathLike[str], algorithm: str = "sha256", *, progress: Callable[[int, int], object] | None = None) -> Digest:
        """
        The digest of a file's bytes, read at constant memory.

        `progress` is called with the bytes read and the bytes there are. Raises `UnreadableError`
        (an `OSError`) when the file cannot be read.
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
        """
    def band(self, /, strength: SupportsFloat | SupportsIndex) -> str:
        """
        The word for a strength, -1 to 1.
        """
    @property
    def bands(self, /) -> list[tuple[float, str]]:
        """
        The words for strength from the lowest up, each with its lower edge; below 0 the word is
        "contradicted".
        """
    def cap(self, /, origins: SupportsIndex) -> float:
        """
        The most that strength may be on so many independent origins.
        """
    def credibility(self, /, digit: str) -> Range:
        """
        P(the information is true | its digit, nothing else known), 0 to 1.
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
    def load(path: str | PathLike[str], format: str | None = None) -> Doctrine:
        """
        Reads a doctrine file: JSON when its name ends in `.json`, otherwise by what stands in it.

        Raises `DoctrineError` with every problem of the file, each with its line and column, and
        `UnreadableError` (an `OSError`) when the file cannot be read.
        """
    @staticmethod
    def loads(text: str | bytes, format: str | None = None) -> Doctrine:
        """
        Reads a doctrine from text or UTF-8 bytes; `format` is `toml` or `json`.

        Raises `DoctrineError` with every problem of the text, each with its line and column.
        """
    def relay(self, /, letter: str) -> Range:
        """
        P(a relay with this letter passes on faithfully what its origin said), 0 to 1.
        """
    def relevance(self, /, relevance: str) -> float:
        """
        P(the judgement follows | the item is true), 0 to 1.
        """
    def reliability(self, /, letter: str) -> Range:
        """
        P(what a source says is true | its letter, nothing else known), 0 to 1.
        """
    def yardstick(self, /, name: str) -> Yardstick:
        """
        A yardstick by name: one that the doctrine defines, or one that is built in.

        Raises `UnknownYardstickError` (a `LookupError`) when neither knows the name.
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
        """
    def to_toml(self, /) -> str:
        """
        The report file as TOML, with a comment before each drafted thing that says where it came
        from.
        """
    @property
    def traces(self, /) -> tuple[Trace, ...]:
        """
        Where each drafted thing came from.
        """

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
class Findings:
    """
    The findings of an appraisal, the gravest first; a table.
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
    def __eq__(self, other: object, /) -> bool: ...
    def __getitem__(self, key: SupportsIndex | str, /) -> Finding:
        """
        The record at a position, or with an id where records have one.
        """
    def __hash__(self, /) -> int: ...
    def __iter__(self, /) -> FindingIterator: ...
    def __len__(self, /) -> int: ...
    def __reduce__(self, /) -> "tuple[object, ...]": ...
    def __repr__(self, /) -> str: ...

@final
class ItemIterator:
    """
    Goes over a sequence once.
    """
    def __iter__(self, /) -> ItemIterator: ...
    def __next__(self, /) -> Item: ...

@final
class Items:
    """
    The items of a report, by position or id.
    """
    def __eq__(self, other: object, /) -> bool: ...
    def __getitem__(self, key: SupportsIndex | str, /) -> Item:
        """
        The record at a position, or with an id where records have one.
        """
    def __hash__(self, /) -> int: ...
    def __iter__(self, /) -> ItemIterator: ...
    def __len__(self, /) -> int: ...
    def __reduce__(self, /) -> "tuple[object, ...]": ...
    def __repr__(self, /) -> str: ...

@final
class JudgementIterator:
    """
    Goes over a sequence once.
    """
    def __iter__(self, /) -> JudgementIterator: ...
    def __next__(self, /) -> JudgementAppraisal: ...

@final
class Judgements:
    """
    The judgements of an appraisal, by position or id; a table.
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
    def __eq__(self, other: object, /) -> bool: ...
    def __getitem__(self, key: SupportsIndex | str, /) -> JudgementAppraisal:
        """
        The record at a position, or with an id where records have one.
        """
    def __hash__(self, /) -> int: ...
    def __iter__(self, /) -> JudgementIterator: ...
    def __len__(self, /) -> int: ...
    def __reduce__(self, /) -> "tuple[object, ...]": ...
    def __repr__(self, /) -> str: ...

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
    def __new__(cls, /, title: str = "", *, publisher: str | None = None, cut_off: date | str | None = None, yardstick: str | None = None, source_summary: SourceSummary | None = None, sources: Iterable[Source] | None = None, items: Iterable[Item] | None = None, judgements: Iterable[Judgement] | None = None, assumptions: Iterable[Assumption] | None = None, indicators: Iterable[Indicator] | None = None, gaps: Iterable[Gap] | None = None) -> Report: ...
    def __reduce__(self, /) -> "tuple[object, ...]": ...
    def __replace__(self, /, **changes: "object") -> Report: ...
    def __repr__(self, /) -> str: ...
    def __str__(self, /) -> str: ...
    @property
    def assumptions(self, /) -> tuple[Assumption, ...]:
        """
        What is taken as given.
        """
    @property
    def cut_off(self, /) -> date | None:
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
        """
    @property
    def items(self, /) -> Items:
        """
        What they say: a sequence that makes each record when it is asked for.
        """
    def judgement(self, /, id: str) -> Judgement:
        """
        The judgement with this id. Raises `UnknownIdError` (a `KeyError`) when there is none.
        """
    @property
    def judgements(self, /) -> tuple[Judgement, ...]:
        """
        What is concluded.
        """
    @staticmethod
    def load(path: str | PathLike[str], format: str | None = None, *, progress: Callable[[int, int], object] | None = None) -> Report:
        """
        Reads a report file: JSON when its name ends in `.json`, otherwise by what stands in it.

        `progress` is called with the bytes read and the bytes there are. Raises `ReportError` with
        every problem of the file, each with its line and column, and `UnreadableError` (an
        `OSError`) when the file cannot be read.
        """
    @staticmethod
    def loads(text: str | bytes, format: str | None = None) -> Report:
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
    def replace(self, /, **changes: "object") -> Report:
        """
        Another report, with these keys replaced: `report.replace(title="...")`. The keys are those
        of the constructor; `None` removes one.

        Raises `ReportError` with every problem of the result.
        """
    def source(self, /, id: str) -> Source:
        """
        The source with this id. Raises `UnknownIdError` (a `KeyError`) when there is none.
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
        """
    def to_json(self, /) -> str:
        """
        The report as compact JSON; read back, it is the same report.
        """
    def to_toml(self, /) -> str:
        """
        The report as TOML; read back, it is the same report.
        """
    @property
    def yardstick(self, /) -> str | None:
        """
        The name of the yardstick that its likelihood terms belong to.
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
    def synonyms(self, /) -> list[str]:
        """
        Other words for the same band.
        """
    @property
    def yardstick(self, /) -> Yardstick:
        """
        Its yardstick.
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
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __len__(self, /) -> int: ...
    def __reduce__(self, /) -> "tuple[object, ...]": ...
    def __repr__(self, /) -> str: ...
    def __str__(self, /) -> str: ...
    @staticmethod
    def builtin(id: str) -> Yardstick:
        """
        The built-in yardstick of this name: `icd-203`, `phia-2025`, `ipcc`, `kent`, `fe-ddis`.

        Raises `UnknownYardstickError` (a `LookupError`) when there is none.
        """
    @staticmethod
    def builtins() -> list[Yardstick]:
        """
        Every built-in yardstick.
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
        """
    @property
    def terms(self, /) -> list[Term]:
        """
        Its terms, in the order of its source.
        """
    def terms_for(self, /, probability: SupportsFloat | SupportsIndex) -> list[Term]:
        """
        Every term that covers this probability, the best fitting first; none, where the yardstick
        has a gap.
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

def appraise(report: Report, doctrine: Doctrine | None = None, as_of: date | str | None = None, *, progress: Callable[[int, int], object] | None = None) -> Appraisal:
    """
    Appraises a report: how far the evidence carries each judgement, why, and what would change
    it.

    `doctrine` is the table of numbers, the default one when it is not given; `as_of` a date or an
    aware datetime, the report's cut-off when it is not given. `progress` is called with the steps
    done and the steps there are. The interpreter is free meanwhile, and Ctrl-C interrupts.

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
    """

def draft(text: str, *, markup: str | None = None) -> Draft:
    """
    Drafts a report from an analyst's prose: plain text, Markdown, wikitext or HTML.

    It proposes and never grades. `markup` is one of `Markup`, and is seen from the text when it is
    not given. Raises `DraftError` when there is nothing to draft from.

    >>> from probative import draft
    >>> proposal = draft("KJ-1: It is highly likely that the harbour will close.")
    >>> proposal.report.judgements[0].likelihood
    'highly likely'
    """

def draw(appraisal: Appraisal, judgement: str, drawing: str = "strength", *, key: str = "p") -> str:
    """
    A drawing of a judgement as SVG, to embed in a document: its `strength`, `confidence`,
    `channels`, `owners`, `provenance`, or a `badge`.

    `key` begins the ids within, so that several drawings fit in one document. Raises
    `UnknownIdError` (a `KeyError`) when there is no such judgement, `UnknownWordError` for another
    drawing.
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
    Checks a word that is in none of its list; raises what the list raises.
    """

def render(appraisal: Appraisal, format: str = "text", *, width: SupportsIndex = 80, colour: bool = False) -> str:
    """
    The appraisal as a text to show: `text`, `markdown`, `html` or `json`.

    `width` (columns, at least 60) and `colour` (ANSI escapes) are for `text` alone. Raises
    `UnknownWordError` for another format.
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
