"""A burning error budget in words."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

_ENDS = {
    "archived": "{name} was archived; nobody watches its error budget any more.",
    "switched_off": "Nobody watches the error budget of {name} any more.",
}
_UNITS = (("d", 86_400), ("h", 3_600), ("min", 60))


def burn_headline(name: str, said: Mapping[str, Any], *, began: bool) -> str:
    """What a burn is called: fast ones want somebody now, slow ones soon."""
    if not began:
        return f"Error budget calm again: {name}"
    pace = "fast" if said["severity"] == "page" else "slowly"
    return f"Error budget burns {pace}: {name}"


def burn_sentence(name: str, said: Mapping[str, Any], *, began: bool) -> str:
    """How fast it burns, what is left, and until when."""
    left = said["budget_left"]
    if not began:
        calm = f"{name} no longer burns its error budget too fast{_left(left, 'of it is left')}."
        ended = _ENDS.get(said["how"])
        return ended.format(name=name) if ended else calm
    pace = f"{name} burns its error budget {_times(said['burn_long'])} times too fast"
    seconds = said["exhausted_in_seconds"]
    if left is not None and left <= 0:
        return f"{pace}: nothing is left, {_percent(-left)} more than there was is spent."
    gone = f", gone in {spoken(seconds)}" if seconds else ""
    return f"{pace}{_left(left, 'left')}{gone}."


def burn_facts(said: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """The rows of label and value."""
    long, _, short = said["pair"].partition("/")
    rates = (
        f"{_times(said['burn_long'])} × over {long}, {_times(said['burn_short'])} × over {short}"
    )
    limit = f"{_times(said['threshold'])} ×"
    return (("Burn rate", rates), ("Limit", limit), ("Tier", str(said["tier"])))


def spoken(seconds: int) -> str:
    """A length of time in its largest unit, cut: "4 h"; under a minute in seconds."""
    for unit, size in _UNITS:
        if seconds >= size:
            return f"{seconds // size} {unit}"
    return f"{timedelta(seconds=seconds).seconds} s"


def _left(left: float | None, words: str) -> str:
    return "" if left is None else f": {_percent(left)} {words}"


def _percent(percent: float) -> str:
    return f"{percent:.0f} %" if percent >= 1 or percent <= 0 else "less than 1 %"


def _times(rate: float) -> str:
    return f"{rate:.1f}".removesuffix(".0") if rate < 100 else f"{rate:.0f}"
