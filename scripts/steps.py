"""Steps that are skipped when done, say what they do while they do it, and fail in one line."""

import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

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
        line = f"[{number}/{len(steps)}] {step.title} …"
        show = _rewriting(line) if sys.stdout.isatty() else _quiet
        print(line, end="" if sys.stdout.isatty() else "\n", flush=True)
        began = time.monotonic()
        try:
            step.do(show)
        except BaseException:
            print(flush=True)
            raise
        show("")
        print(f" done in {time.monotonic() - began:.0f} s", flush=True)


def command(
    arguments: Sequence[str | Path],
    *,
    hint: str,
    each_line: Say = lambda line: None,
    cwd: Path = ROOT,
    env: Mapping[str, str] | None = None,
) -> None:
    """Run a program and pass on each line it prints; its last lines and the hint when it fails."""
    last: deque[str] = deque(maxlen=30)
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
            last.append(line)
            each_line(line.rstrip())
    if process.returncode:
        raise TroubleError("\n" + "".join(last) + hint)


def _rewriting(line: str) -> Say:
    def say(detail: str) -> None:
        print(f"\r{line} {detail[:50]}\033[K", end="", flush=True)

    return say


def _quiet(detail: str) -> None:
    """Where nobody watches, details would only fill the log."""
