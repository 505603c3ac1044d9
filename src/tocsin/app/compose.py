"""The one place where rooms meet: settings and a clock in, the whole house out."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

import click
from pydantic import SecretStr

from tocsin.adapters.checks.base import CheckParts
from tocsin.adapters.feeds.manual import ManualKind
from tocsin.app.care import wire_care
from tocsin.app.channels import open_channels
from tocsin.app.checks import open_checks
from tocsin.app.feeds import FEEDS
from tocsin.app.measured import Measured
from tocsin.app.platform_wiring import WIRING as PLATFORM
from tocsin.app.ports import Audiences, ShownOn
from tocsin.app.retention import wire_retention
from tocsin.app.secret_key import secret_key
from tocsin.app.signalling import Signalling
from tocsin.communication.stakeholders import StakeholderSettings
from tocsin.communication.stakeholders import wiring as stakeholders
from tocsin.communication.statuspage import Links
from tocsin.communication.statuspage import wiring as statuspage
from tocsin.detection.alerts import Alerts
from tocsin.detection.alerts import wiring as alerts
from tocsin.detection.conditions import Conditions, ConfirmSettings, WholeView
from tocsin.detection.conditions import wiring as conditions
from tocsin.detection.objectives import ObjectiveSettings
from tocsin.detection.objectives import wiring as objectives
from tocsin.detection.signals import HeartbeatKind, Kinds, Meter, PingKeys, Signals, SignalSettings
from tocsin.detection.signals import wiring as signals
from tocsin.detection.triggers import wiring as triggers
from tocsin.kernel.clock import Clock
from tocsin.kernel.facts import SYSTEM
from tocsin.kernel.status import Status
from tocsin.learning.reviews import DraftSettings
from tocsin.learning.reviews import wiring as reviews
from tocsin.platform.assembly import Platform, assemble
from tocsin.platform.database import Context, ReadTx
from tocsin.platform.delivery import Channel, release_blocked
from tocsin.platform.delivery import wiring as deliveries
from tocsin.platform.history import wiring as history
from tocsin.platform.http import OutgoingClient
from tocsin.platform.idempotency import wiring as idempotency
from tocsin.platform.live import Bus, Hub, open_bus
from tocsin.platform.observability import Heartbeat, Metrics
from tocsin.platform.pagetree import PageTree
from tocsin.platform.secrets import Secrets
from tocsin.platform.settings import Settings
from tocsin.platform.wiring import Wiring
from tocsin.registry import identity
from tocsin.registry.catalog import wiring as catalog
from tocsin.registry.identity import wiring as identity_wiring
from tocsin.registry.maintenance import wiring as maintenance
from tocsin.response.incidents import wiring as incidents

NOWHERE = Context(UUID(int=0), SYSTEM)
"""The context of start-up, before any tenant is known."""


@dataclass(slots=True)
class House:
    """Everything composed; roles and tests start what they need of it."""

    settings: Settings
    clock: Clock
    secrets: Secrets
    client: OutgoingClient
    channels: dict[str, Channel]
    wirings: tuple[Wiring, ...]
    signalling: Signalling
    hub: Hub
    tree: PageTree
    links: Links
    metrics: Metrics
    heartbeat: Heartbeat
    identity_settings: identity.IdentitySettings
    pings: PingKeys
    is_demo: bool = False
    signals: Signals = field(init=False)
    platform: Platform = field(init=False)
    context: Context = field(default=NOWHERE)

    async def prepare(self) -> Context:
        """Make sure of the default tenant and remember it; safe in every process."""
        tenant = await self.platform.database.write(NOWHERE, identity.ensure_default_tenant)
        self.context = Context(tenant, SYSTEM)
        return self.context

    async def wake_rooms(self) -> None:
        """Run every room's start-up verbs for every tenant, and free what waited for a channel."""
        database = self.platform.database
        for tenant in await database.read(NOWHERE, _tenant_ids):
            context = Context(tenant, SYSTEM)
            for wiring in self.wirings:
                for verb in wiring.at_start:
                    await database.write(context, verb)
            for channel in self.channels.values():
                if channel.missing_setting is None:
                    await database.write(context, release_blocked, channel.name)

    def open_bus(self) -> Bus:
        """The way to and from the other processes; not started yet."""
        settings = self.settings
        return open_bus(settings.data_dir, settings.database_url, self.signalling.receive)

    def missing(self, channel: str) -> str | None:
        """The setting a channel still lacks, None when it can send."""
        found = self.channels.get(channel)
        return found.missing_setting if found else f"the channel {channel}"

    def public_routers(self) -> Sequence[Any]:
        """The forms of public pages and the pings of jobs, for the web role."""
        return [*statuspage.public_routers(self.page_parts), *signals.public_routers(self.signals)]

    @property
    def page_parts(self) -> statuspage.Parts:
        """What status pages are given."""
        return statuspage.Parts(
            self.tree,
            self.links,
            lambda: self.missing("mail"),
            self.signalling.hint,
            loss_weights(self.settings),
        )


