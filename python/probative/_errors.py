"""The exceptions. All of them are `ProbativeError`s."""

from __future__ import annotations

import os as _os
import typing as _t

if _t.TYPE_CHECKING:
    from probative._records import Problem

__all__ = [
    "ArchiveError",
    "ArchiveExistsError",
    "ArchiveFileError",
    "ArgumentError",
    "BandError",
    "ContainerError",
    "DigestError",
    "DoctrineError",
    "DraftError",
    "EventError",
    "GradeError",
    "InputError",
    "IntegrityError",
    "MissingArchiveError",
    "MissingFileError",
    "MissingObjectError",
    "MomentError",
    "NoCounterpartError",
    "ObjectTooLongError",
    "ProbativeError",
    "ReportError",
    "SigningKeyError",
    "UnknownCrosswalkError",
    "UnknownIdError",
    "UnknownWordError",
    "UnknownYardstickError",
    "UnreadableError",
    "UnsignedError",
    "YardstickError",
]


class ProbativeError(Exception):
    """Every error of the package."""


class InputError(ProbativeError):
    """An input is not what it should be.

    `problems` lists everything that is wrong with it, in the order of the file, each with its
    line and column where there are any.
    """

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(problems)
        self.problems: tuple[Problem, ...] = problems

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))


class ArgumentError(ProbativeError, ValueError):
    """An argument is outside its range, or means nothing beside another."""


class ReportError(InputError, ValueError):
    """A text is no valid report."""


class DoctrineError(InputError, ValueError):
    """A text is no valid doctrine."""


class UnreadableError(InputError, OSError):
    """A file cannot be read."""

    def __init__(
        self,
        problems: tuple[Problem, ...],
        errno: int | None = None,
        filename: str | None = None,
    ) -> None:
        super().__init__(problems)
        self.errno: int | None = errno
        self.strerror: str | None = None if errno is None else _os.strerror(errno)
        self.filename: str | None = filename

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.problems, self.errno, self.filename)


class MissingFileError(UnreadableError, FileNotFoundError):
    """There is no such file."""


class GradeError(ProbativeError, ValueError):
    """A text is no grade, reliability or credibility."""


class UnknownWordError(ProbativeError, ValueError):
    """A word is not in its list; the message names those that are."""


class UnknownIdError(ProbativeError, KeyError):
    """Nothing bears this id."""

    def __str__(self) -> str:
        return Exception.__str__(self)  # a `KeyError` would show its repr


class UnknownYardstickError(ProbativeError, LookupError):
    """No yardstick of this name is built in."""


class UnknownCrosswalkError(ProbativeError, LookupError):
    """There is no crosswalk of this name."""


class NoCounterpartError(ProbativeError, LookupError):
    """A grade has no counterpart in the other system; the message says why."""


class DraftError(ProbativeError, ValueError):
    """There is nothing to draft a report from."""


class MomentError(ProbativeError, ValueError):
    """A text is no date, or a time has no offset."""


class DigestError(ProbativeError, ValueError):
    """A text is no digest, or its algorithm proves nothing."""


class ArchiveError(ProbativeError):
    """Something goes wrong with an archive."""


class IntegrityError(ArchiveError, ValueError):
    """Bytes, an entry, a signature or a proof are not what they should be.

    `line` is the number of the ledger's line that does not verify, from 1, where it is one.
    """

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.line: int | None = line

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.args[0], self.line)


class EventError(ArchiveError, ValueError):
    """An event says something that a ledger does not hold."""


class MissingObjectError(ArchiveError, LookupError):
    """There is no object under this digest."""


class ObjectTooLongError(ArchiveError, ValueError):
    """An object is longer than the caller allows."""


class ContainerError(ArchiveError, ValueError):
    """A WARC or WACZ file cannot be read, or is not what it says it is."""


class SigningKeyError(ArchiveError, ValueError):
    """A text or file is no key, or others than its owner may read it."""


class UnsignedError(ArchiveError, LookupError):
    """Nothing was signed yet, or not this entry."""


class ArchiveFileError(ArchiveError, OSError):
    """A file of an archive cannot be read or written."""

    def __init__(
        self, message: str, errno: int | None = None, filename: str | None = None
    ) -> None:
        super().__init__(message)
        self.errno: int | None = errno
        self.strerror: str | None = None if errno is None else _os.strerror(errno)
        self.filename: str | None = filename

    def __str__(self) -> str:
        return str(self.args[0])

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.args[0], self.errno, self.filename)


class MissingArchiveError(ArchiveFileError, FileNotFoundError):
    """There is no such file or folder."""


class ArchiveExistsError(ArchiveFileError, FileExistsError):
    """There is an archive, or a file, already."""


class BandError(ProbativeError, ValueError):
    """Edges make no band of probabilities."""


class YardstickError(ProbativeError, ValueError):
    """A definition makes no yardstick."""


for _name in __all__:
    globals()[_name].__module__ = "probative"
