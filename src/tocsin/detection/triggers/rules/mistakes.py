"""What is wrong with a condition, in plain words and with its place."""

from collections.abc import Iterable
from difflib import get_close_matches


class Mistake(Exception):
    """A condition that cannot be read.

    `message` names the character; `position`, `line` and `column` count from 1; `length` is how
    many characters are at fault, 0 where something is missing.
    """

    def __init__(self, message: str, position: int, line: int, column: int, length: int) -> None:
        super().__init__(message)
        self.message = message
        self.position = position
        self.line = line
        self.column = column
        self.length = length


def mistake(text: str, offset: int, words: str, length: int = 1) -> Mistake:
    """A mistake at an offset from 0; its place is added to the words: `… at character 18`."""
    before = text[:offset]
    line = before.count("\n") + 1
    column = offset - (before.rfind("\n") + 1) + 1
    place = f"character {offset + 1}"
    if "\n" in text:
        place += f" (line {line}, column {column})"
    return Mistake(f"{words} at {place}", offset + 1, line, column, length)


_WORDS = {
    "SIGN": "a comparison such as >",
    "AND": "AND",
    "OR": "OR",
    "COMMA": "“,” and a time such as 5m",
    "RPAR": "“)”",
    "LPAR": "“(”",
    "NAME": "a metric",
    "QUANTITY": "a time such as 5m",
    "$END": "the end",
}
_ORDER = tuple(_WORDS)


def expected(terminals: Iterable[str], after: str | None) -> str:
    """Say what could stand there, the likely first, and after what."""
    words = _likely(set(terminals))
    spoken = words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"
    return f"expected {spoken}" + (f" after “{after}”" if after else "")


def _likely(there: set[str]) -> list[str]:
    if "NOT" in there:
        return ["a metric, such as response_time"]
    if {"QUANTITY", "NAME"} <= there:
        return ["a number"]
    known = sorted(there & set(_ORDER), key=_ORDER.index)
    return [_WORDS[name] for name in known]


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that this one most likely means; None where nothing is near."""
    by_lower = {each.lower(): each for each in sorted(known)}
    found = get_close_matches(name.lower(), by_lower, n=1, cutoff=0.8)
    return by_lower[found[0]] if found else None
