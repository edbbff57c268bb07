"""The same engine: the bytes are Rust's own."""

import dataclasses
import datetime
import json
import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import MALI, REPORTS

import probative
from probative import Item, Judgement, KnownSources, Link, Report, Source, appraise, compare, render

LATER = datetime.date(2023, 6, 24)


def run(command: list[str], stdin: str | None = None) -> tuple[int, bytes, bytes]:
    done = subprocess.run(
        command, input=stdin.encode() if stdin is not None else b"", capture_output=True, check=False
    )
    return done.returncode, done.stdout, done.stderr


def rust(*arguments: str | Path, stdin: str | None = None) -> tuple[int, bytes, bytes]:
    return run([os.environ["PROBATIVE_APPRAISE"], *map(str, arguments)], stdin)


def python(*arguments: str | Path, stdin: str | None = None) -> tuple[int, bytes, bytes]:
    return run([sys.executable, "-m", "probative", "appraise", *map(str, arguments)], stdin)


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_every_view_has_the_bytes_of_the_program(path: Path) -> None:
    report = Report.load(path)
    now, later = appraise(report), appraise(report, as_of=LATER)
    for view in ("json", "text", "markdown", "html"):
        end = "\n" if view == "json" else ""
        for appraisal, options in ((now, ()), (later, ("--as-of", "2023-06-24"))):
            status, out, _ = rust(path, "--format", view, *options)
            assert status == 0
            assert (render(appraisal, view) + end).encode() == out


@pytest.mark.parametrize(
    "arguments",
    [
        (MALI,),
        (MALI, "--format", "json", "--as-of", "2023-06-24"),
        (MALI, "--fail-on", "overstated"),
        (MALI, "--fail-on", "error", "--format", "markdown"),
        ("/nowhere/report.toml",),
        (MALI, "--doctrine", MALI),
        (MALI, "--as-of", "yesterday"),
        (),
        ("--help",),
        ("--version",),
    ],
    ids=lambda arguments: " ".join(Path(str(one)).name for one in arguments) or "nothing",
)
def test_the_program_keeps_one_contract(arguments: tuple[str | Path, ...]) -> None:
    assert python(*arguments) == rust(*arguments)


def test_the_program_reads_standard_input_and_writes_files(tmp_path: Path) -> None:
    text = MALI.read_text(encoding="utf-8")
    assert python("-", "--format", "json", stdin=text) == rust("-", "--format", "json", stdin=text)
    out = tmp_path / "out.json"
    assert python(MALI, "--format", "json", "--output", out) == (0, b"", b"")
    assert out.read_bytes() == rust(MALI, "--format", "json")[1]


def test_another_program_is_refused_with_the_usage() -> None:
    status, out, err = run([sys.executable, "-m", "probative", "guess"])
    assert (status, out) == (2, b"") and b"usage" in err
    assert run([sys.executable, "-m", "probative", "--help"])[0] == 0
    version = f"probative {probative.__version__}\n".encode()
    assert run([sys.executable, "-m", "probative", "--version"]) == (0, version, b"")
    command = str(Path(sys.executable).with_name("probative"))
    assert run([command, "--version"]) == (0, version, b"")


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_dictionaries_records_and_json_say_the_same(path: Path) -> None:
    report = Report.load(path)
    appraisal = appraise(report)
    assert json.loads(appraisal.to_json()) == appraisal.to_dict()
    assert json.loads(report.to_json()) == report.to_dict()
    assert Report.from_dict(report.to_dict()) == report
    assert Report.loads(report.to_toml()) == report
    assert str(report.digest) == appraisal.to_dict()["report_digest"]
    for one, plain in zip(appraisal.judgements, appraisal.to_dict()["judgements"], strict=True):
        assert one.strength.central == plain["strength"]["central"]
        assert one.band == plain["band"]
        assert dict(one.rests_on.channels) == plain["rests_on"]["channels"]
        assert [step.change for step in one.next_steps] == [
            step["change"] for step in plain["next_steps"]
        ]
        units = sum(row.units for row in one.contributions)
        assert abs(units - (one.support - one.against)) < 1e-9


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_a_report_put_together_from_its_own_records_is_the_same(path: Path) -> None:
    report = Report.load(path)
    again = Report(
        report.title,
        publisher=report.publisher,
        cut_off=report.cut_off,
        yardstick=report.yardstick,
        source_summary=report.source_summary,
        sources=report.sources,
        items=report.items,
        judgements=report.judgements,
        assumptions=report.assumptions,
        indicators=report.indicators,
        gaps=report.gaps,
    )
    assert again == report
    assert again.digest == report.digest
    assert report.replace() == report
    assert report.replace(title="Other").title == "Other"
    assert report.replace(yardstick=None).yardstick is None


