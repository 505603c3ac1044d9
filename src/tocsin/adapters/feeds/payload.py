"""Reading what strangers send: every value is checked before it is believed or stored."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime

from tocsin.detection.signals.ports import PollFailure, PollFailureKind
from tocsin.platform.http import HttpFailure, host_of, readable_address

_SCRIPT_DATE = re.compile(
    r"[A-Z][a-z]{2} ([A-Z][a-z]{2} \d{1,2} \d{4} \d\d:\d\d:\d\d GMT[+-]\d{4})"
)
_UNPRINTABLE = re.compile(r"[\s\x00-\x1f\x7f-\x9f\ud800-\udfff]+")


class ShapeFault(Exception):
    """A payload that is not what its kind promises; the sentence says what is wrong."""


def decode_json(body: bytes) -> object:
    """Decode JSON, or say as a PollFailure what came instead; the label on it does not count."""
    text = body.strip(b" \t\r\n\x00\xef\xbb\xbf")
    if not text:
        return PollFailure(PollFailureKind.EMPTY, "The answer is empty.")
    if text.startswith(b"<"):
        return PollFailure(
            PollFailureKind.HTML, "The answer is a web page or XML instead of status data."
        )
    try:
        decoded: object = json.loads(body)
    except (ValueError, RecursionError):
        return PollFailure(PollFailureKind.NOT_JSON, "The answer is not valid JSON.")
    return decoded


def schema_failure(fault: ShapeFault) -> PollFailure:
    """The failure for a payload of the wrong shape."""
    return PollFailure(PollFailureKind.SCHEMA, f"The status data has an unknown shape: {fault}.")


def mapping(value: object, what: str) -> Mapping[str, object]:
    """An object, or a ShapeFault that names what should have been one."""
    if not isinstance(value, dict):
        raise ShapeFault(f"{what} is not an object")
    return value


def listing(holder: Mapping[str, object], name: str, most: int) -> Sequence[Mapping[str, object]]:
    """A list of objects that must be there; null is an empty one, as some vendors write it.

    More than `most` entries are a ShapeFault, so that no payload keeps the process busy for long.
    """
    if name not in holder:
        raise ShapeFault(f"“{name}” is missing")
    value = holder[name]
    if value is None:
        return ()
    if not isinstance(value, list):
        raise ShapeFault(f"“{name}” is not a list")
    if len(value) > most:
        raise ShapeFault(f"“{name}” has more than {most} entries")
    return [mapping(entry, f"an entry of “{name}”") for entry in value]


def optional_listing(
    holder: Mapping[str, object], name: str, most: int
) -> Sequence[Mapping[str, object]]:
    """The same, for a list that some pages leave out when it is empty."""
    return listing(holder, name, most) if name in holder else ()


def inner(holder: Mapping[str, object], name: str) -> Mapping[str, object]:
    """An object that may be left out; what is no object counts as empty."""
    value = holder.get(name)
    return value if isinstance(value, dict) else {}


def named(entry: Mapping[str, object], what: str, *fields: str) -> str:
    """The first of the fields that says something, as an identity; raises ShapeFault."""
    for name in fields:
        found = text(entry.get(name))
        if found is not None:
            return found
    raise ShapeFault(f"a {what} has neither {' nor '.join(fields)}")


def word(value: object) -> str:
    """A vendor's word in lower case, without blanks around it; empty if there is none."""
    return (text(value) or "").lower()


def text(value: object, limit: int = 300) -> str | None:
    """A string or whole number as one clean line of at most `limit` characters; None if nothing."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    line = _UNPRINTABLE.sub(" ", _short(value, limit)).strip()
    return (line if len(line) <= limit else f"{line[: limit - 1]}…") or None


def instant(value: object) -> datetime | None:
    """An ISO 8601 instant in UTC; None for anything else, and for one without an offset."""
    if not isinstance(value, str):
        return None
    try:
        found = datetime.fromisoformat(value)
        return found.astimezone(UTC) if found.tzinfo else None
    except (ValueError, OverflowError):
        return None


def script_instant(value: object) -> datetime | None:
    """An instant in ISO 8601 or as JavaScript's `Date` prints it; None for anything else.

    `Thu May 13 2021 20:27:29 GMT+0200 (Central European Summer Time)`: ECMA-262, section 21.4.4.41.
    """
    found = instant(value)
    if found is not None or not isinstance(value, str):
        return found
    written = _SCRIPT_DATE.match(value)
    if written is None:
        return None
    try:
        return datetime.strptime(written[1], "%b %d %Y %H:%M:%S GMT%z").astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def web_address(value: object) -> str | None:
    """An http(s) address that is safe to show as a link, else None."""
    if not isinstance(value, str):
        return None
    try:
        host_of(value)
    except HttpFailure:
        return None
    return readable_address(value)


def is_below(url: str, *domains: str) -> bool:
    """Whether an address has one of these domains or a name below it."""
    try:
        host = host_of(url)
    except HttpFailure:
        return False
    return any(host == domain or host.endswith(f".{domain}") for domain in domains)


def stored_address(tidy: Callable[[str], str], url: str) -> str:
    """Tidy an address for storing; raises ValueError with the sentence for its author."""
    try:
        return tidy(url)
    except HttpFailure as failure:
        raise ValueError(failure.sentence) from failure


def _short(value: str | int, limit: int) -> str:
    if isinstance(value, str):
        return value[: limit * 4]
    return str(value) if abs(value) < 10**20 else ""
