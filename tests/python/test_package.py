"""The package as it is installed: stubs, docstrings, the tutorial."""

import dataclasses
import doctest
import os
import re
import runpy
import subprocess
import sys
from collections.abc import Iterator, Mapping
from importlib import metadata
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from conftest import ROOT
from notebook import SCRIPT, beside_examples, notebook
from words_stub import text as words_stub

import probative
from probative import _custody, _errors, _native, _records, _words

MODULES: list[ModuleType] = [probative, _custody, _errors, _native, _records, _words]


def test_it_is_the_installed_one() -> None:
    installed = Path(probative.__file__).resolve()
    assert ROOT / "python" not in installed.parents
    assert probative.__version__ == metadata.version("probative")
    files = {path.name for path in installed.parent.iterdir()}
    assert {"py.typed", "_native.pyi", "_words.pyi"} <= files


def test_docstring_examples() -> None:
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.IGNORE_EXCEPTION_DETAIL)
    tests: dict[str, object] = {module.__name__: module.__doc__ for module in MODULES}
    for name, value in public():
        tests[name] = value.__doc__
    for name, doc in tests.items():
        if isinstance(doc, str) and ">>>" in doc:
            # Each in a folder of its own, with the examples that it may name.
            with beside_examples():
                runner.run(doctest.DocTestParser().get_doctest(doc, {}, name, None, None))
    assert runner.failures == 0 and runner.tries > 200


# Public classes without an example of their own, and why.
MADE_BY_OTHERS = (
    "Appraisal", "Checkpoint", "Comparison", "Contributions", "Draft", "Findings", "Items",
    "Judgements", "Proof", "Term",
)  # fmt: skip


def test_everything_that_can_be_called_has_an_example() -> None:
    for name, value in public():
        if isinstance(value, type):
            plain = dataclasses.is_dataclass(value) or issubclass(value, (BaseException, Mapping))
            if plain or issubclass(value, _words.Word) or name in MADE_BY_OTHERS:
                continue
        elif not callable(value):
            continue
        assert ">>>" in (value.__doc__ or ""), f"{name} has no example"


def test_all_that_the_parts_offer_is_offered() -> None:
    for part in (_custody, _errors, _records, _words):
        assert set(part.__all__) <= set(probative.__all__)
    assert sorted(probative.__all__) == probative.__all__


def public() -> Iterator[tuple[str, Any]]:
    """Every public class, function, method and property, but what Python itself gives to them."""
    for name in probative.__all__:
        value: Any = getattr(probative, name)
        if isinstance(value, str):
            continue
        yield name, value
        if not isinstance(value, type) or issubclass(value, BaseException):
            continue
        for base in value.__mro__:
            # A static method documents itself only when it is asked for by the class.
            for inner in vars(base) if base.__module__.startswith("probative") else ():
                if not inner.startswith("_"):
                    yield f"{name}.{inner}", getattr(value, inner)


def test_everything_public_has_a_docstring() -> None:
    for name, value in public():
        if callable(value):
            doc = value.__doc__
            assert doc and doc not in (staticmethod.__doc__, classmethod.__doc__), name


def test_the_stubs_are_those_of_the_engine() -> None:
    stub = (ROOT / "python/probative/_words.pyi").read_text(encoding="utf-8")
    assert words_stub() == stub, "run tests/python/words_stub.py > python/probative/_words.pyi"


@pytest.mark.parametrize(
    "command",
    [
        ["-m", "mypy.stubtest", "probative", "--allowlist", "tests/python/stubtest.txt"],
        ["-m", "mypy", "--strict", "tests/python", "docs/tutorial.py", "benches/python.py"],
        ["-m", "mypy", "--strict", "-p", "probative"],
    ],
    ids=["stubtest", "mypy", "package"],
)  # fmt: skip
def test_types(command: list[str]) -> None:
    environment = {**os.environ, "MYPYPATH": "tests/python"}
    done = subprocess.run(
        [sys.executable, *command], cwd=ROOT, capture_output=True, text=True, env=environment,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_page_in_the_docs() -> None:
    for name, least in (("docs/python.md", 5), ("python/README.md", 1)):
        page = (ROOT / name).read_text(encoding="utf-8")
        blocks = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
        assert len(blocks) >= least
        with beside_examples():
            exec("".join(blocks), {})


def test_the_page_of_the_index_links_to_nothing_that_is_not_there() -> None:
    said = metadata.metadata("probative")
    links = re.findall(r"\]\(([^)]*)\)", str(said["Description"]) + str(said))
    assert links and all(link.startswith("https://docs.rs/") for link in links)
    assert "Typing :: Typed" in said.get_all("Classifier", [])


def test_the_tutorial() -> None:
    with beside_examples() as folder:
        runpy.run_path(str(SCRIPT), run_name="__main__")
        assert {path.suffix for path in folder.iterdir()} >= {".json", ".html", ".toml", ".csv"}


def test_the_notebook_is_that_of_the_tutorial() -> None:
    kept = (ROOT / "docs/tutorial.ipynb").read_text(encoding="utf-8")
    assert notebook() == kept, "run tests/python/notebook.py > docs/tutorial.ipynb"
