"""When an answer counts as good, and the words for when it does not."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tocsin.adapters.feeds.asking import status_words
from tocsin.detection.signals.ports import Reading
from tocsin.kernel.status import Status
from tocsin.platform.http import HttpResponse

_EXPECTATION = re.compile(r"([1-5])xx|(\d{3})(?:-(\d{3}))?")


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a good answer looks like; statuses are inclusive ranges."""

    statuses: Sequence[tuple[int, int]]
    keyword: str | None = None
    keyword_absent: str | None = None


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


def judge(response: HttpResponse, expected: Expectation) -> Reading:
    """Operational if the answer is as expected, else a major outage that names the fault."""
    fault = _fault(response, expected)
    if fault:
        return Reading(Status.MAJOR_OUTAGE, fault, response_ms=response.elapsed_ms)
    return Reading(
        Status.OPERATIONAL,
        f"Answers with {status_words(response.status)}.",
        response_ms=response.elapsed_ms,
    )


def _fault(response: HttpResponse, expected: Expectation) -> str | None:
    if not any(low <= response.status <= high for low, high in expected.statuses):
        return f"Answers with {status_words(response.status)}."
    if expected.keyword is None and expected.keyword_absent is None:
        return None
    page = _page(response)
    if expected.keyword is not None and expected.keyword not in page:
        where = "the first 8 MB of the page" if response.body_cut else "the page"
        return f"“{expected.keyword}” is missing from {where}."
    if expected.keyword_absent is not None and expected.keyword_absent in page:
        return f"“{expected.keyword_absent}” is on the page."
    return None


def _page(response: HttpResponse) -> str:
    label = response.headers.get("content-type", "").lower()
    charset = label.partition("charset=")[2].partition(";")[0].strip(" \"'")
    try:
        return response.body.decode(charset or "utf-8", errors="replace")
    except LookupError:
        return response.body.decode(errors="replace")
