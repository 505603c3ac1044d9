"""The HTTP check: one request over a connection of its own, measured by phase, judged."""

import asyncio
from typing import ClassVar

from tocsin.adapters.checks.base import CannotCheck, OwnCheckKind, outage
from tocsin.adapters.checks.fields import stored_address
from tocsin.adapters.checks.http.rules import Expectation, Seen, Verdict, judge, status_range
from tocsin.adapters.checks.http.sealing import opened_body, opened_headers, sealed
from tocsin.adapters.checks.http.source import HttpSource
from tocsin.detection.signals.ports import (
    CheckAnswer,
    MonitorFields,
    Phases,
    SourceFields,
    SourceSpec,
)
from tocsin.kernel.clock import Clock
from tocsin.platform.http import (
    BODY_LIMIT,
    HttpFailure,
    MeasuredAnswer,
    MeasuredFetch,
    MeasuredRequest,
    ReadyRequest,
    Stopwatch,
    WireFault,
    host_of,
)

_TIMED_ONLY = 1024 * 1024
_LONG = 256 * 1024
_SHARED = (("User-Agent", "Tocsin"), ("Accept", "*/*"))


class HttpKind(OwnCheckKind):
    """Checks of websites and HTTP interfaces."""

    kind: ClassVar[str] = "http"
    schema: ClassVar[type[SourceFields]] = HttpSource

    def normalise(self, url: str) -> str:
        """Tidy the address; raises ValueError with a sentence."""
        return stored_address(url)

    def seal(self, fields: SourceFields) -> HttpSource:
        """Seal the credentials and the body; raises Invalid."""
        assert isinstance(fields, HttpSource)
        return sealed(fields, self.parts.secrets)

    def prepare(self, fields: MonitorFields) -> "HttpCheck":
        """Write the request down and compile what is expected; raises CannotCheck."""
        assert isinstance(fields, HttpSource)
        expected = _expectation(fields)
        fetch = MeasuredFetch(self.parts.wires)
        headers = opened_headers(fields, self.parts.secrets)
        try:
            body = opened_body(fields, self.parts.secrets)
            ready = fetch.prepare(_request(fields, expected, headers, body))
        except HttpFailure as failure:
            raise CannotCheck(failure.sentence) from failure
        return HttpCheck(fetch, ready, expected, self.parts.clock)

    def name_of(self, spec: SourceSpec) -> str | None:
        """The host of the address."""
        return host_of(spec.url or "")


class HttpCheck:
    """A prepared HTTP check."""

    __slots__ = ("_clock", "_expected", "_fetch", "_ready")

    def __init__(
        self, fetch: MeasuredFetch, ready: ReadyRequest, expected: Expectation, clock: Clock
    ) -> None:
        self._fetch = fetch
        self._ready = ready
        self._expected = expected
        self._clock = clock

    async def run(self) -> CheckAnswer:
        """Ask once and judge the answer."""
        watch = Stopwatch()
        try:
            answer = await self._fetch.fetch(self._ready, watch)
        except WireFault as fault:
            return outage(fault, watch)
        took = watch.total_ms
        verdict = await self._judge(answer, took)
        return CheckAnswer(
            verdict.status,
            verdict.detail,
            took,
            answer.status,
            verdict.fault,
            Phases(**watch.spent),
            self._figures(answer),
        )

    async def _judge(self, answer: MeasuredAnswer, took: float) -> Verdict:
        seen = Seen(answer.status, took, answer.body, answer.body_cut, answer.content_type)
        if len(seen.body) < _LONG:
            return judge(seen, self._expected)
        return await asyncio.to_thread(judge, seen, self._expected)

    def _figures(self, answer: MeasuredAnswer) -> dict[str, float]:
        ends_at = answer.certificate_ends_at
        return {} if ends_at is None else {"days_left": (ends_at - self._clock.now()).days}


def _request(
    source: HttpSource, expected: Expectation, headers: dict[str, str], body: bytes | None
) -> MeasuredRequest:
    packed = (("Accept-Encoding", "gzip"),) if expected.reads_body else ()
    return MeasuredRequest(
        source.url,
        source.method,
        headers=_SHARED + packed,
        origin_only=tuple(headers.items()),
        body=body,
        seconds=source.timeout_seconds,
        most_redirects=source.max_redirects if source.follow_redirects else 0,
        body_limit=BODY_LIMIT if expected.reads_body else _TIMED_ONLY,
        keep_body=expected.reads_body,
        verify_tls=source.verify_tls,
        keep_seconds=source.keep_seconds,
    )


def _expectation(source: HttpSource) -> Expectation:
    query = None
    if source.json_query is not None:
        import jmespath

        query = jmespath.compile(source.json_query)
    return Expectation(
        tuple(status_range(one) for one in source.expected_status),
        source.keyword,
        source.keyword_absent,
        query,
        source.json_expected,
        source.max_response_ms,
    )
