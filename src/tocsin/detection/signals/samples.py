"""What signals tell downstream of a service, at each poll and each word of a person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from tocsin.kernel.status import Status
from tocsin.platform.database import Tx


@dataclass(frozen=True, slots=True)
class ServiceSample:
    """A service as its sources show it together at `at`, the worst of them.

    `counts`: this was a successful poll (a failed one neither counts nor resets). `health` is
    `ok`, `failing`, `broken` or `manual`; with `broken` the status is unknown. `by_hand`: a status
    set by a person holds; `spoken`: the person set it just now. `settled`: own checks say so, after
    their retries, which need no confirming. `cause` names what made it so (ids and enums only);
    `detail` is a sentence for people.
    """

    service_id: str
    at: datetime
    status: Status
    maintenance: bool
    detail: str | None
    health: str
    counts: bool
    by_hand: bool = False
    spoken: bool = False
    settled: bool = False
    cause: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ServiceLook:
    """A steady service was looked at: when last, and when last with a good answer."""

    service_id: str
    at: datetime
    good_at: datetime | None


class Observations(Protocol):
    """Who takes the samples; `compose` hands in the conditions. Runs in the unit of the poll."""

    def taken(self, tx: Tx, sample: ServiceSample) -> None: ...

    def looked(self, tx: Tx, looks: Sequence[ServiceLook]) -> None:
        """Take when up to 500 steady services were looked at by their own checks."""
