"""What a source says, whatever its kind: readings, failures, and what to watch."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Self
from uuid import UUID

from tocsin.kernel.facts import Actor
from tocsin.kernel.status import Status

LABEL_SEPARATOR = " / "


@dataclass(frozen=True, slots=True)
class SourceSpec:
    """One source to watch.

    `url` is the address people know, not the one that is polled. `components` holds ids or names
    (`Group / Name`); none means all components and incidents. `options` are the kind's own fields.
    `known_names` maps watched ids to the labels they had in the last good reading, so that a
    component that comes back under another id is recognised.
    """

    kind: str
    url: str | None = None
    components: tuple[str, ...] = ()
    options: Mapping[str, Any] = field(default_factory=dict)
    known_names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ComponentReading:
    """The state of one watched part; `raw` is the source's own word for it."""

    id: str
    name: str
    group: str | None
    status: Status
    raw: str
    maintenance: bool = False

    @property
    def label(self) -> str:
        """The name that tells it from others: `Group / Name`."""
        return f"{self.group}{LABEL_SEPARATOR}{self.name}" if self.group else self.name


@dataclass(frozen=True, slots=True)
class VendorIncident:
    """An open incident that touches what is watched, or names no component at all.

    `impact` is the state it stands for, operational for a mere notice; `status` is the vendor's
    phase (`investigating`). `component_ids` is empty when the vendor names none.
    """

    id: str
    name: str
    impact: Status
    status: str
    url: str | None = None
    started_at: datetime | None = None
    component_ids: tuple[str, ...] = ()


class MaintenanceStatus(StrEnum):
    """Where an announced maintenance stands; finished ones are not reported."""

    SCHEDULED = "scheduled"
    IN_PROGRESS = "in_progress"


@dataclass(frozen=True, slots=True)
class VendorMaintenance:
    """A maintenance that the vendor announced or is doing; a vendor may leave out its times."""

    id: str
    title: str
    starts_at: datetime | None
    ends_at: datetime | None
    status: MaintenanceStatus
    component_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ComponentDrift:
    """A watched component that is not where it was: found under another id, gone, or unreadable.

    `wanted` is the entry of the specification or the component's id, `name` what people know it
    as. `says` is the source's word for its state where that says nothing to us; None: it is gone.
    """

    wanted: str
    name: str
    now_id: str | None = None
    says: str | None = None

    @property
    def vanished(self) -> bool:
        """Whether the source no longer tells how it is."""
        return self.now_id is None

    @property
    def gone(self) -> bool:
        """Whether the source no longer shows it at all."""
        return self.vanished and self.says is None

    @property
    def sentence(self) -> str:
        """What happened, for the staff."""
        if self.gone:
            return f"“{self.name}” is no longer listed by the source."
        if self.vanished:
            word = f"with the state “{self.says}”, which says nothing to us"
            return f"“{self.name}” is listed {word if self.says else 'without a state'}."
        return f"“{self.name}” is now listed under another id."


@dataclass(frozen=True, slots=True)
class Phases:
    """Where the time of a check went, in milliseconds; None: this check has no such phase."""

    lookup: float | None = None
    connect: float | None = None
    tls: float | None = None
    first_byte: float | None = None
    download: float | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A good answer: what the source says right now about what is watched.

    `maintenance` is a flag beside the status, never a status. `detail` says in a sentence why the
    status is what it is. `components` are the watched ones; of a vanished one there is an entry
    with status unknown. `unnamed` are the watched entries of a source that names things only while
    they have trouble, as far as this answer does not name them; `remembers` says that its answers
    keep what they named, so that what is not named now was never named. `response_ms` is how long
    the answer took. `status_code`, `fault`, `phases` and `figures` are an own check's, as in
    `CheckAnswer`.
    """

    status: Status
    detail: str
    maintenance: bool = False
    components: tuple[ComponentReading, ...] = ()
    incidents: tuple[VendorIncident, ...] = ()
    maintenances: tuple[VendorMaintenance, ...] = ()
    missing: tuple[ComponentDrift, ...] = ()
    unnamed: tuple[str, ...] = ()
    remembers: bool = False
    response_ms: int | None = None
    status_code: int | None = None
    fault: str | None = None
    phases: Phases = field(default_factory=Phases)
    figures: Mapping[str, float] = field(default_factory=dict)

    @property
    def signature(self) -> str:
        """Equal for readings that say the same; what was measured is not part of it."""
        said = repr(replace(self, response_ms=None, phases=Phases(), figures={}))
        return hashlib.sha256(said.encode(errors="backslashreplace")).hexdigest()[:32]

    @property
    def known_names(self) -> Mapping[str, str]:
        """What the next poll's specification should remember; it replaces what it knew before."""
        here = {component.id: component.label for component in self.components}
        moved = {drift.wanted: drift.name for drift in self.missing}
        return {wanted: name for wanted, name in (here | moved).items() if wanted != name}

    def taking(self, milliseconds: int) -> Self:
        """The same reading with its response time."""
        return replace(self, response_ms=milliseconds)


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The source says that its last good reading still stands (HTTP 304)."""

    response_ms: int | None = None


class PollFailureKind(StrEnum):
    """Why a poll brought no reading: the outgoing client's own failures, those of content, and
    those of this installation."""

    INVALID_URL = "invalid_url"
    PRIVATE_ADDRESS = "private_address"
    DNS = "dns"
    REFUSED = "refused"
    CONNECTION = "connection"
    TLS = "tls"
    TIMEOUT = "timeout"
    PROTOCOL = "protocol"
    TOO_LARGE = "too_large"
    REDIRECT_REFUSED = "redirect_refused"
    BREAKER_OPEN = "breaker_open"
    HTTP_STATUS = "http_status"
    RATE_LIMITED = "rate_limited"
    EMPTY = "empty"
    HTML = "html"
    NOT_JSON = "not_json"
    SCHEMA = "schema"
    NOT_PERMITTED = "not_permitted"
    SEALED = "sealed"


@dataclass(frozen=True, slots=True)
class PollFailure:
    """No reading: a matter of poller health, never an outage and never operational.

    `sentence` is for the staff. `redirected_to` is the source's new address, ready for *Use this*.
    `retry_after_seconds` is how long the source, or its breaker, wants to be left alone.
    """

    kind: PollFailureKind
    sentence: str
    redirected_to: str | None = None
    retry_after_seconds: float | None = None


PollOutcome = Reading | Unchanged | PollFailure


@dataclass(frozen=True, slots=True)
class CheckAnswer:
    """What one run of an own check found.

    `detail` says in a sentence why the status is what it is. `fault` names what is wrong in one
    word (`dns`, `refused`, `timeout`, `tls`, `expired`, `status`, `keyword`, …), None when all is
    well. `response_ms` is how long the whole run took, None where no answer came. `figures` are
    further measured values by name, such as `days_left` of a certificate.
    """

    status: Status
    detail: str
    response_ms: float | None = None
    status_code: int | None = None
    fault: str | None = None
    phases: Phases = field(default_factory=Phases)
    figures: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One result of an own check as it is kept: what triggers, charts and percentiles read.

    `at` is when the run began. `response_ms` is in whole milliseconds, None where no answer came.
    """

    at: datetime
    ok: bool
    response_ms: int | None = None
    status_code: int | None = None
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class Probe:
    """What testing a source found: its final address, its name, and what there is to choose from.

    `components` are all of them, whatever is watched; `reading` is of what is watched. `refused`
    are watched names that the vendor's own list does not have, where polling alone would never
    tell; None: there is no such list.
    """

    url: str | None
    name: str | None
    components: tuple[ComponentReading, ...]
    reading: Reading
    refused: tuple[str, ...] | None = None