def compose(
    settings: Settings,
    clock: Clock,
    *,
    rehearse: bool = False,
    durable: bool = True,
    is_demo: bool = False,
    channels: dict[str, Channel] | None = None,
) -> House:
    """Build the house; nothing is started, nothing is written. `channels` take the place of real ones."""
    key = secret_key(settings)
    secrets = Secrets(key)
    hub = Hub()
    signalling = Signalling(hub)
    metrics = Metrics()
    client = OutgoingClient(
        clock,
        breaker_threshold=settings.BREAKER_THRESHOLD,
        breaker_ttl_seconds=settings.BREAKER_TTL_SECONDS,
        observe=lambda seen: metrics.note_outgoing(seen.purpose, seen.outcome, seen.seconds),
    )
    tree = PageTree(settings.data_dir / "pages")
    links = Links(key, settings.public_url)
    house = House(
        settings=settings,
        clock=clock,
        secrets=secrets,
        client=client,
        channels=open_channels(settings, clock, client, secrets) | dict(channels or {}),
        wirings=(),
        signalling=signalling,
        hub=hub,
        tree=tree,
        links=links,
        metrics=metrics,
        heartbeat=Heartbeat(settings.data_dir),
        identity_settings=_identity_settings(settings, key),
        pings=PingKeys(key.encode(), settings.public_url),
        is_demo=is_demo,
    )
    house.wirings = _wire_rooms(house, secrets)
    house.platform = assemble(
        settings.database_url, clock, house.wirings, rehearse=rehearse, durable=durable
    )
    house.platform.database.watch_waits(lambda lane, spent: metrics.note_wait(lane.value, spent))
    house.platform.spine.hint = signalling.hint
    house.platform.agenda.wake = signalling.wake_lane
    house.platform.ledger.wake = signalling.wake_channel
    house.platform.ledger.missing = house.missing
    return house


def _wire_rooms(house: House, secrets: Secrets) -> tuple[Wiring, ...]:
    """The rooms in the order of the stream; each gets what it asks for, and no more."""
    settings = house.settings
    watching = conditions_room(settings)
    room = house.signals = signals_room(house)
    kinds = room.kinds
    view = WholeView()
    told = StakeholderSettings(
        slack_webhook_url=_secret(settings.SLACK_WEBHOOK_URL),
        poller_health_url=_secret(settings.POLLER_HEALTH_SLACK_WEBHOOK_URL),
        public_url=settings.public_url,
        slack_acknowledges=settings.SLACK_ACK_ENABLED,
    )
    rooms = (
        PLATFORM,
        idempotency.WIRING,
        identity_wiring.WIRING,
        catalog.wire(
            catalog.CatalogPorts(
                kinds, view, catalog.RegistryPlaces(settings.services_file), click.echo
            )
        ),
        maintenance.WIRING,
        signals.wire(
            signals.SignalPorts(
                kinds,
                room.observations,
                view,
                room.settings,
                _webhook_secret(settings),
                room.pings,
                room.meter,
            )
        ),
        objectives.wire(objective_settings(settings)),  # /services/slo before /services/{id}
        conditions.wire(watching),
        triggers.wire(Measured()),
        alerts.wire(Alerts(watching)),
        incidents.wire(ShownOn(), Audiences(told)),
        stakeholders.wire(told, secrets),
        statuspage.wire(house.page_parts),
        _slack(settings, secrets),
        reviews.wire(DraftSettings(settings.POSTMORTEMS_ENABLED, settings.postmortems_dir)),
        deliveries.WIRING,
        history.WIRING,
        wire_care(settings),
    )
    return (*rooms, wire_retention(settings, rooms))


