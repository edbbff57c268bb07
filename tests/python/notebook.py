"""Writes `docs/tutorial.ipynb` from the tutorial script: its comments as text, its code run.

    python tests/python/notebook.py > docs/tutorial.ipynb

A step is a comment that begins with its number, and the code below it.
"""

import ast
import contextlib
import io
import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "docs" / "tutorial.py"


@contextlib.contextmanager
def beside_examples() -> Iterator[Path]:
    """A folder of its own to run the tutorial in, with the examples that it names."""
    back = Path.cwd()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(ROOT / "examples" / "reports", folder / "examples" / "reports")
        os.chdir(folder)
        try:
            yield folder
        finally:
            os.chdir(back)


def cells(script: str) -> Iterator[tuple[str, str]]:
    """The text and the code of each step, the first from the head of the file."""
    head, *steps = re.split(r"^(?=# \d+\. )", script, flags=re.MULTILINE)
    docstring = ast.get_docstring(ast.parse(head)) or ""
    title, _, rest = docstring.partition("\n")
    yield f"# {title.rstrip('.')}\n{rest}", head.split('"""\n', 2)[-1]
    for step in steps:
        lines = step.splitlines(keepends=True)
        code = next(at for at, line in enumerate(lines) if not line.startswith("# "))
        text = " ".join(line[2:].strip() for line in lines[:code])
        yield re.sub(r"^(\d+\.) ([^.:?]+[.:?])", r"## \1 \2\n\n", text), "".join(lines[code:])


def notebook() -> str:
    """The notebook as JSON (nbformat 4.5), the same bytes every time."""
    made: list[dict[str, object]] = []

    def add(kind: str, source: str, **more: object) -> None:
        source = "\n".join(line.rstrip() for line in source.strip().splitlines())
        cell = {"id": f"cell-{len(made)}", "cell_type": kind, "metadata": {}}
        made.append({**cell, "source": source.splitlines(keepends=True), **more})

    names: dict[str, object] = {"__name__": "__main__"}
    with beside_examples():
        for at, (text, code) in enumerate(cells(SCRIPT.read_text(encoding="utf-8")), 1):
            add("markdown", text)
            out = io.StringIO()
            with contextlib.redirect_stdout(out):
                exec(compile(code, SCRIPT.name, "exec"), names)
            said = out.getvalue().splitlines(keepends=True)
            stream = {"output_type": "stream", "name": "stdout", "text": said}
            add("code", code, execution_count=at, outputs=[stream] if said else [])
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    whole = {
        "cells": made,
        "metadata": {"kernelspec": kernel, "language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    print(notebook(), end="")
