"""The exceptions. All of them are `ProbativeError`s."""

from __future__ import annotations

import typing as _t

if _t.TYPE_CHECKING:
    from probative._records import Problem

__all__ = [
    "BandError",
    "DigestError",
    "DoctrineError",
    "DraftError",
    "GradeError",
    "InputError",
    "MissingFileError",
    "MomentError",
    "NoCounterpartError",
    "ProbativeError",
    "ReportError",
    "UnknownCrosswalkError",
    "UnknownIdError",
    "UnknownWordError",
    "UnknownYardstickError",
    "UnreadableError",
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
        return str(self.args[0])


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


class BandError(ProbativeError, ValueError):
    """Edges make no band of probabilities."""


class YardstickError(ProbativeError, ValueError):
    """A definition makes no yardstick."""


for _name in __all__:
    globals()[_name].__module__ = "probative"
