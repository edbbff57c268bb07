"""Long work: free threads, Ctrl-C, progress."""

import _thread
import io
import threading
import time
from pathlib import Path

import pytest
from conftest import MALI
from tqdm import tqdm

from probative import *


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
    assert told[-1] == (MALI.stat().st_size,) * 2
    path = tmp_path / "bytes"
    path.write_bytes(bytes(1 << 20))
    told.clear()
    assert Digest.of_file(path, progress=lambda *step: told.append(step)) == Digest.of(bytes(1 << 20))
    assert told[-1] == (1 << 20, 1 << 20)
