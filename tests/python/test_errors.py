"""Errors: every one of the library's has an importable class."""

import builtins
import os
import pickle
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import MALI, ROOT

import probative
from probative import *

# Rooms that the package does not reach yet.
UNBOUND = ("exchange", "archive/timestamp.rs")
# Told in the result of an import, or by what a capture lacks, and never raised.
NOT_RAISED = ("Flaw", "Problem", "Unread")


def test_every_error_of_the_library_has_a_class() -> None:
    seen = dict(probative._native._every_error())
    for name, error in seen.items():
        assert isinstance(error, ProbativeError), name
        assert isinstance(error, (ValueError, OSError, LookupError)), name
        assert getattr(probative, type(error).__name__) is type(error)
        assert str(error), name
    pattern = re.compile(r"#\[derive\([^)]*\bError\)\](.*?)\n}", re.DOTALL)
    for path in (ROOT / "src").rglob("*.rs"):
        room = path.relative_to(ROOT / "src").as_posix()
        if room.startswith((*UNBOUND, "python")):
            continue
        for found in pattern.findall(path.read_text(encoding="utf-8")):
            public = re.search(r"pub (enum|struct) (\w+)", found)
            if not public or public[2] in NOT_RAISED:
                continue
            kind, name = public.groups()
            if kind == "struct":
                assert name in seen, f"{name} has no exception"
            # Variants that the package is built without.
            found = re.sub(r'#\[cfg\(feature = "timestamp"\)\].*?(?=\n    ///|\Z)', "", found, flags=re.DOTALL)
            for variant in re.findall(r"^    (\w+)(?: \{|\(|,)", found, re.M) if kind == "enum" else ():
                assert f"{name}::{variant}" in seen, f"{name}::{variant} has no exception"
    for code in ProblemCode:
        assert f"Problems({code})" in seen


def test_every_class_is_rooted_and_can_be_caught_as_python_does() -> None:
    classes = [getattr(probative, name) for name in probative.__all__ if name.endswith("Error")]
    assert len(classes) > 10
    assert all(issubclass(one, ProbativeError) and one.__doc__ for one in classes)
    builtin_bases = (ValueError, OSError, LookupError)
    for one in classes:
        if one not in (ProbativeError, InputError, ArchiveError):
            assert issubclass(one, builtin_bases), one
            assert not hasattr(builtins, one.__name__)


def test_problems_come_with_line_and_column(tmp_path: Path) -> None:
    path = tmp_path / "bad.toml"
    path.write_text('format = "probative/1"\ntitel = "x"\n[[items]]\nid = "a"\n', encoding="utf-8")
    with pytest.raises(ReportError) as caught:
        Report.load(path)
    problems = caught.value.problems
    assert [(one.line, one.column, one.code) for one in problems] == [
        (2, 1, ProblemCode.UNKNOWN_KEY),
        (3, 1, ProblemCode.MISSING_KEY),
    ]
    assert all(one.file == str(path) for one in problems)
    assert str(caught.value).startswith(f"{path}:2:1: titel: unknown key")
    assert isinstance(caught.value, ValueError)
    again = pickle.loads(pickle.dumps(caught.value))
    assert again.problems == problems and str(again) == str(caught.value)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as caught:
        Report.load(tmp_path / "none.toml")
    assert isinstance(caught.value, MissingFileError) and caught.value.errno == 2
    assert caught.value.filename == str(tmp_path / "none.toml")
    again = pickle.loads(pickle.dumps(caught.value))
    assert (str(again), again.errno) == (str(caught.value), 2)
    with pytest.raises(OSError) as other:
        Doctrine.load(tmp_path)
    assert isinstance(other.value, UnreadableError)
    with pytest.raises(UnreadableError):
        Digest.of_file(tmp_path / "none")
    with pytest.raises(DoctrineError):
        Doctrine.load(MALI)


def test_what_is_not_there_is_said() -> None:
    with pytest.raises(UnknownIdError, match="^expected the id of a source, found `x`$"):
        Report.load(MALI).source("x")
    with pytest.raises(UnknownYardstickError):
        Yardstick.builtin("nato")
    with pytest.raises(YardstickError):
        Yardstick.define("a b", {})
    with pytest.raises(DraftError):
        draft("")
    with pytest.raises(BandError):
        Band(1.0, 0.0)
    with pytest.raises(DigestError):
        Digest("md5:00")
    with pytest.raises(UnknownWordError):
        Report.loads("", "yaml")  # type: ignore[arg-type]


def test_messages_say_what_was_expected(appraisal: Appraisal, mali: Report) -> None:
    loose: Any = probative
    mistaken: list[tuple[type[Exception], str, Callable[[], object]]] = [
        (TypeError, "`appraise` it first", lambda: loose.render(mali)),
        (TypeError, "expected an appraisal or a comparison", lambda: loose.render(3)),
        (UnknownWordError, "`draw` draws", lambda: loose.render(appraisal, "svg")),
        (ArgumentError, "found -1", lambda: render(appraisal, width=-1)),
        (ArgumentError, "`width` is for text", lambda: render(appraisal, "html", width=80)),
        (ArgumentError, "`colour` is for", lambda: render(appraisal, "json", colour=True)),
        (ArgumentError, "`colour` is for", lambda: render(compare(appraisal, appraisal), colour=True)),
        (ArgumentError, "found -1", lambda: Doctrine().cap(-1)),
        (TypeError, "expected a mapping", lambda: loose.Report.from_dict([1])),
        (TypeError, "expected a date(.|\n)*cut_off", lambda: loose.Report("x", cut_off=5)),
        (TypeError, "unexpected keyword", lambda: loose.Report("x").replace(titel="y")),
        (ReportError, "prior.*true", lambda: Report("x", judgements=[Judgement("J", prior=True)])),
        (UnknownWordError, "expected a stance", lambda: loose.Stance(3)),
    ]
    for kind, message, call in mistaken:
        with pytest.raises(kind, match=message) as caught:
            call()
        assert "extract enum" not in str(caught.value)


def test_errors_can_be_raised_by_hand(tmp_path: Path) -> None:
    assert str(UnknownIdError()) == "" and str(UnknownIdError("x")) == "x"
    with pytest.raises(OSError) as caught:
        Report.load(tmp_path / "none.toml")
    assert caught.value.strerror == os.strerror(2)