def test_a_draft_is_a_report_with_its_doubts() -> None:
    text = "KJ-1: It is highly likely that the port closes.\n\na. Reports suggest that pilots left.\n"
    drafted = probative.draft(text)
    assert drafted.report.judgements[0].drafted
    assert Report.loads(drafted.to_toml()) == Report.loads(drafted.to_json()) == drafted.report
    assert drafted.findings and all(one.line >= 1 for one in drafted.findings)
    trace = next(one for one in drafted.traces if one.id == "KJ-1")
    assert "highly likely" in text.encode()[trace.start : trace.end].decode()
    with pytest.raises(probative.DraftError):
        probative.draft("%PDF-1.7")


def test_a_draft_takes_letters_from_those_who_gave_them(tmp_path: Path) -> None:
    text = "KJ-1: It is likely that the port closes.\n\na. Border Watch reported so.\n"
    toml = '[[sources]]\nname = "Border Watch"\nreliability = "B"\nbecause = "as recorded"\n'
    path = tmp_path / "desk.csv"
    path.write_text("name,reliability,domains\nBorder Watch,B,borderwatch.example\n", encoding="utf-8")
    desk = KnownSources(toml, name="Desk", as_of="2023-05-01")
    table = KnownSources.load(path, as_of=datetime.date(2023, 5, 1))
    assert (desk.name, len(desk), desk.as_of) == ("Desk", 1, datetime.date(2023, 5, 1))
    assert (table.name, len(table)) == ("desk.csv", 1)
    for known in (desk, table):
        drafted = probative.draft(text, known=[known])
        (source,) = [one for one in drafted.report.sources if one.name == "Border Watch"]
        assert source.reliability is probative.Reliability.B
        for value in (known, drafted):
            for again in (pickle.loads(pickle.dumps(value)), eval(repr(value), vars(probative))):
                assert again == value and hash(again) == hash(value)
    assert desk != table
    assert probative.draft(text).report.sources[0].reliability is None
    with pytest.raises(probative.ReportError) as caught:
        KnownSources("name = 3")
    assert caught.value.problems[0].line == 1
    with pytest.raises(probative.UnreadableError):
        KnownSources.load(tmp_path / "none.toml")
    with pytest.raises(probative.UnknownWordError):
        KnownSources(toml, "yaml")  # type: ignore[arg-type]


def test_a_comparison_has_the_bytes_of_the_program(tmp_path: Path, mali: Report) -> None:
    source = dataclasses.replace(
        mali.source(mali.item("3b").source), reliability=probative.Reliability.E, graded_because="x"
    )
    after = mali.replace(sources=[source if one.id == source.id else one for one in mali.sources])
    path = tmp_path / "after.toml"
    path.write_text(after.to_toml(), encoding="utf-8")
    comparison = compare(appraise(mali), appraise(after, as_of=LATER))
    for view in ("text", "json", "html"):
        end = "\n" if view == "json" else ""
        command = [os.environ["PROBATIVE_COMPARE"], str(MALI), str(path), "--format", view]
        status, out, err = run([*command, "--new-as-of", str(LATER)])
        assert (status, err) == (0, b"")
        assert (render(comparison, view) + end).encode() == out
    assert comparison.to_dict() == json.loads(comparison.to_json())
    assert str(comparison) == render(comparison) and "<iframe" in comparison._repr_html_()
    kinds = {one.kind for one in comparison.changes}
    assert {probative.ChangeKind.SOURCE_REGRADED, probative.ChangeKind.DATE_CHANGED} <= kinds
    moved = {one.id: one for one in comparison.judgements}["KJ-3"]
    assert moved.before and moved.after and moved.moved_by and comparison.not_tried == 0
    assert comparison.after.judgements["KJ-3"].strength == moved.after.strength
    mover = moved.moved_by[0]
    assert comparison.changes[mover.change].about == source.id and mover.by < 0
    for again in (pickle.loads(pickle.dumps(comparison)), eval(repr(comparison), vars(probative))):
        assert again == comparison and hash(again) == hash(comparison)
    assert compare(comparison.before, comparison.before).changes == ()
    with pytest.raises(probative.UnknownWordError):
        render(comparison, "markdown")


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_what_if_is_asked_in_full(path: Path) -> None:
    appraisal = appraise(Report.load(path))
    for one in appraisal.judgements:
        linchpins, steps = appraisal.linchpins(one.id), appraisal.next_steps(one.id)
        assert linchpins[:10] == one.linchpins and steps[:10] == one.next_steps
        found = appraisal.after(one.id, "add-independent")
        assert {step.becomes for step in steps if step.code == "add-independent"} <= {found}
        for row in one.contributions:
            after = {appraisal.after(one.id, "authenticate", row.item)}
            named = {step.becomes for step in steps if step.change == f"authenticate {row.item}"}
            assert named <= after
    first = appraisal.judgements[0].id
    for change in ("declare-original", "name-corroborator", "recapture"):
        appraisal.after(first, change, appraisal.report.items[0].id)
    appraisal.after(first, "grade", appraisal.report.sources[0].id)
    for arguments in (("KJ-99", "add-independent"), (first, "grade", "?"), (first, "recapture", "?")):
        with pytest.raises(probative.UnknownIdError):
            appraisal.after(*arguments)
    with pytest.raises(probative.UnknownIdError):
        appraisal.linchpins("KJ-99")
    with pytest.raises(probative.UnknownWordError):
        appraisal.after(first, "pray")
    for mistaken in ((first, "grade"), (first, "add-independent", "x")):
        with pytest.raises(TypeError):
            appraisal.after(*mistaken)


