"""When an answer counts as good, and the words for when it does not."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Protocol

from tocsin.kernel.status import Status

_EXPECTATION = re.compile(r"([1-5])xx|(\d{3})(?:-(\d{3}))?")
_SHOWN = 60


class Query(Protocol):
    """A compiled JMESPath expression."""

    def search(self, value: Any) -> Any:
        """What it finds; raises jmespath's JMESPathError."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a good answer looks like; statuses are inclusive ranges, `slow_ms` in milliseconds.

    `json_expected` None: whatever `query` finds, as long as it is neither empty nor false.
    """

    statuses: Sequence[tuple[int, int]]
    keyword: str | None = None
    keyword_absent: str | None = None
    query: Query | None = None
    json_expected: str | None = None
    slow_ms: int | None = None

    @property
    def reads_body(self) -> bool:
        """Whether the body matters at all."""
        return bool(self.keyword or self.keyword_absent or self.query)


@dataclass(frozen=True, slots=True)
class Seen:
    """What matters of an answer; `response_ms` is how long it took."""

    status: int
    response_ms: float
    body: bytes = b""
    body_cut: bool = False
    content_type: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the answer means, why in a sentence, and the fault's one word."""

    status: Status
    detail: str
    fault: str | None = None


def status_range(text: str) -> tuple[int, int]:
    """Read `200`, `200-299` or `2xx`; raises ValueError with a sentence for anything else."""
    match = _EXPECTATION.fullmatch(text.strip().lower())
    if match is None:
        raise ValueError(f"“{text}” is neither a status (200), a range (200-299) nor a class (2xx)")
    hundred, first, last = match.groups()
    if hundred:
        return int(hundred) * 100, int(hundred) * 100 + 99
    low, high = int(first), int(last or first)
    if not 100 <= low <= high <= 599:
        raise ValueError(f"“{text}” is not a range of statuses between 100 and 599")
    return low, high


def judge(seen: Seen, expected: Expectation) -> Verdict:
    """Operational if the answer is as expected, degraded if it only took too long, else an outage."""
    says = f"Answers with {status_words(seen.status)}"
    if not any(low <= seen.status <= high for low, high in expected.statuses):
        return Verdict(Status.MAJOR_OUTAGE, f"{says}.", "status")
    wrong = _content(seen, expected) if expected.reads_body else None
    if wrong is not None:
        return wrong
    if expected.slow_ms is not None and seen.response_ms > expected.slow_ms:
        detail = f"{says}, but takes longer than {expected.slow_ms} ms."
        return Verdict(Status.DEGRADED, detail, "slow")
    return Verdict(Status.OPERATIONAL, f"{says}.")


def status_words(status: int) -> str:
    """A status code with its name, where it has one: "503 (Service Unavailable)"."""
    try:
        return f"{status} ({HTTPStatus(status).phrase})"
    except ValueError:
        return str(status)


def _content(seen: Seen, expected: Expectation) -> Verdict | None:
    if expected.keyword or expected.keyword_absent:
        page = _page(seen)
        if expected.keyword is not None and expected.keyword not in page:
            where = "the first 8 MB of the page" if seen.body_cut else "the page"
            return _bad(f"“{expected.keyword}” is missing from {where}.", "keyword")
        if expected.keyword_absent is not None and expected.keyword_absent in page:
            return _bad(f"“{expected.keyword_absent}” is on the page.", "keyword")
    if expected.query is not None:
        return _queried(seen, expected.query, expected.json_expected)
    return None


def _queried(seen: Seen, query: Query, wanted: str | None) -> Verdict | None:
    from jmespath.exceptions import JMESPathError

    if seen.body_cut:
        return _bad("The answer is larger than 8 MB, too large to look into.", "too_large")
    try:
        document = json.loads(seen.body)
    except (ValueError, RecursionError):
        return _bad("The answer is not valid JSON.", "json")
    try:
        found = query.search(document)
    except JMESPathError:
        return _bad("The JSON query does not fit what the answer holds.", "json")
    if wanted is None:
        nothing = found is None or found is False or found in ("", [], {})
        return _bad("The JSON query finds nothing.", "json") if nothing else None
    text = _as_text(found)
    if text == wanted:
        return None
    return _bad(f"The JSON query finds “{_short(text)}” instead of “{_short(wanted)}”.", "json")


def _as_text(found: Any) -> str:
    return found if isinstance(found, str) else json.dumps(found, ensure_ascii=False)


def _short(text: str) -> str:
    line = " ".join("".join(c if c.isprintable() else " " for c in text[:500]).split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"


def _bad(detail: str, fault: str) -> Verdict:
    return Verdict(Status.MAJOR_OUTAGE, detail, fault)


def _page(seen: Seen) -> str:
    label = seen.content_type.lower()
    charset = label.partition("charset=")[2].partition(";")[0].strip(" \"'")
    try:
        return seen.body.decode(charset or "utf-8", errors="replace")
    except (LookupError, ValueError):
        return seen.body.decode(errors="replace")
