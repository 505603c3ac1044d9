"""The search: likely kinds first, then all that may live anywhere, then feeds that are linked."""

import asyncio
import contextlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import structlog
from pydantic import ValidationError
from yarl import URL

from tocsin.detection.signals.front import FrontPage
from tocsin.detection.signals.model import PollFailure, Probe
from tocsin.detection.signals.ports import SourceFields, SourceKind, spec_of
from tocsin.kernel.errors import FieldError, Invalid, invalid_field
from tocsin.platform.http import HttpFailure, OutgoingClient, host_of

from .likely import candidates, is_at_home, is_feed, is_likely, reads_linked_feeds, recognises
from .model import Attempt, Discovery, Suggestion
from .opening import Opened, addresses_of, front_of, open_first
from .thrifty import ThriftyClient

log = structlog.get_logger("tocsin.signals")

_SECONDS_PER_KIND = 8
_SECONDS_IN_ALL = 25
_AT_ONCE = 4
_MOST_LINKED_FEEDS = 2
_MOST_LINKED_PAGES = 40
_MOST_SUGGESTIONS = 5


@dataclass(frozen=True, slots=True)
class _Match:
    """A kind that reads the address, and what it found."""

    fields: SourceFields
    probe: Probe


_Outcome = tuple[Attempt, _Match | None]


@dataclass(slots=True)
class _Search:
    """One search under way: what is known, what was tried, what was found."""

    kinds: Sequence[SourceKind]
    client: ThriftyClient
    front: FrontPage
    tried: list[Attempt] = field(default_factory=list)
    matches: list[_Match] = field(default_factory=list)
    lacking: dict[str, list[str]] = field(default_factory=dict)

    @property
    def is_settled(self) -> bool:
        """Whether a kind was found that lists what there is."""
        return any(match.probe.components for match in self.matches)


async def discover(kinds: Iterable[SourceKind], client: OutgoingClient, url: str) -> Discovery:
    """Find the kind that reads an address, and what there is to choose from.

    An address without a scheme is asked by https, and by http where that does not answer.
    Raises Invalid for what is no address, and (`nothing_found`) where nobody answers, with the
    reason. A website without status data is an answer: its `kind` is None.
    """
    try:
        addresses = addresses_of(url)
    except HttpFailure as failure:
        raise invalid_field("url", failure.sentence) from failure
    lent = ThriftyClient(client)
    try:
        opened = await open_first(addresses, lent)
        found = await _search([kind for kind in kinds if is_feed(kind)], lent, opened)
        return replace(found, note=opened.note)
    finally:
        await lent.rest()


async def _search(kinds: Sequence[SourceKind], client: ThriftyClient, at: Opened) -> Discovery:
    url, opened = at.url, at.response
    if opened is None and not any(recognises(kind, url) for kind in kinds):
        raise _nothing(at.why)
    front = front_of(opened) if opened else FrontPage(url)
    search = _Search(kinds, client, front)
    with contextlib.suppress(TimeoutError):  # what was found until then counts
        async with asyncio.timeout(_SECONDS_IN_ALL):
            for place in _places(front):
                await _try_waves(search, place, url)
            if not search.is_settled:
                await _try_all(search, _linked(kinds, front))
    if search.matches:
        return _found(search)
    if not search.lacking and (opened is None or not opened.ok):
        answered = f"{host_of(front.url)} answered {opened.status}. " if opened else ""
        raise _nothing(f"{answered}{_tried_words(search)}")
    return _website(search)


def _places(front: FrontPage) -> list[FrontPage]:
    """The page itself, then the root of its host: people paste addresses from deep within."""
    root = str(URL(front.url).origin())
    within = URL(front.url).path not in ("", "/")
    return [front, replace(front, url=root)] if within else [front]


async def _try_waves(search: _Search, front: FrontPage, url: str) -> None:
    kinds = search.kinds
    likely = [kind for kind in kinds if is_likely(kind, front, url)]
    for wave in (likely, [kind for kind in kinds if kind not in likely and is_at_home(kind)]):
        if not search.is_settled:
            await _try_all(search, [one for kind in wave for one in candidates(kind, front)])


def _linked(kinds: Sequence[SourceKind], front: FrontPage) -> list[Mapping[str, Any]]:
    return [
        {"kind": kind.kind, "url": address}
        for kind in kinds
        if reads_linked_feeds(kind)
        for address in front.linked_feeds()[:_MOST_LINKED_FEEDS]
    ]


