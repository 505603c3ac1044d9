"""Steps that are skipped when done, say what they do while they do it, and fail in one line."""

import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

LINES_SHOWN = 20

Say = Callable[[str], None]


class TroubleError(Exception):
    """What a person has to know or do before we can go on, in one line."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to prepare: whether it is done already, and how to do it."""

    title: str
    is_done: Callable[[], bool]
    do: Callable[[Say], None]


def take(steps: Sequence[Step]) -> None:
    """Take the steps in order and say so; those already done cost a look at a stamp."""
    for number, step in enumerate(steps, start=1):
        if step.is_done():
            continue
        with _announced(f"[{number}/{len(steps)}] {step.title} …") as say:
            step.do(say)


def command(
    arguments: Sequence[str | Path],
    *,
    hint: str,
    each_line: Say = lambda line: None,
    cwd: Path = ROOT,
    env: Mapping[str, str] | None = None,
) -> None:
    """Run a program and pass on each line it prints.

    When it fails, its first and last lines become the trouble, and the hint its last line.
    """
    first: list[str] = []
    last: deque[str] = deque(maxlen=LINES_SHOWN)
    with subprocess.Popen(
        [*map(str, arguments)],
        cwd=cwd,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as process:
        assert process.stdout
        for line in process.stdout:
            (first if len(first) < LINES_SHOWN else last).append(line)
            each_line(line.rstrip())
    if process.returncode:
        raise TroubleError("".join([*first, *last, hint]))


@contextmanager
def _announced(line: str) -> Iterator[Say]:
    """Details replace each other behind the line on a terminal; a log gets only the last one."""
    watched = sys.stdout.isatty()
    last = ""

    def say(detail: str) -> None:
        nonlocal last
        last = detail[:60]
        if watched:
            print(f"\r{line} {last}\033[K", end="", flush=True)

    print(line, end="" if watched else "\n", flush=True)
    began = time.monotonic()
    try:
        yield say
        say(f"{time.monotonic() - began:.0f} s")
    except BaseException:
        say("failed")
        raise
    finally:
        print("" if watched else f"{line} {last}", flush=True)
