"""How feeds are asked: politely every time, and once more thoroughly when a person tests one."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from http import HTTPStatus

from yarl import URL

from tocsin.adapters.feeds.payload import decode_json
from tocsin.detection.signals.ports import (
    NO_VALIDATORS,
    PollFailure,
    PollFailureKind,
    PollOutcome,
    Reading,
    Unchanged,
    Validators,
)
from tocsin.platform.http import (
    HttpFailure,
    HttpRequest,
    HttpResponse,
    OutgoingClient,
    Redirects,
    host_of,
)


@dataclass(frozen=True, slots=True)
class Feed:
    """Where the feed of a page lies, how its page is found again, and how it is read.

    `address` gives the address that is polled for a page's; `page_of` undoes that.
    """

    address: Callable[[str], str]
    page_of: Callable[[str], str]
    parse: Callable[[object], Reading | PollFailure]
    decode: Callable[[bytes], object] = decode_json
    accept: str = "application/json"


def below(path: str) -> Callable[[str], str]:
    """For feeds that lie at a path below their page."""
    return lambda page: page.rstrip("/") + path


@dataclass(frozen=True, slots=True)
class Found:
    """A feed that answered: its page's address, its payload, and the reading."""

    page: str
    payload: object
    reading: Reading


async def poll_feed(
    feed: Feed, page: str, client: OutgoingClient, validators: Validators
) -> tuple[PollOutcome, Validators]:
    """Ask a feed once; a redirect to another host is a failure that names the new page.

    An answer that cannot be read forgets the validators, so that it is never called unchanged.
    """
    request = HttpRequest(
        feed.address(page),
        "poll",
        headers={"Accept": feed.accept},
        validators=validators,
        total_seconds=10,
    )
    try:
        response = await client.fetch(request)
    except HttpFailure as failure:
        return _poll_failure(failure, feed), validators
    if response.not_modified and validators != NO_VALIDATORS:
        return Unchanged(response.elapsed_ms), validators
    read = _read(feed, response)
    if isinstance(read, PollFailure):
        return read, NO_VALIDATORS if response.ok else validators
    return read.reading, response.validators


async def find_feed(feed: Feed, page: str, client: OutgoingClient) -> Found | PollFailure:
    """Find a feed wherever its page has moved to; the failure is that of the address given."""
    found = await _look(feed, page, client)
    if isinstance(found, Found):
        return found
    moved = await _moved_to(page, client)
    again = await _look(feed, moved, client) if moved else found
    return again if isinstance(again, Found) else found


async def _look(feed: Feed, page: str, client: OutgoingClient) -> Found | PollFailure:
    try:
        response = await client.fetch(_tested(feed.address(page), {"Accept": feed.accept}))
    except HttpFailure as failure:
        return _poll_failure(failure, feed)
    return _read(feed, response)


async def _moved_to(page: str, client: OutgoingClient) -> str | None:
    """The root of the host that the page itself redirects to, if that is another one."""
    try:
        response = await client.fetch(_tested(page, {}))
    except HttpFailure:
        return None
    return str(URL(response.final_url).origin()) if response.redirected_host_changed else None


def _tested(url: str, headers: dict[str, str]) -> HttpRequest:
    return HttpRequest(
        url,
        "probe",
        headers=headers,
        redirects=Redirects.ANYWHERE,
        total_seconds=10,
        attempts=1,
        breaker=False,
    )


def _read(feed: Feed, response: HttpResponse) -> Found | PollFailure:
    if not response.ok:
        return _refusal(response)
    payload = feed.decode(response.body)
    if isinstance(payload, PollFailure):
        return payload
    reading = feed.parse(payload)
    if isinstance(reading, PollFailure):
        return reading
    return Found(feed.page_of(response.final_url), payload, reading.taking(response.elapsed_ms))


def _refusal(response: HttpResponse) -> PollFailure:
    limited = response.status == HTTPStatus.TOO_MANY_REQUESTS
    return PollFailure(
        PollFailureKind.RATE_LIMITED if limited else PollFailureKind.HTTP_STATUS,
        f"{host_of(response.final_url)} answered {status_words(response.status)}.",
        retry_after_seconds=response.retry_after_seconds,
    )


def status_words(status: int) -> str:
    """A status code with its name, where it has one: "503 (Service Unavailable)"."""
    try:
        return f"{status} ({HTTPStatus(status).phrase})"
    except ValueError:
        return str(status)


def _poll_failure(failure: HttpFailure, feed: Feed) -> PollFailure:
    return replace(
        failure_from_http(failure),
        redirected_to=feed.page_of(failure.location) if failure.location else None,
    )


def failure_from_http(failure: HttpFailure) -> PollFailure:
    """The outgoing client's failure in the words of the port."""
    return PollFailure(
        PollFailureKind(failure.kind.value),
        failure.sentence,
        retry_after_seconds=failure.retry_after_seconds,
    )
