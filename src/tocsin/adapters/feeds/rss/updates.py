"""The updates inside an entry of a status feed: which words there are, and which is the newest.

Status pages write an entry's updates as HTML, each with a word in bold and mostly with a time.
Most write the newest first; where the times say otherwise, the times are believed.
"""

import re
from html import unescape

OVER = frozenset(
    {
        "resolved",
        "completed",
        "operational",
        "postmortem",
        "post-mortem",
        "cancelled",
        "canceled",
        "closed",
    }
)
OPEN = frozenset(
    {
        "investigating",
        "identified",
        "monitoring",
        "update",
        "updated",
        "degraded",
        "degraded performance",
        "partial outage",
        "major outage",
        "outage",
        "in progress",
        "scheduled",
        "verifying",
        "planned",
    }
)
PLANNED = frozenset({"scheduled", "planned"})
UNDER_WAY = frozenset({"in progress", "verifying"})

_KNOWN = OVER | OPEN
_EVENT = "this is a scheduled event"
_BOLD = re.compile(r"<(?:strong|b)\b[^<>]{0,200}>([^<>]{1,80})<", re.IGNORECASE)
_WORDS = "|".join(sorted((re.escape(word) for word in _KNOWN), key=len, reverse=True))
_MARKED = re.compile(
    rf"(?:^|>)\s{{0,20}}({_WORDS})\s{{0,5}}(?:<[^<>]{{0,50}}>)?\s{{0,5}}[-–—:]", re.IGNORECASE
)
_STATUS = re.compile(rf"\bstatus:\s{{0,5}}(?:<[^<>]{{0,50}}>)?\s{{0,5}}({_WORDS})\b", re.IGNORECASE)
_TAGS = re.compile(r"<[^<>]{0,500}>")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TIME = re.compile(
    rf"\b({'|'.join(_MONTHS)})[a-z]{{0,6}}\s{{1,5}}(\d{{1,2}}),?\s{{1,5}}(?:\d{{4}},?\s{{1,5}})?"
    r"(\d{1,2}):(\d{2})",
    re.IGNORECASE,
)
_HALF_A_YEAR = 6
_BEFORE_A_WORD = 400

Written = tuple[int, int, int, int]


def labels(body: str) -> list[str]:
    """The words of an entry's updates, newest first; empty where there are none we know."""
    if "<" not in body:
        body = unescape(body)  # some escape their HTML twice
    for pattern in (_BOLD, _MARKED, _STATUS):
        found = [(word, one.start()) for one in pattern.finditer(body) if (word := _word(one[1]))]
        if found:
            return _newest_first(body, found)
    return []


def leading_word(line: str) -> str:
    """The word that a title or a plain text begins or ends with: `[Resolved] …`, `… - Resolved`."""
    plain = _plain(line)
    if "operating normally" in plain:
        return "operational"
    for word in sorted(_KNOWN - {"update", "updated"}, key=len, reverse=True):
        marked = (f"[{word}]", f"({word})", f"{word}:", f"{word} -", f"{word} –", f"{word} —")
        if plain == word or plain.startswith(marked):
            return word
        if plain.endswith((f"[{word}]", f"({word})", f": {word}", f"- {word}", f"– {word}")):
            return word
    return ""


def is_planned_event(body: str) -> bool:
    """Whether the text calls itself a scheduled event, as Statuspage's maintenances do."""
    return _EVENT in body.casefold()


def _newest_first(body: str, found: list[tuple[str, int]]) -> list[str]:
    words = [word for word, _ in found]
    if len(found) > 1:
        first, last = (_written_before(body, at) for _, at in (found[0], found[-1]))
        if first and last and _is_earlier(first, last):
            words.reverse()
    return words


def _word(written: str) -> str:
    plain = _plain(written).strip(" :.-–—[]()")
    return plain if plain in _KNOWN else ""


def _plain(written: str) -> str:
    return " ".join(unescape(_TAGS.sub(" ", written)).replace("_", " ").casefold().split())


def _written_before(body: str, at: int) -> Written | None:
    """The time that stands right before a word, as (month, day, hour, minute)."""
    before = _TAGS.sub("", body[max(0, at - _BEFORE_A_WORD) : at])
    times = _TIME.findall(before)
    if not times:
        return None
    name, *numbers = times[-1]
    day, hour, minute = map(int, numbers)
    return _MONTHS.index(name.lower()), day, hour, minute


def _is_earlier(one: Written, other: Written) -> bool:
    """Whether one time is before the other; no year is written, so the nearer way counts."""
    if abs(one[0] - other[0]) > _HALF_A_YEAR:
        return one > other
    return one < other