def _slack(settings: Settings, secrets: Secrets) -> Wiring:
    """The routes that Slack calls."""

    def routes() -> Sequence[Any]:
        from tocsin.app.slack_api import slack_routes

        return [slack_routes(settings, secrets)]

    return Wiring(room="slack", routes=routes)


def signals_room(house: House) -> Signals:
    """The signals with the adapters' kinds, told on to the conditions."""
    metrics = house.metrics
    meter = Meter(
        metrics.note_check,
        metrics.note_poll,
        lambda busy: metrics.show_checks(
            busy.running, busy.waiting, busy.waited_seconds, busy.watched
        ),
    )
    checks = open_checks(CheckParts(house.clock, house.client.wires, house.secrets))
    kinds = Kinds((*FEEDS, ManualKind(), HeartbeatKind(), *checks), house.client)
    return Signals(
        kinds, conditions_room(house.settings), _signal_settings(house.settings), house.pings, meter
    )


def conditions_room(settings: Settings) -> Conditions:
    """The conditions with what it takes to confirm."""
    return Conditions(_confirm_settings(settings))


def _signal_settings(settings: Settings) -> SignalSettings:
    return SignalSettings(
        settings.POLL_INTERVAL_SECONDS,
        settings.POLLER_FAILURE_THRESHOLD,
        settings.RETENTION_DAYS_CHECK_RESULTS,
    )


def _confirm_settings(settings: Settings) -> ConfirmSettings:
    return ConfirmSettings(
        confirm_polls=settings.ALERT_CONFIRM_THRESHOLD_POLLS,
        recovery_polls=settings.ALERT_RECOVERY_THRESHOLD_POLLS,
        min_duration=timedelta(seconds=settings.ALERT_MIN_STATE_DURATION_SECONDS),
        dedup_window=timedelta(seconds=settings.ALERT_DEDUP_WINDOW_SECONDS),
        poll_interval=timedelta(seconds=settings.POLL_INTERVAL_SECONDS),
        correlation=settings.DEPENDENCY_CORRELATION_THRESHOLD,
    )


def _webhook_secret(settings: Settings) -> str | None:
    return _secret(settings.STATUSPAGE_WEBHOOK_SECRET) if settings.WEBHOOKS_ENABLED else None


def objective_settings(settings: Settings) -> ObjectiveSettings:
    return ObjectiveSettings(
        target_percent=settings.SLO_TARGET_PERCENT,
        is_alerting=settings.SLO_BURN_RATE_ENABLED,
        check_interval=timedelta(seconds=settings.SLO_BURN_RATE_CHECK_INTERVAL_SECONDS),
        fast_threshold=settings.SLO_BURN_RATE_FAST_THRESHOLD,
        slow_threshold=settings.SLO_BURN_RATE_SLOW_THRESHOLD,
        ticket_threshold=settings.SLO_BURN_RATE_TICKET_THRESHOLD,
        weights=loss_weights(settings),
    )


def loss_weights(settings: Settings) -> dict[Status, float]:
    """How much of a second in each state is lost, for every figure of uptime there is."""
    return {
        Status.MAJOR_OUTAGE: 1.0,
        Status.PARTIAL_OUTAGE: settings.UPTIME_WEIGHT_PARTIAL_OUTAGE,
        Status.DEGRADED: settings.UPTIME_WEIGHT_DEGRADED,
    }


def _identity_settings(settings: Settings, key: str) -> identity.IdentitySettings:
    return identity.IdentitySettings(
        secret_key=key.encode(),
        public_url=settings.public_url,
        admin_api_token=_secret(settings.ADMIN_API_TOKEN),
    )


def _secret(value: SecretStr | None) -> str | None:
    return value.get_secret_value() if value is not None else None


def _tenant_ids(tx: ReadTx) -> list[UUID]:
    return [tenant.id for tenant in identity.all_tenants(tx)]
