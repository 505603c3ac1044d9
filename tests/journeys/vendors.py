"""What vendors' pages say, and what must follow from it: worked out from the written rules alone."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

RANK = {"operational": 0, "unknown": 1, "degraded": 2, "partial_outage": 3, "major_outage": 4}
TROUBLE = ("major_outage", "partial_outage", "degraded")

_COMPONENTS = {
    "operational": "operational",
    "under_maintenance": "operational",
    "degraded_performance": "degraded",
    "partial_outage": "partial_outage",
    "major_outage": "major_outage",
}
_IMPACTS = {
    "none": "operational",
    "maintenance": "operational",
    "minor": "degraded",
    "major": "partial_outage",
    "critical": "major_outage",
}


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A recorded page and when it was recorded."""

    at: datetime
    page: bytes


def snapshots(folder: Path) -> list[Snapshot]:
    """A recorded sequence: one file per snapshot, named after its instant."""
    return [
        Snapshot(
            datetime.strptime(file.stem, "%Y-%m-%dT%H%M%SZ").replace(tzinfo=UTC),
            file.read_bytes(),
        )
        for file in sorted(folder.glob("*.json"))
    ]


def status_of(page: bytes) -> str:
    """The worst of a page's components and open incidents."""
    said: dict[str, Any] = json.loads(page)
    parts = [one for one in said["components"] if not one.get("group")]
    open_ones = [
        one for one in said["incidents"] if one["status"] not in ("resolved", "postmortem")
    ]
    return _worst(
        [_COMPONENTS.get(one["status"], "unknown") for one in parts]
        + [_IMPACTS.get(one["impact"], "unknown") for one in open_ones]
    )


def _worst(statuses: Iterable[str]) -> str:
    return max(statuses, key=RANK.__getitem__, default="operational")


@dataclass(slots=True)
class Outage:
    """One episode: its alert's history as `(instant, status)`, and when it was over."""

    history: list[tuple[datetime, str]]
    over: datetime | None = None

    @property
    def raised_at(self) -> datetime:
        return self.history[0][0]


def outages(
    polls: Iterable[tuple[datetime, str]],
    *,
    confirm: int = 3,
    recover: int = 2,
    dwell: timedelta = timedelta(seconds=600),
) -> list[Outage]:
    """What successful polls lead to, by the rules of confirming."""
    found: list[Outage] = []
    now, runs = "operational", Runs()
    for at, status in polls:
        runs.take(at, status)
        to = runs.confirmed(now, confirm, dwell) or runs.improved(now, recover)
        if to is None:
            continue
        now = to
        if to == "operational":
            found[-1].over = at
        elif not found or found[-1].over is not None:
            found.append(Outage([(at, to)]))
        else:
            found[-1].history.append((at, to))
    return found


@dataclass(slots=True)
class Runs:
    """The last polls in a row that were a status or worse, a status or better."""

    worse: dict[str, list[datetime]] = field(default_factory=lambda: {one: [] for one in RANK})
    better: dict[str, list[datetime]] = field(default_factory=lambda: {one: [] for one in RANK})

    def take(self, at: datetime, seen: str) -> None:
        """One more successful poll."""
        for status, rank in RANK.items():
            _extend(self.worse[status], at, fits=RANK[seen] >= rank)
            _extend(self.better[status], at, fits=RANK[seen] <= rank)

    def confirmed(self, now: str, polls: int, dwell: timedelta) -> str | None:
        """The worst status for which the last polls speak often and long enough."""
        for status in TROUBLE:
            run = self.worse[status]
            if RANK[status] > RANK[now] and len(run) >= polls and run[-1] - run[0] >= dwell:
                return status
        return None

    def improved(self, now: str, polls: int) -> str | None:
        """The best status for which the last polls speak often enough."""
        for status in ("operational", *reversed(TROUBLE)):
            if RANK[status] < RANK[now] and len(self.better[status]) >= polls:
                return status
        return None


def _extend(run: list[datetime], at: datetime, *, fits: bool) -> None:
    if fits:
        run.append(at)
    else:
        run.clear()


def summary(status: str = "operational", impact: str | None = None) -> bytes:
    """A small page of our own: two components, of which `api` is as told, and maybe an incident."""
    word = {"degraded": "degraded_performance"}.get(status, status)
    incident: dict[str, Any] = {
        "id": "i1",
        "name": "Requests fail",
        "impact": impact,
        "status": "investigating",
        "created_at": "2026-03-03T12:00:00Z",
        "components": [],
    }
    page = {
        "page": {"id": "p1", "name": "Vendor", "url": "https://vendor.example"},
        "status": {"indicator": "none", "description": "All fine"},
        "components": [
            {"id": "api", "name": "API", "status": word, "group": False, "group_id": None},
            {"id": "web", "name": "Web", "status": "operational", "group": False, "group_id": None},
        ],
        "incidents": [incident] if impact else [],
        "scheduled_maintenances": [],
    }
    return json.dumps(page).encode()