async def _try_all(search: _Search, sources: Sequence[Mapping[str, Any]]) -> None:
    places = asyncio.Semaphore(_AT_ONCE)

    async def attempt(source: Mapping[str, Any]) -> _Outcome | None:
        async with places:
            return await _try(search, source)

    known = {(one.kind, one.url) for one in search.tried}
    new = [source for source in sources if (source["kind"], source.get("url")) not in known]
    found = await asyncio.gather(*(attempt(source) for source in new))
    for attempted, match in filter(None, found):
        search.tried.append(attempted)
        if match:
            search.matches.append(match)


async def _try(search: _Search, source: Mapping[str, Any]) -> _Outcome | None:
    kind = next(one for one in search.kinds if one.kind == source["kind"])
    try:
        fields = kind.schema.model_validate(dict(source))
    except ValidationError as error:
        if recognises(kind, search.front.url):
            search.lacking[kind.kind] = sorted({str(one["loc"][0]) for one in _faults(error)})
        return None
    probe = await _probe(kind, fields, search.client)
    address = str(source.get("url", search.front.url))
    if isinstance(probe, Probe):
        return Attempt(kind.kind, address), _Match(fields, probe)
    return Attempt(kind.kind, address, probe), None


def _faults(error: ValidationError) -> list[Any]:
    """What a source lacks besides its address; a rule over several fields names none."""
    return [one for one in error.errors(include_url=False) if one["loc"]]


async def _probe(kind: SourceKind, fields: SourceFields, client: OutgoingClient) -> Probe | str:
    """What a kind finds, or a sentence that says why it finds nothing."""
    try:
        async with asyncio.timeout(_SECONDS_PER_KIND):
            found = await kind.probe(spec_of(fields), client)
    except TimeoutError:
        return f"There was no answer within {_SECONDS_PER_KIND} seconds."
    except Exception as error:
        log.exception("signals.reader_failed", kind=kind.kind)
        return f"Reading the source failed ({type(error).__name__})."
    return found.sentence if isinstance(found, PollFailure) else found


def _found(search: _Search) -> Discovery:
    """The best match; where several list components, the one that is tried first."""
    best = next((one for one in search.matches if one.probe.components), search.matches[0])
    others = [one for one in search.matches if one is not best]
    return Discovery(
        kind=best.fields.kind,
        url=best.probe.url or search.front.url,
        name=best.probe.name or search.front.title,
        source=_source(best),
        components=best.probe.components,
        reading=best.probe.reading,
        tried=search.tried,
        suggestions=[
            Suggestion(_source(one), one.probe.name, "It can be read like this, too.")
            for one in others[:_MOST_SUGGESTIONS]
        ],
    )


def _source(match: _Match) -> Mapping[str, Any]:
    """The source as it would be saved, at the address that was found."""
    written = match.fields.model_dump(mode="json", exclude_unset=True, exclude_none=True)
    written["kind"] = match.fields.kind
    if match.probe.url is not None:
        written["url"] = match.probe.url
    return written


def _website(search: _Search) -> Discovery:
    """A website that shows no status data: what it lacks, what it links to, a check of itself."""
    front = search.front
    known = [
        Suggestion({"kind": kind, "url": front.url}, front.title, _lacks(kind, fields))
        for kind, fields in search.lacking.items()
    ]
    linked = [
        Suggestion({"kind": kind.kind, "url": address}, None, f"{host_of(front.url)} links to it.")
        for address in front.linked_pages(_MOST_LINKED_PAGES)
        for kind in search.kinds
        if recognises(kind, address)
    ]
    itself = Suggestion(
        {"kind": "http", "url": front.url},
        front.title or host_of(front.url),
        "Watch the website itself: whether it answers, how fast, and what it says.",
    )
    return Discovery(
        kind=None,
        url=front.url,
        name=front.title,
        source=None,
        components=(),
        reading=None,
        tried=search.tried,
        suggestions=[*known, *linked[:_MOST_SUGGESTIONS], itself],
    )


def _lacks(kind: str, fields: Sequence[str]) -> str:
    more = f": {', '.join(fields)}" if fields else " than an address"
    return f"This is a page of the kind {kind}, which needs more{more}."


def _tried_words(search: _Search) -> str:
    kinds = dict.fromkeys(attempt.kind for attempt in search.tried)
    return f"Nothing that can be read was found there; tried: {', '.join(kinds) or 'nothing'}."


def _nothing(sentence: str) -> Invalid:
    return Invalid(sentence, code="nothing_found", errors=[FieldError("url", sentence)])
