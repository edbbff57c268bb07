"""What the Python package costs beside Rust, and beside what else there is.

    python benches/python.py APPRAISE [LINKS] [ORACLE-FOLDER]

`APPRAISE` is the example program, built like the wheel that is installed. The report is made up:
as many items as links, ten to a judgement, every grade and channel, a fifth of unknown lineage,
relays and contradictions. Each time is the best of three, wall clock. The slow reference and
`jsonld-ex` are asked at a hundredth of the size, where they are there.
"""

import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import probative

RUNS = 3


def made_up(links: int) -> dict[str, object]:
    """A report in which everything occurs, the same every time."""
    dice = random.Random(42)
    sources = [
        {
            "id": f"s{at}",
            "reliability": dice.choice("ABCDEF"),
            "owner": f"o{dice.randrange(links // 20 + 1)}",
        }
        for at in range(links // 5 + 1)
    ]
    channels = [channel.value for channel in probative.Channel]
    items: list[dict[str, object]] = []
    judgements = []
    for at in range(links):
        item: dict[str, object] = {
            "id": f"i{at}",
            "source": f"s{dice.randrange(len(sources))}",
            "credibility": dice.choice("123456"),
            "channel": dice.choice(channels),
            "point": f"p{at // 10}-{dice.randrange(5)}",
        }
        fate = dice.random()
        if fate > 0.3:
            item["lineage"] = "original"
        elif fate > 0.2 and at % 10:
            item["lineage"] = {"derived_from": [f"i{at - 1}"]}
        items.append(item)
    for at in range(0, links, 10):
        rests_on = [
            {"item": f"i{of}", "stance": "contradicts" if dice.random() < 0.05 else "supports"}
            for of in range(at, min(at + 10, links))
        ]
        judgements.append({"id": f"J{at}", "confidence": "moderate", "rests_on": rests_on})
    lists = {"sources": sources, "items": items, "judgements": judgements}
    return {"format": "probative/1", "title": "Made up", **lists}


def best(work: Callable[[], object]) -> float:
    """Seconds of the fastest of a few runs."""
    times = []
    for _ in range(RUNS):
        begin = time.perf_counter()
        result = work()
        times.append(time.perf_counter() - begin)
        del result
    return min(times)


def against_rust(program: str, path: Path, links: int) -> None:
    out = path.with_suffix(".out")

    def rust() -> None:
        subprocess.run([program, path, "--format", "json", "--output", out], check=True)

    def python() -> None:
        appraisal = probative.appraise(probative.Report.load(path))
        out.write_text(appraisal.to_json() + "\n", encoding="utf-8")

    in_rust, in_python = best(rust), best(python)
    print(f"{links} items: load, appraise, write the JSON")
    print(f"  Rust {in_rust:.2f} s, Python {in_python:.2f} s: {in_python / in_rust:.2f}")
    report = probative.Report.load(path)
    appraisal = probative.appraise(report)
    ids = [one.id for one in appraisal.judgements]
    for name, work in {
        "Report.load": lambda: probative.Report.load(path),
        "appraise": lambda: probative.appraise(report),
        "to_json": appraisal.to_json,
        "contributions as an Arrow stream": appraisal.contributions.__arrow_c_stream__,
        "contributions as records, one by one": lambda: sum(1 for _ in appraisal.contributions),
        "each judgement by its id": lambda: [appraisal.judgements[id] for id in ids],
    }.items():
        print(f"  {name}: {best(work):.3f} s")


def against_peers(path: Path, links: int, oracle: Path) -> None:
    print(f"{links} items: load and appraise")
    ours = best(lambda: probative.appraise(probative.Report.load(path)))
    print(f"  here: {ours:.3f} s, with contributions, linchpins, next steps and findings")
    if (oracle / "oracle.py").exists():
        sys.path.insert(0, str(oracle))
        import oracle as slow  # type: ignore[import-not-found, unused-ignore]

        doctrine = slow.load(slow.HERE.parent / "doctrine-default.toml")
        theirs = best(lambda: slow.Oracle(slow.load(path), doctrine).appraise())
        print(f"  the slow reference: {theirs:.3f} s, figures alone: {theirs / ours:.1f} times")
    try:
        from jsonld_ex.confidence_algebra import (  # type: ignore[import-not-found, unused-ignore]
            Opinion,
            cumulative_fuse,
        )
    except ImportError:
        print("  jsonld-ex: not here")
        return

    def fuse() -> None:
        report = json.loads(path.read_text(encoding="utf-8"))
        for judgement in report["judgements"]:
            some = [Opinion(belief=0.4, disbelief=0.1, uncertainty=0.5) for _ in judgement["rests_on"]]
            cumulative_fuse(*some).projected_probability()

    theirs = best(fuse)
    print(f"  jsonld-ex, fusing ready-made opinions: {theirs:.3f} s: {theirs / ours:.1f} times")


def main(arguments: list[str]) -> None:
    program, links = arguments[0], int(arguments[1]) if len(arguments) > 1 else 1_000_000
    oracle = Path(arguments[2] if len(arguments) > 2 else "../shared/oracle")
    with tempfile.TemporaryDirectory() as folder:
        large, small = Path(folder) / "large.json", Path(folder) / "small.json"
        for path, size in ((large, links), (small, links // 100)):
            path.write_text(json.dumps(made_up(size)), encoding="utf-8")
        against_peers(small, links // 100, oracle)
        against_rust(program, large, links)


if __name__ == "__main__":
    main(sys.argv[1:])
