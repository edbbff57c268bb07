"""Finishes the stubs that maturin writes: what the engine's classes cannot say of themselves.

    python tests/python/native_stub.py < GENERATED > python/probative/_native.pyi

Sequences have all that a `collections.abc.Sequence` has, and one method gives an entry or several by
its argument.
"""

import re
import sys

SEQUENCES = {
    "Contributions": ("Contribution", "SupportsIndex"),
    "Findings": ("Finding", "SupportsIndex"),
    "Items": ("Item", "SupportsIndex | str"),
    "Judgements": ("JudgementAppraisal", "SupportsIndex | str"),
    "Yardstick": ("Term", "SupportsIndex | str"),
}
IMPORTS = """\
from collections.abc import Sequence
from probative._words import Algorithm, Authenticity, Corner, Format, Markup
from typing import Literal, overload
"""


def finished(stub: str) -> str:
    """The stub with its sequences, and with imports for the names that signatures spell."""
    stub = stub.replace("from typing import Any", IMPORTS + "from typing import Any", 1)
    for name, (record, key) in SEQUENCES.items():
        head, start, rest = stub.partition(f"class {name}:\n")
        body, end, tail = rest.partition("\n@final\n")
        if name != "Yardstick":
            start = f"class {name}(Sequence[{record}]):\n"
        one = f"    @overload\n    def __getitem__(self, key: {key}, /) -> {record}: ...\n"
        many = f"    @overload\n    def __getitem__(self, key: slice, /) -> tuple[{record}, ...]:"
        written = re.compile(r"^    def __getitem__\(.*?:$", re.MULTILINE)
        assert written.search(body), name
        stub = head + start + written.sub(lambda _: one + many, body) + end + tail
    return re.sub(r'"((?:Literal|Corner|Format|Markup|Algorithm|Authenticity)\b[^"\n]*)"', r"\1", stub)


if __name__ == "__main__":
    sys.stdout.write(finished(sys.stdin.read()))
