"""Writes `python/probative/_words.pyi` from the engine's own lists of words.

    python tests/python/words_stub.py > python/probative/_words.pyi
"""

import probative
from probative import _words

HEAD = '''\
"""Closed lists of words, as enums. Written by `tests/python/words_stub.py`."""

from enum import Enum
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from typing_extensions import Never, Self

__all__ = [
{names}]

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
'''


def text() -> str:
    names = "".join(f'    "{name}",\n' for name in _words.__all__)
    parts = [HEAD.format(names=names)]
    for name in _words.__all__:
        made = getattr(probative, name)
        if not issubclass(made, _words.Word):
            continue
        members = "".join(f'    {one.name} = "{one.value}"\n' for one in made)
        parts.append(f"\nclass {name}({made.__base__.__name__}):\n{members}")
    return "".join(parts)


if __name__ == "__main__":
    print(text(), end="")
