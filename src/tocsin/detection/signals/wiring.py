"""What signals hand to `compose`."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tocsin.platform.retention import Purge
from tocsin.platform.wiring import TableEntry, Wiring
from tocsin.registry.catalog import ServiceView

from .heartbeats import PingKeys
from .heartbeats.verbs import heartbeat_jobs
from .kinds import Kinds
from .meter import Meter
from .metrics import METRIC_TABLES, metric_purge_at_start, metric_purge_job
from .model import SignalSettings
from .reactions import follow_catalog
from .results import RESULT_JOBS, RESULT_TABLES, purge_at_start, purge_job
from .samples import Observations
from .tables import manual_statuses
from .timers import RESUME_JOB, poll_job, resume_at_start
from .verbs import ASK, Signals, seal_at_start, seal_job

if TYPE_CHECKING:
    from fastapi import APIRouter

FACTS = "RETENTION_DAYS_JOURNAL"
TABLES = (
    TableEntry("sources"),
    TableEntry("check_leases", retention="a minute", export="no", erase="of no tenant"),
    TableEntry("heartbeats", personal="text that a job sent along"),
    TableEntry(
        "manual_statuses", "reason and detail are people's own words", f"{FACTS} after they ended"
    ),
)
PURGES = (Purge("manual_statuses", manual_statuses, "ended_at", (FACTS,)),)


@dataclass(frozen=True, slots=True)
class SignalPorts:
    """What signals need from outside: `kinds` from the adapters, `observations` and `view` from
    the conditions. `webhook_secret` signs the webhooks of status pages; without one they are off.
    `meter` takes the figures of polls."""

    kinds: Kinds
    observations: Observations
    view: ServiceView
    settings: SignalSettings = field(default_factory=SignalSettings)
    webhook_secret: str | None = field(default=None, repr=False)
    pings: PingKeys | None = None
    meter: Meter = field(default_factory=Meter)


def public_routers(room: Signals) -> Sequence["APIRouter"]:
    """What jobs call without a login, for the web role; mounted at the root."""
    from .api import PingRoutes

    return [PingRoutes(room).router()]


def wire(ports: SignalPorts) -> Wiring:
    """The wiring of signals."""
    pings = {} if ports.pings is None else {"pings": ports.pings}
    room = Signals(ports.kinds, ports.observations, ports.settings, meter=ports.meter, **pings)

    def routes() -> Sequence["APIRouter"]:
        from .api import (
            CatalogueRoutes,
            DiscoveryRoutes,
            MonitorRoutes,
            StatusRoutes,
            heartbeats_router,
            metrics_router,
            results_router,
            webhook_routes,
        )

        return [
            StatusRoutes(room, ports.view).router(),
            MonitorRoutes(room).router(),
            heartbeats_router,
            DiscoveryRoutes(room).router(),
            CatalogueRoutes(room).router(),
            webhook_routes(ports.webhook_secret),
            results_router,
            metrics_router,
        ]

    return Wiring(
        room="signals",
        routes=routes,
        reactions=(follow_catalog(room),),
        handlers=(
            poll_job(room),
            poll_job(room, ASK),
            RESUME_JOB,
            seal_job(room),
            *RESULT_JOBS,
            purge_job(ports.settings),
            *heartbeat_jobs(room),
            metric_purge_job(ports.settings),
        ),
        at_start=(resume_at_start, seal_at_start, purge_at_start, metric_purge_at_start),
        tables=(*TABLES, *RESULT_TABLES, *METRIC_TABLES),
        purges=PURGES,
    )
