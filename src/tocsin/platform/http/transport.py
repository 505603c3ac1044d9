"""One attempt: a connection from a pool, redirects followed by ourselves, one complete answer."""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack

from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout, DummyCookieJar
from aiohttp import TCPConnector as Connector
from aiohttp.abc import AbstractResolver

from tocsin.kernel.clock import Clock
from tocsin.platform.http.backoff import read_retry_after
from tocsin.platform.http.body import read_body
from tocsin.platform.http.failures import FailureKind, HttpFailure, failure_from
from tocsin.platform.http.model import (
    SAFE_METHODS,
    HttpRequest,
    HttpResponse,
    Redirects,
    Validators,
)
from tocsin.platform.http.targets import (
    Target,
    next_hop,
    open_public_socket,
    readable_address,
)

_MOST_HOPS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_LONGEST_ECHO = 1_000


_Answer = tuple[ClientResponse, bytes, bool]


class Transport:
    """The connection pools: one for everybody, one that refuses private addresses."""

    def __init__(
        self, clock: Clock, user_agent: str, resolver: Callable[[], AbstractResolver]
    ) -> None:
        self._clock = clock
        self._user_agent = user_agent
        self._resolver = resolver
        self._open = AsyncExitStack()
        self._sessions: dict[bool, ClientSession] = {}

    async def start(self) -> None:
        """Open the pools inside the running event loop."""
        resolver = self._resolver()
        self._open.push_async_callback(resolver.close)
        plain = Connector(resolver=resolver, limit=128, limit_per_host=32)
        guarded = Connector(
            resolver=resolver,
            limit=64,
            limit_per_host=8,
            happy_eyeballs_delay=None,
            socket_factory=open_public_socket,
        )
        for guard, connector in ((False, plain), (True, guarded)):
            session = ClientSession(
                connector=connector,
                cookie_jar=DummyCookieJar(),
                auto_decompress=False,
                headers={"User-Agent": self._user_agent, "Accept-Encoding": "gzip"},
            )
            self._sessions[guard] = await self._open.enter_async_context(session)

    async def stop(self) -> None:
        """Close all connections; requests under way fail."""
        self._sessions.clear()
        await self._open.aclose()

    async def ask(self, request: HttpRequest, target: Target) -> HttpResponse:
        """Send the request once and follow redirects as far as it allows.

        Headers stay with the origin they were meant for. Raises HttpFailure.
        """
        hop, headers = target, _headers(request, target)
        visited = {target.url}
        started = asyncio.get_running_loop().time()
        while True:
            answer = await self._once(request, hop, headers)
            elapsed = asyncio.get_running_loop().time() - started
            response = self._response(answer, hop.host != target.host, elapsed)
            location = response.headers.get("location")
            if not (location and _is_followed(request, response)):
                return response
            following = next_hop(hop.url, location)
            _refuse_if_stray(request, target, following)
            if following.url in visited or len(visited) > _MOST_HOPS:
                raise HttpFailure(
                    FailureKind.REDIRECT_REFUSED, f"{hop.host} redirects in a circle."
                )
            if following.url.origin() != hop.url.origin():
                headers = {}
            visited.add(following.url)
            hop = following

    async def _once(self, request: HttpRequest, hop: Target, headers: Mapping[str, str]) -> _Answer:
        try:
            async with self._session(request).request(
                request.method,
                hop.url,
                headers=headers,
                data=request.body,
                allow_redirects=False,
                timeout=ClientTimeout(total=None, sock_connect=request.connect_seconds),
            ) as response:
                body, cut = b"", False
                if response.status not in _REDIRECTS and request.method != "HEAD":
                    body, cut = await read_body(response, request)
                return response, body, cut
        except (ClientError, OSError) as error:
            raise failure_from(error, hop.host) from error

    def _session(self, request: HttpRequest) -> ClientSession:
        if not self._sessions:
            raise RuntimeError("the outgoing HTTP client is not started")
        return self._sessions[request.guard_private_addresses]

    def _response(self, answer: _Answer, host_changed: bool, elapsed: float) -> HttpResponse:
        raw, body, cut = answer
        headers = {name.lower(): value for name, value in raw.headers.items()}
        etag, last_modified = headers.get("etag"), headers.get("last-modified")
        return HttpResponse(
            status=raw.status,
            reason=_clean(raw.reason) or "",
            headers=headers,
            body=body,
            final_url=readable_address(raw.url),
            redirected_host_changed=host_changed,
            validators=Validators(_clean(etag), _clean(last_modified)),
            retry_after_seconds=read_retry_after(headers.get("retry-after"), self._clock.now()),
            elapsed_ms=round(elapsed * 1000),
            body_cut=cut,
        )


def _headers(request: HttpRequest, target: Target) -> dict[str, str]:
    conditions = {
        "If-None-Match": request.validators.etag,
        "If-Modified-Since": request.validators.last_modified,
        "Authorization": target.authorization,
    }
    sent = {name: value for name, value in conditions.items() if value}
    return sent | dict(request.headers)


def _clean(value: str | None) -> str | None:
    """What a server sent, if it can be stored and sent back."""
    return value if value and value.isprintable() and len(value) <= _LONGEST_ECHO else None


def _is_followed(request: HttpRequest, response: HttpResponse) -> bool:
    return (
        response.status in _REDIRECTS
        and request.method in SAFE_METHODS
        and request.redirects is not Redirects.REPORT
    )


def _refuse_if_stray(request: HttpRequest, first: Target, following: Target) -> None:
    if request.redirects is Redirects.SAME_HOST and following.host != first.host:
        raise HttpFailure(
            FailureKind.REDIRECT_REFUSED,
            f"{first.host} redirects to another host, {following.host}.",
            location=readable_address(following.url),
        )