class PollerHealth(StrEnum):
    """Whether sources can be read; `manual` has none to read."""

    OK = "ok"
    FAILING = "failing"
    BROKEN = "broken"
    MANUAL = "manual"


@dataclass(frozen=True, slots=True)
class SourceState:
    """What is remembered of a source between two polls.

    While nothing can be read, `status` stays what it was until the poller counts as broken, then
    it is unknown; `last_good_status` is what was read last. `failures` counts polls in a row
    without a reading, `misses` the bad answers in a row of an own check that is not believed yet.
    `moved_to` is the address that the source redirects to. `vanished` lists watched components
    whose state the source no longer tells, `unnamed` those that a source which names things only
    while they have trouble has never named: they may be misspelt.
    """

    status: Status = Status.UNKNOWN
    maintenance: bool = False
    detail: str | None = None
    health: PollerHealth = PollerHealth.OK
    failures: int = 0
    misses: int = 0
    last_polled_at: datetime | None = None
    last_good_status: Status | None = None
    last_good_at: datetime | None = None
    last_error: str | None = None
    moved_to: str | None = None
    signature: str | None = None
    response_ms: int | None = None
    known_names: Mapping[str, str] = field(default_factory=dict)
    vanished: tuple[str, ...] = ()
    unnamed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A source of a service. `declared` marks the one that the service itself names.

    `config` is the wire form as its kind has checked it. `polled` is false for manual ones;
    `settles` marks own checks, whose answers need no confirming. `version` counts edits of the
    configuration, not polls.
    """

    id: UUID
    service_id: str
    declared: bool
    name: str | None
    kind: str
    polled: bool
    settles: bool
    config: Mapping[str, Any]
    version: int
    created_at: datetime
    updated_at: datetime
    stopped_at: datetime | None
    state: SourceState
    etag: str | None = None
    last_modified: str | None = None

    @property
    def url(self) -> str | None:
        """The address people know."""
        return self.config.get("url")

    @property
    def components(self) -> tuple[str, ...]:
        """What is watched; empty: everything."""
        return tuple(self.config.get("components", ()))

    @property
    def retries(self) -> int:
        """How many bad answers in a row are asked about again before they are believed."""
        return int(self.config.get("retries", 0))

    @property
    def interval_seconds(self) -> int | None:
        """Its own interval; None: as all vendors' pages."""
        return self.config.get("interval_seconds")


class HoldEnd(StrEnum):
    """How a status set by hand came to its end."""

    RELEASED = "released"
    REPLACED = "replaced"
    FEED = "feed"
    ARCHIVED = "archived"


@dataclass(frozen=True, slots=True)
class ManualStatus:
    """A status that a person set, with their reason.

    `feed_status` is what the feed reported then: the status holds until the feed reports
    something else. None: it reported nothing.
    """

    id: UUID
    service_id: str
    status: Status
    reason: str
    detail: str | None
    feed_status: Status | None
    set_by: Actor
    set_at: datetime


@dataclass(frozen=True, slots=True)
class SignalSettings:
    """`poll_interval_seconds` is POLL_INTERVAL_SECONDS, `failure_threshold`
    POLLER_FAILURE_THRESHOLD, `keep_results_days` RETENTION_DAYS_CHECK_RESULTS (0: for ever)."""

    poll_interval_seconds: int = 60
    failure_threshold: int = 3
    keep_results_days: int = 30
