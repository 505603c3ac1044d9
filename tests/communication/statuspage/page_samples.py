"""Invented pages for the rendering tests: a payment company on a bad and on a good day."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from tocsin.communication.statuspage.rendering import (
    ComponentView,
    DayView,
    GroupView,
    ImpactSpanView,
    ImpactView,
    MaintenanceView,
    PageIdentity,
    PageView,
    PublicIncidentView,
    PublicPhase,
    PublicUpdateView,
)
from tocsin.kernel.status import Status

NOW = datetime(2026, 11, 21, 9, 18, tzinfo=UTC)
TODAY = date(2026, 11, 21)
PAGE = PageIdentity(
    slug="main",
    name="Larkfield Pay",
    base_url="https://larkfield.example/status/main",
    time_zone="Europe/Brussels",
    mail_offered=True,
)


def at(hour: int, minute: int, day: int = 21, month: int = 11) -> datetime:
    """An instant of 2026 in UTC; Brussels is one hour ahead in November."""
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def days(
    troubled: dict[int, tuple[Status, int]] | None = None, blank: int = 0
) -> tuple[DayView, ...]:
    """Ninety days up to `TODAY`: trouble by days ago with its minutes, blank days at the start."""
    found = []
    for index in range(90):
        ago = 89 - index
        on = TODAY - timedelta(days=ago)
        if index < blank:
            found.append(DayView(on, None))
            continue
        worst, minutes = (troubled or {}).get(ago, (Status.OPERATIONAL, 0))
        lost = 0 if worst is Status.DEGRADED else minutes * 60
        found.append(DayView(on, worst, False, lost, 86_400, minutes * 60))
    return tuple(found)


def component(
    name: str,
    status: Status = Status.OPERATIONAL,
    *,
    maintenance: bool = False,
    of_days: tuple[DayView, ...] | None = None,
) -> ComponentView:
    """A component with a public id made from its name."""
    public_id = name.lower().replace(" ", "-")
    return ComponentView(public_id, name, status, maintenance, of_days or days())


def page(
    *components: ComponentView,
    incidents: tuple[PublicIncidentView, ...] = (),
    identity: PageIdentity = PAGE,
) -> PageView:
    """A page with one group of components."""
    return PageView(identity, (GroupView("Payments", components),), incidents)


def update(public_id: str, phase: PublicPhase, text: str, when: datetime) -> PublicUpdateView:
    return PublicUpdateView(public_id, phase, f"<p>{text}</p>", when)


def open_incident() -> PublicIncidentView:
    """Card payments fail since 08:52 UTC; identified at 09:14."""
    return PublicIncidentView(
        public_id="k7Qm2xVb",
        title="Some card payments in Europe fail",
        phase=PublicPhase.IDENTIFIED,
        started_at=at(8, 52),
        updates=(
            update("u2", PublicPhase.IDENTIFIED, "A database refuses new entries.", at(9, 14)),
            update("u1", PublicPhase.INVESTIGATING, "One in five payments fails.", at(8, 58)),
        ),
        impacts=(
            ImpactView(
                "card-payments",
                "Card payments",
                (ImpactSpanView(Status.PARTIAL_OUTAGE, at(8, 52)),),
            ),
            ImpactView("wallets", "Wallets", (ImpactSpanView(Status.DEGRADED, at(9, 0)),)),
        ),
        next_update_due=at(9, 45),
    )


def ended_incident(
    public_id: str, start: datetime, minutes: int = 34, title: str = "Late webhooks"
) -> PublicIncidentView:
    """An incident with a first and a last update, resolved after `minutes`."""
    end = start + timedelta(minutes=minutes)
    return PublicIncidentView(
        public_id=public_id,
        title=title,
        phase=PublicPhase.RESOLVED,
        started_at=start,
        updates=(
            update(f"{public_id}b", PublicPhase.RESOLVED, "Every event was delivered.", end),
            update(f"{public_id}a", PublicPhase.INVESTIGATING, "Events arrive late.", start),
        ),
        impacts=(ImpactView("api", "API", (ImpactSpanView(Status.DEGRADED, start, end),)),),
        resolved_at=end,
    )


def bad_day() -> PageView:
    """Two of four parts in trouble, one incident open, three in the past, one window ahead."""
    view = page(
        component(
            "Card payments",
            Status.PARTIAL_OUTAGE,
            of_days=days({0: (Status.PARTIAL_OUTAGE, 26), 48: (Status.MAJOR_OUTAGE, 41)}),
        ),
        component("Wallets", Status.DEGRADED, of_days=days({0: (Status.DEGRADED, 16)})),
        component("Bank transfers"),
        component("Payouts", of_days=days(blank=6)),
        incidents=(
            open_incident(),
            ended_incident("h1", at(13, 2, day=18)),
            ended_incident("h2", at(7, 30, day=11), 64),
            ended_incident("h3", at(18, 3, day=4, month=8), 41, "Cards failed everywhere"),
        ),
    )
    window = MaintenanceView(
        "m1",
        "Dashboard database upgrade",
        "<p>Read-only for 20 minutes.</p>",
        at(1, 0, day=22),
        at(2, 30, day=22),
        ("Dashboard",),
    )
    return replace(view, maintenance=(window,))


def good_day() -> PageView:
    """Two parts, both up, one incident in the past."""
    return page(
        component("Card payments"),
        component("Wallets"),
        incidents=(ended_incident("h1", at(13, 2, day=18)),),
    )


def empty_page() -> PageView:
    """A page as it is on the first day."""
    return PageView(replace(PAGE, mail_offered=False))
