"""Opening an address once, as a person would, to see what is there."""

from collections.abc import Sequence
from dataclasses import dataclass

from tocsin.detection.signals.front import MOST_TEXT, FrontPage
from tocsin.platform.http import (
    FailureKind,
    HttpFailure,
    HttpRequest,
    HttpResponse,
    OutgoingClient,
    Oversize,
    Redirects,
    host_of,
    tidy_url,
)

_SECONDS = 8.0
_NO_MATTER_HOW = frozenset({FailureKind.INVALID_URL, FailureKind.PRIVATE_ADDRESS, FailureKind.DNS})


@dataclass(frozen=True, slots=True)
class Opened:
    """An address that was tried, with its answer; None where nobody answers, and `why` not.

    `note` says so where the answer came without encryption although nobody asked for that.
    """

    url: str
    response: HttpResponse | None
    why: str = ""
    note: str | None = None


def addresses_of(written: str) -> tuple[str, ...]:
    """What a person may mean: without a scheme https, else http; raises HttpFailure for no address."""
    address = tidy_url(written)
    if "://" in written:
        return (address,)
    return (address, tidy_url(f"http://{written.strip()}"))


async def open_first(addresses: Sequence[str], client: OutgoingClient) -> Opened:
    """The first of these addresses that answers, whatever it answers."""
    failures: list[HttpFailure] = []
    for url in addresses:
        try:
            response = await open_front(url, client)
        except HttpFailure as failure:
            failures.append(failure)
            if failure.kind in _NO_MATTER_HOW:
                break
            continue
        return Opened(url, response, note=_note(url, failures))
    why = " ".join(dict.fromkeys(failure.sentence for failure in failures))
    return Opened(addresses[0], None, why)


def _note(url: str, failures: Sequence[HttpFailure]) -> str | None:
    if not failures:
        return None
    return (
        f"{host_of(url)} was asked by http, without encryption, because https did not answer: "
        f"{failures[0].sentence}"
    )


async def open_front(url: str, client: OutgoingClient) -> HttpResponse:
    """The answer of an address, wherever it leads; raises HttpFailure."""
    return await client.fetch(
        HttpRequest(
            url,
            "probe",
            headers={"Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5"},
            redirects=Redirects.ANYWHERE,
            oversize=Oversize.CUT,
            total_seconds=_SECONDS,
            attempts=1,
            breaker=False,
        )
    )


def front_of(response: HttpResponse) -> FrontPage:
    """What an answer shows."""
    media_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    text = response.body[:MOST_TEXT].decode("utf-8", errors="replace")
    return FrontPage(response.final_url, media_type, text)
