"""One finding of the doctor."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

MOST_SKEW = 5.0
"""Seconds by which two clocks may differ; HTTP tells whole ones."""


class Level(StrEnum):
    """How a check ended; the exit code is that of the worst."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


CODES = {Level.OK: 0, Level.WARN: 1, Level.FAIL: 2}


@dataclass(frozen=True, slots=True)
class Line:
    """What was looked at, how it is, and what to do where it is not well."""

    check: str
    level: Level
    words: str
    remedy: str = ""

    def __str__(self) -> str:
        text = f"{self.level.value:<4}  {self.check:<12}  {self.words}"
        return f"{text}\n      {'':<12}  -> {self.remedy}" if self.remedy else text


def ok(check: str, words: str) -> Line:
    """All is well, or there is nothing to look at."""
    return Line(check, Level.OK, words)


def warn(check: str, words: str, remedy: str) -> Line:
    """It works, and will not for ever."""
    return Line(check, Level.WARN, words, remedy)


def fail(check: str, words: str, remedy: str) -> Line:
    """It does not work."""
    return Line(check, Level.FAIL, words, remedy)


def code(lines: Iterable[Line]) -> int:
    """0: all is well, 1: something warns, 2: something fails."""
    return max((CODES[line.level] for line in lines), default=0)
