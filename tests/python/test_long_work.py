"""Long work: free threads, Ctrl-C, progress."""

import _thread
import dataclasses
import functools
import io
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import MALI
from tqdm import tqdm

from probative import *


@pytest.fixture(autouse=True)
def ctrl_c() -> Iterator[None]:
    """Where the tests run in the background, the shell has Ctrl-C ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture(scope="module")
def large() -> Report:
    """Enough judgements to take a while: a judgement of 400 items, three hundred times."""
    items = [
        Item(f"i{at}", f"s{at % 40}", credibility=Credibility.TWO, channel=Channel.NEWS,
             point=f"p{at % 50}")
        for at in range(400)
    ]  # fmt: skip
    sources = [Source(f"s{at}", reliability=Reliability.C) for at in range(40)]
    links = tuple(Link(f"i{at}") for at in range(400))
    judgements = [Judgement(f"J{at}", rests_on=links) for at in range(300)]
    return Report("Large", sources=sources, items=items, judgements=judgements)


def test_ctrl_c_is_answered_at_once(large: Report) -> None:
    started = threading.Event()

    def interrupt() -> None:
        started.wait()
        time.sleep(0.2)
        _thread.interrupt_main()

    thread = threading.Thread(target=interrupt)
    thread.start()
    begin = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        started.set()
        for _ in range(1000):
            appraise(large)
    assert time.monotonic() - begin < 2
    thread.join()


def test_other_threads_go_on(large: Report) -> None:
    ticks = 0
    done = threading.Event()

    def count() -> None:
        nonlocal ticks
        while not done.is_set():
            ticks += 1
            time.sleep(0.001)

    thread = threading.Thread(target=count)
    thread.start()
    begin = time.monotonic()
    appraise(large)
    took = time.monotonic() - begin
    done.set()
    thread.join()
    assert ticks > took * 100  # of a thousand a second


def test_progress_works_with_tqdm(large: Report, tmp_path: Path) -> None:
    with tqdm(unit="step", file=io.StringIO()) as bar:

        def progress(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        appraise(large, progress=progress)
        assert bar.n == bar.total == 2 * len(large.judgements) + 1
    told: list[tuple[int, int]] = []
    Report.load(MALI, progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (2 * MALI.stat().st_size,) * 2
    path = tmp_path / "bytes"
    path.write_bytes(bytes(1 << 20))
    told.clear()
    assert Digest.of_file(path, progress=lambda *step: told.append(step)) == Digest.of(bytes(1 << 20))
    assert told[-1] == (1 << 20, 1 << 20)


def test_progress_is_told_while_a_report_is_parsed(tmp_path: Path) -> None:
    path = tmp_path / "large.json"
    items = [Item(f"i{at}", "s", claim="x" * 200) for at in range(60_000)]
    path.write_text(Report("x", sources=[Source("s")], items=items).to_json(), encoding="utf-8")
    told: list[tuple[int, int]] = []
    Report.load(path, progress=lambda *step: told.append(step))
    size = path.stat().st_size
    assert told[-1] == (2 * size, 2 * size) and all(total == 2 * size for _, total in told)
    assert any(done == size for done, _ in told), "parsing takes longer than one look"


def test_a_comparison_tells_and_stops(large: Report) -> None:
    changed = [
        dataclasses.replace(one, credibility=Credibility.FOUR) if at < 100 else one
        for at, one in enumerate(large.items)
    ]
    small = large.replace(judgements=large.judgements[:40])
    before, after = appraise(small), appraise(small.replace(items=changed))
    told: list[tuple[int, int]] = []
    compare(before, after, progress=lambda *step: told.append(step))
    assert told[-1] == (100, 100) and len(told) > 1

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    threads = threading.active_count()
    with pytest.raises(KeyboardInterrupt):
        compare(before, after, progress=stop)
    # What was interrupted costs nothing any more.
    time.sleep(1)
    begin = time.process_time()
    time.sleep(0.5)
    assert time.process_time() - begin < 0.2 and threading.active_count() == threads


@pytest.mark.parametrize("name", ["html", "text", "str", "dict", "json", "digest", "arrow"])
def test_views_can_be_interrupted(large: Report, name: str) -> None:
    appraisal = appraised(large)
    data = bytes(400 << 20) if name == "digest" else b""
    views: dict[str, Callable[[], object]] = {
        "html": lambda: render(appraisal, "html"),
        "text": lambda: render(appraisal),
        "str": lambda: str(appraisal),
        "dict": appraisal.to_dict,
        "json": appraisal.to_json,
        "digest": lambda: Digest.of(data),
        "arrow": appraisal.contributions.__arrow_c_stream__,
    }
    view = views[name]
    longest = 0.0
    stop = threading.Event()

    def tick() -> None:
        nonlocal longest
        last = time.monotonic()
        while not stop.is_set():
            time.sleep(0.001)
            now = time.monotonic()
            longest = max(longest, now - last)
            last = now

    thread = threading.Thread(target=tick)
    thread.start()
    view()
    stop.set()
    thread.join()
    assert longest < 1.5, "other threads had to wait"
    timer = threading.Timer(0.05, _thread.interrupt_main)
    begin = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        timer.start()
        while time.monotonic() - begin < 60:
            view()
    assert time.monotonic() - begin < 2
    timer.join()


@functools.cache
def appraised(report: Report) -> Appraisal:
    return appraise(report)
