"""The package as it is installed: stubs, docstrings, the tutorial."""

import doctest
import os
import re
import runpy
import subprocess
import sys
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
    tried = 0
    for module in MODULES:
        tests = [(module.__name__, module.__doc__)]
        for name, value in vars(module).items():
            if not getattr(value, "__module__", "").startswith("probative"):
                continue
            tests.append((f"{module.__name__}.{name}", getattr(value, "__doc__", None)))
            for inner, member in vars(value).items() if isinstance(value, type) else ():
                doc = getattr(member, "__doc__", None)
                tests.append((f"{module.__name__}.{name}.{inner}", doc))
        for name, doc in tests:
            if isinstance(doc, str) and ">>>" in doc:
                test = doctest.DocTestParser().get_doctest(doc, {}, name, None, None)
                runner.run(test)
                tried += len(test.examples)
    assert runner.failures == 0 and tried > 40


def test_all_that_the_parts_offer_is_offered() -> None:
    for part in (_custody, _errors, _records, _words):
        assert set(part.__all__) <= set(probative.__all__)
    assert sorted(probative.__all__) == probative.__all__


def test_everything_public_has_a_docstring() -> None:
    for name in probative.__all__:
        value: Any = getattr(probative, name)
        assert name == "__version__" or value.__doc__, name
        for inner, member in vars(value).items() if isinstance(value, type) else ():
            if value.__module__ == "probative" and not inner.startswith("_") and callable(member):
                assert getattr(member, "__doc__", None) or value in (*vars(_records).values(), *vars(_custody).values()), (
                    f"{name}.{inner}"
                )


def test_the_stubs_are_those_of_the_engine() -> None:
    stub = (ROOT / "python/probative/_words.pyi").read_text(encoding="utf-8")
    assert words_stub() == stub, "run tests/python/words_stub.py > python/probative/_words.pyi"


@pytest.mark.parametrize(
    "command",
    [
        ["-m", "mypy.stubtest", "probative", "--allowlist", "tests/python/stubtest.txt"],
        ["-m", "mypy", "--strict", "tests/python", "docs/tutorial.py"],
    ],
    ids=["stubtest", "mypy"],
)  # fmt: skip
def test_types(command: list[str]) -> None:
    environment = {**os.environ, "MYPYPATH": "tests/python"}
    done = subprocess.run(
        [sys.executable, *command], cwd=ROOT, capture_output=True, text=True, env=environment,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_page_in_the_docs() -> None:
    page = (ROOT / "docs/python.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    assert len(blocks) >= 5
    with beside_examples():
        exec("".join(blocks), {})


def test_the_tutorial() -> None:
    with beside_examples() as folder:
        runpy.run_path(str(SCRIPT), run_name="__main__")
        assert {path.suffix for path in folder.iterdir()} >= {".json", ".html", ".toml", ".csv"}


def test_the_notebook_is_that_of_the_tutorial() -> None:
    kept = (ROOT / "docs/tutorial.ipynb").read_text(encoding="utf-8")
    assert notebook() == kept, "run tests/python/notebook.py > docs/tutorial.ipynb"
