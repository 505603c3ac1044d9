"""The HTTP check: one request to an own website, judged."""

from functools import partial
from typing import Annotated, ClassVar, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from tocsin.adapters.feeds.asking import failure_from_http
from tocsin.adapters.feeds.http_check.rules import Expectation, judge, status_range
from tocsin.adapters.feeds.payload import stored_address
from tocsin.detection.signals.ports import (
    NO_VALIDATORS,
    MonitorFields,
    PollFailure,
    PollOutcome,
    Probe,
    Reading,
    SourceFields,
    SourceSpec,
    Validators,
)
from tocsin.kernel.status import Status
from tocsin.platform.http import (
    FailureKind,
    HttpFailure,
    HttpRequest,
    OutgoingClient,
    Oversize,
    Redirects,
    host_of,
    tidy_url,
)

_OUR_OWN_FAULT = frozenset({FailureKind.INVALID_URL, FailureKind.PRIVATE_ADDRESS})


def _as_list(value: object) -> object:
    values = value if isinstance(value, list | tuple) else [value]
    return [str(one) if isinstance(one, int) else one for one in values]


def _readable(ranges: tuple[str, ...]) -> tuple[str, ...]:
    for one in ranges:
        status_range(one)
    return ranges


class HttpCheckSource(MonitorFields):
    """`{kind: http, url, …}`; `expected_status` takes statuses, ranges and classes.

    `keyword` must be on the page, `keyword_absent` must not; both are compared exactly.
    """

    kind: Literal["http"] = "http"
    url: Annotated[str, AfterValidator(partial(stored_address, tidy_url))]
    method: Literal["GET", "HEAD"] = "GET"
    expected_status: Annotated[
        tuple[str, ...],
        BeforeValidator(_as_list),
        AfterValidator(_readable),
        Field(min_length=1, max_length=50),
    ] = ("200-399",)
    keyword: Annotated[str, Field(min_length=1, max_length=500)] | None = None
    keyword_absent: Annotated[str, Field(min_length=1, max_length=500)] | None = None
    timeout_seconds: Annotated[float, Field(gt=0, le=60)] = 10.0
    follow_redirects: bool = True

    @model_validator(mode="after")
    def _keywords_need_a_body(self) -> Self:
        if self.method == "HEAD" and (self.keyword or self.keyword_absent):
            raise ValueError("a HEAD request brings no page to look for a keyword in; use GET")
        return self


class HttpCheckKind:
    """Asks a website once per poll; retries and confirmation are the caller's."""

    kind: ClassVar[str] = "http"
    polled: ClassVar[bool] = True
    schema: ClassVar[type[SourceFields]] = HttpCheckSource

    def normalise(self, url: str) -> str:
        """Tidy the address; raises ValueError with a sentence."""
        return stored_address(tidy_url, url)

    async def poll(
        self, spec: SourceSpec, client: OutgoingClient, validators: Validators
    ) -> tuple[PollOutcome, Validators]:
        """Ask once; a website that cannot be reached is a reading too, a major outage."""
        return await _check(spec, client), NO_VALIDATORS

    async def probe(self, spec: SourceSpec, client: OutgoingClient) -> Probe | PollFailure:
        """Ask once; the address stays as it is, because its redirects are part of the check."""
        outcome = await _check(spec, client)
        if isinstance(outcome, PollFailure):
            return outcome
        return Probe(spec.url, host_of(spec.url or ""), (), outcome)


async def _check(spec: SourceSpec, client: OutgoingClient) -> Reading | PollFailure:
    source = HttpCheckSource.model_validate({"url": spec.url, **spec.options})
    try:
        response = await client.fetch(_request(source))
    except HttpFailure as failure:
        if failure.kind in _OUR_OWN_FAULT:
            return failure_from_http(failure)
        return Reading(Status.MAJOR_OUTAGE, failure.sentence)
    return judge(response, _expectation(source))


def _request(source: HttpCheckSource) -> HttpRequest:
    return HttpRequest(
        source.url,
        "check",
        method=source.method,
        total_seconds=source.timeout_seconds,
        connect_seconds=source.timeout_seconds,
        attempts=1,
        redirects=Redirects.ANYWHERE if source.follow_redirects else Redirects.REPORT,
        oversize=Oversize.CUT,
        breaker=False,
    )


def _expectation(source: HttpCheckSource) -> Expectation:
    return Expectation(
        tuple(status_range(one) for one in source.expected_status),
        source.keyword,
        source.keyword_absent,
    )
