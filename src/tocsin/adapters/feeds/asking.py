"""How feeds are asked: politely every time, and once more thoroughly when a person tests one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from http import HTTPStatus

from yarl import URL

from tocsin.adapters.feeds.payload import ShapeFault, decode_json, schema_failure
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

_NOT_HERE = frozenset({400, 404, 405, 410})
_MOST_REQUESTS = 25


@dataclass(frozen=True, slots=True)
class Further:
    """One more answer that a page takes: another list, or the next page of one.

    `addresses` are tried in turn where the one before has nothing (404 and its like). What is at
    none of them is None among the answers if it is `optional`, else the poll fails.
    """

    name: str
    addresses: tuple[str, ...]
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Answers:
    """The decoded answers of one page: the first one, and the further ones by their names."""

    first: object
    further: Mapping[str, object] = field(default_factory=dict)

    @classmethod
    def of(cls, payload: object) -> "Answers":
        """All answers, or a single payload as the first of them."""
        return payload if isinstance(payload, cls) else cls(payload)


NextRequest = Callable[[Answers, str], Further | None]


@dataclass(frozen=True, slots=True)
class Feed:
    """Where the feed of a page lies, how its page is found again, and how it is read.

    `address` gives the address that is polled for a page's, `others` where older or newer pages of
    the kind have it instead; `page_of` undoes that. `found_at` is for kinds whose data lie on
    another host than the page: the page for the one asked about and the address that answered. A
    feed with `next_request` takes several requests: its `parse` is given Answers, and nobody can
    tell that all of them are unchanged.
    """

    address: Callable[[str], str]
    page_of: Callable[[str], str]
    parse: Callable[[object], Reading | PollFailure]
    decode: Callable[[bytes], object] = decode_json
    accept: str = "application/json"
    found_at: Callable[[str, str], str] | None = None
    others: Callable[[str], Sequence[str]] = lambda page: ()
    next_request: NextRequest | None = None

    def addresses(self, page: str) -> tuple[str, ...]:
        """The places where the feed of a page may be, the likeliest first."""
        return (self.address(page), *self.others(page))

    def page_behind(self, page: str, answered: str) -> str:
        """The page that was found, when its feed was asked for and this address answered."""
        return self.found_at(page, answered) if self.found_at else self.page_of(answered)


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
    sent = validators if feed.next_request is None else NO_VALIDATORS
    asker = _Asker(feed, client, lambda address: _polled(address, feed, sent))
    try:
        response = await asker.first_there(feed.addresses(page))
    except HttpFailure as failure:
        return _poll_failure(failure, feed), validators
    if response.not_modified and sent != NO_VALIDATORS:
        return Unchanged(response.elapsed_ms), validators
    read = await asker.read(page, response)
    if isinstance(read, PollFailure):
        return read, NO_VALIDATORS if response.ok else validators
    known = response.validators if feed.next_request is None else NO_VALIDATORS
    return read.reading, known


async def find_feed(feed: Feed, page: str, client: OutgoingClient) -> Found | PollFailure:
    """Find a feed wherever its page has moved to; the failure is that of the address given."""
    found = await _look(feed, page, client)
    if isinstance(found, Found):
        return found
    moved = await _moved_to(page, client)
    again = await _look(feed, moved, client) if moved else found
    return again if isinstance(again, Found) else found


async def ask_for_list(
    address: str, client: OutgoingClient, decode: Callable[[bytes], object] = decode_json
) -> object | None:
    """A list that helps whoever tests a source, decoded; None where there is none to be had."""
    request = HttpRequest(
        address,
        "probe",
        headers={"Accept": "application/json"},
        redirects=Redirects.ANYWHERE,
        total_seconds=5,
        attempts=1,
        breaker=False,
    )
    try:
        response = await client.fetch(request)
    except HttpFailure:
        return None
    payload = decode(response.body) if response.ok else None
    return None if isinstance(payload, PollFailure) else payload


async def _look(feed: Feed, page: str, client: OutgoingClient) -> Found | PollFailure:
    headers = {"Accept": feed.accept}
    asker = _Asker(feed, client, lambda address: _tested(address, headers))
    try:
        return await asker.read(page, await asker.first_there(feed.addresses(page)))
    except HttpFailure as failure:
        return _poll_failure(failure, feed)


@dataclass(frozen=True, slots=True)
class _Asker:
    """Asks for everything that a page's reading takes, in one manner."""

    feed: Feed
    client: OutgoingClient
    request: Callable[[str], HttpRequest]

    async def first_there(self, addresses: Sequence[str]) -> HttpResponse:
        """The answer of the first address that has one, else that of the first; raises HttpFailure."""
        first = await self.client.fetch(self.request(addresses[0]))
        response = first
        for address in addresses[1:]:
            if not self._is_nothing(response):
                return response
            response = await self.client.fetch(self.request(address))
        return first if self._is_nothing(response) else response

    async def read(self, page: str, response: HttpResponse) -> Found | PollFailure:
        """What an answer says, with the further ones that it takes."""
        payload = _payload(self.feed, response)
        if isinstance(payload, PollFailure):
            return payload
        page = self.feed.page_behind(page, response.final_url)
        whole, spent = await self._complete(payload, page), response.elapsed_ms
        if isinstance(whole, PollFailure):
            return whole
        reading = self.feed.parse(whole)
        if isinstance(reading, PollFailure):
            return reading
        return Found(page, whole, reading.taking(spent))

    async def _complete(self, payload: object, page: str) -> object:
        """The payload with all that belongs to it, or the failure of one of its parts."""
        if self.feed.next_request is None:
            return payload
        answers = Answers(payload)
        try:
            for _ in range(_MOST_REQUESTS):
                wanted = self.feed.next_request(answers, page)
                if wanted is None:
                    return answers
                answer = await self._ask(wanted)
                if isinstance(answer, PollFailure):
                    return answer
                answers = Answers(payload, {**answers.further, wanted.name: answer})
        except ShapeFault as fault:
            return schema_failure(fault)
        return schema_failure(ShapeFault(f"it takes more than {_MOST_REQUESTS} requests"))

    async def _ask(self, wanted: Further) -> object:
        try:
            response = await self.first_there(wanted.addresses)
        except HttpFailure as failure:
            return _poll_failure(failure, self.feed)
        if wanted.optional and response.status in _NOT_HERE:
            return None
        return _payload(self.feed, response)

    def _is_nothing(self, response: HttpResponse) -> bool:
        """Whether it is worth looking elsewhere: nothing there, or a web page for an answer."""
        is_page = "json" in self.feed.accept and response.body[:200].lstrip().startswith(b"<")
        return response.status in _NOT_HERE or (response.ok and is_page)


async def _moved_to(page: str, client: OutgoingClient) -> str | None:
    """The root of the host that the page itself redirects to, if that is another one."""
    try:
        response = await client.fetch(_tested(page, {}))
    except HttpFailure:
        return None
    return str(URL(response.final_url).origin()) if response.redirected_host_changed else None


def _polled(url: str, feed: Feed, validators: Validators) -> HttpRequest:
    return HttpRequest(
        url,
        "poll",
        headers={"Accept": feed.accept},
        validators=validators,
        total_seconds=10,
    )


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


def _payload(feed: Feed, response: HttpResponse) -> object:
    return feed.decode(response.body) if response.ok else _refusal(response)


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
