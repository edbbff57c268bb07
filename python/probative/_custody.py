"""The records of an archive: what its ledger says, and what reading it again has shown."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from probative._native import Digest
from probative._records import ByName, Record
from probative._words import Answer, Authenticity, Credibility, Reliability

__all__ = [
    "ArchiveProblem",
    "Assessment",
    "Authenticated",
    "Captured",
    "Derived",
    "Description",
    "Flaw",
    "Grades",
    "Graded",
    "Import",
    "Inspection",
    "ItemRecord",
    "Noted",
    "ObjectRecord",
    "Opened",
    "Proven",
    "Registered",
    "SourceRecord",
    "Subject",
    "Verified",
    "Withdrawal",
    "Withdrawn",
    "Within",
]


@dataclass(frozen=True)
class Subject:
    """What an entry is about: an item or a source, by its id, or an object."""

    item: str | None = None
    source: str | None = None
    object: Digest | None = None


@dataclass(frozen=True)
class Authenticated:
    """Somebody said whether an item is what it claims to be."""

    because: str
    item: str
    outcome: Authenticity


@dataclass(frozen=True)
class Within:
    """Where in a WARC or WACZ file a capture was found; `offset` is in bytes of `file`."""

    container: Digest
    offset: int
    file: str | None = None


@dataclass(frozen=True)
class Captured(Record):
    """Bytes were retrieved and kept.

    `digest` and `length` (in bytes) are those of the bytes, `url` is the address as it was asked
    for, `retrieved` when they came. `head`, `record` and `text` are the digests of the answer's
    header, of the header of the WARC record, and of the text of the page by the rule that
    `text_rule` names: two texts are comparable under one rule alone.
    """

    digest: Digest
    length: int
    retrieved: date | datetime
    url: str
    faults: tuple[str, ...] = ()
    head: Digest | None = None
    item: str | None = None
    media_type: str | None = None
    record: Digest | None = None
    revisit: str | None = None
    status: int | None = None
    text: Digest | None = None
    text_rule: str | None = None
    truncated: str | None = None
    within: Within | None = None


@dataclass(frozen=True)
class Derived(Record):
    """Somebody said where an item's information comes from; from nothing when it is first-hand."""

    derived_from: tuple[str, ...]
    item: str


@dataclass(frozen=True)
class Graded:
    """A source or item was given a letter or digit."""

    because: str
    mark: Reliability | Credibility
    of: Subject
    scale: str


@dataclass(frozen=True)
class Noted:
    """A remark."""

    text: str
    about: Subject | None = None


@dataclass(frozen=True)
class Opened:
    """The ledger was begun."""

    origin: str


@dataclass(frozen=True)
class Registered:
    """A source was named; `source` is its id."""

    name: str
    source: str
    kind: str | None = None
    owner: str | None = None
    url: str | None = None


@dataclass(frozen=True)
class Verified:
    """The archive was read again in whole: how many faults, objects and entries there were."""

    faults: int
    objects: int
    size: int


@dataclass(frozen=True)
class Withdrawn:
    """Something counts no longer; an object's bytes are erased."""

    because: str
    subject: Subject


@dataclass(frozen=True)
class Assessment:
    """A letter or digit, by one assessor; `index` is the entry's place in the ledger."""

    at: date | datetime
    because: str
    by: str
    index: int
    mark: Reliability | Credibility
    scale: str


@dataclass(frozen=True)
class Grades(Record):
    """The latest letters and digits, one of each assessor, sorted by their names; `dissent` is
    whether they differ."""

    letters: tuple[Assessment, ...]
    digits: tuple[Assessment, ...]
    dissent: bool


@dataclass(frozen=True)
class Withdrawal:
    """When, why and by whom something was withdrawn; `index` is the entry's place."""

    at: date | datetime
    because: str
    by: str
    index: int


@dataclass(frozen=True)
class Description:
    """What a source is, as it was registered."""

    name: str
    kind: str | None
    owner: str | None
    url: str | None


@dataclass(frozen=True)
class SourceRecord:
    """What was recorded of a source."""

    description: Description | None
    grades: Grades
    withdrawn: Withdrawal | None


@dataclass(frozen=True)
class ItemRecord(Record):
    """What was recorded of an item.

    `captures` come with their places in the ledger. By who says so, `authenticity` is whether the
    item is what it claims to be, and how that was found out; `lineage` is where its information
    comes from.
    """

    captures: tuple[tuple[int, Captured], ...]
    grades: Grades
    authenticity: ByName[tuple[Authenticity, str]]
    lineage: ByName[tuple[str, ...]]
    withdrawn: Withdrawal | None


@dataclass(frozen=True)
class ObjectRecord:
    """What was recorded of bytes: how many captures speak of them, and whether they were erased."""

    captures: int
    erased: Withdrawal | None


@dataclass(frozen=True)
class Flaw:
    """What is wrong with a record that was imported; `offset` is where it begins, in bytes."""

    offset: int
    message: str

    def __str__(self) -> str:
        return f"record at byte {self.offset}: {self.message}"


@dataclass(frozen=True)
class Import(Record):
    """What came of importing a WARC or WACZ file.

    `container` is the file itself, kept as an object. `signature` says who a WACZ file is said to
    be made by; it is `None` for a WARC file.
    """

    container: Digest
    records: int
    captures: int
    signature: str | None
    flaws: tuple[Flaw, ...]


@dataclass(frozen=True)
class ArchiveProblem:
    """Something in an archive that does not verify.

    `code` is `ledger`, `torn`, `changed`, `missing`, `unexpected`, `stray`, `unreadable` or
    `checkpoint`.
    """

    code: str
    message: str

    def __str__(self) -> str:
        return self.message


@dataclass(frozen=True)
class Inspection(Record):
    """What reading an archive again has shown.

    `bytes`: every object that the ledger names is there, with the bytes of its digest. `order`:
    every entry follows from the one before, and from what was signed. `identity`: a trusted key
    has signed, for `covered` of the `entries`; unknown when no key was given. `length` is in
    bytes; `steps_back` counts entries that say an earlier time than the one before. `root` is
    base64, and `None` when a line does not verify.
    """

    entries: int
    root: str | None
    objects: int
    length: int
    covered: int
    steps_back: int
    bytes: Answer
    order: Answer
    identity: Answer
    problems: tuple[ArchiveProblem, ...]


@dataclass(frozen=True)
class Proven:
    """An entry that a proof has shown to be in the ledger `origin`, at the place `index` of
    `size`; `line` is its line in the ledger's file."""

    origin: str
    index: int
    size: int
    line: str

    def to_dict(self) -> Mapping[str, Any]:
        """The event that the line says, as reading its JSON gives it.

        >>> from probative import Proven
        >>> Proven("example.org/c", 0, 1, '{"event":{"by":"jd"}}').to_dict()["by"]
        'jd'
        """
        event: Mapping[str, Any] = json.loads(self.line)["event"]
        return event


for _name in __all__:
    globals()[_name].__module__ = "probative"