def test_every_explanation_replays_to_its_figure(appraisal: probative.Appraisal) -> None:
    for one in appraisal.judgements:
        for corner in probative.Corner:
            tree = appraisal.explain(one.id, "strength", corner)
            assert abs(tree.replay() - getattr(one.strength, corner)) < 1e-12
            tree = appraisal.explain(one.id, "probability", corner)
            assert abs(tree.replay() - getattr(one.probability, corner)) < 1e-12
    assert "strength (central)" in str(appraisal.explain("KJ-3"))


def test_the_notebook_shows_the_page_and_ipython_the_table(appraisal: probative.Appraisal) -> None:
    page = appraisal._repr_html_()
    assert page.startswith("<iframe") and "sandbox" in page and "KJ-3" in page
    shown: list[str] = []

    class Printer:
        text: Callable[[str], None] = shown.append

    appraisal._repr_pretty_(Printer(), False)
    assert shown == [str(appraisal)] == [render(appraisal)]
    assert "\x1b[" in render(appraisal, colour=True)
    assert max(map(len, render(appraisal, width=70).splitlines())) <= 70


def test_a_notebook_is_not_given_more_than_it_can_show() -> None:
    report = Report("<b>Many", judgements=[Judgement(f"<i>{at}") for at in range(60)])
    appraisal = appraise(report)
    shown = appraisal._repr_html_()
    assert "10 more judgements; <code>render(appraisal, 'html')" in shown
    assert "<b>" not in shown and "&lt;i>49" in shown.replace("&gt;", ">") and len(shown) < 20_000
    other = compare(appraisal, appraisal)._repr_html_()
    assert "10 more judgements; <code>render(comparison, 'html')" in other and "<i>" not in other
    items = [Item(f"i{at}", "s") for at in range(2_001)]
    links = tuple(Link(one.id) for one in items)
    wide = Report("W", sources=[Source("s")], items=items, judgements=[Judgement("J", rests_on=links)])
    assert len(appraise(wide)._repr_html_()) < 1_000


def test_ipython_shows_comparisons_and_drafts(appraisal: probative.Appraisal) -> None:
    for value in (compare(appraisal, appraisal), probative.draft("KJ-1: It is likely.")):
        shown: list[str] = []

        class Printer:
            text: Callable[[str], None] = shown.append

        value._repr_pretty_(Printer(), False)
        value._repr_pretty_(Printer(), True)
        assert shown == [str(value), f"{type(value).__name__}(...)"]


def test_drawings(appraisal: probative.Appraisal) -> None:
    for drawing in ("strength", "confidence", "channels", "owners", "provenance", "badge"):
        svg = probative.draw(appraisal, "KJ-1", drawing, key='x" onload="')
        assert svg.startswith("<svg") and "onload=" not in svg
    with pytest.raises(probative.UnknownWordError):
        probative.draw(appraisal, "KJ-1", "guess")  # type: ignore[arg-type]
    with pytest.raises(KeyError):
        probative.draw(appraisal, "KJ-9")


def test_the_default_dependencies_of_the_crate_are_untouched() -> None:
    root = MALI.parents[2]
    for options in ([], ["--no-default-features"]):
        command = ["cargo", "tree", "--edges", "normal", "--prefix", "none", *options]
        status, out, err = run([*command, "--manifest-path", str(root / "Cargo.toml")])
        assert status == 0, err
        names = {line.split()[0] for line in out.decode().splitlines() if line}
        assert "serde" in names
        assert not {name for name in names if name.startswith(("pyo3", "arrow", "clap"))}
    for path in (root / "src").rglob("*.rs"):
        if "python" not in path.relative_to(root / "src").parts and path.name != "lib.rs":
            assert 'feature = "python"' not in path.read_text(encoding="utf-8"), path
