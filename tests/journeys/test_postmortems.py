"""A recovery writes its post-mortem draft, where that is asked for."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from tests.journeys.test_outages import DOWN, FINE, MINUTE, START, services
from tests.support.journey import Journey, journey
from tocsin.platform.agenda import agenda_items
from tocsin.platform.database import ReadTx
from tocsin.platform.journal import recent_entries


async def outage(trip: Journey) -> None:
    """The vendor is down for a while; somebody acknowledges the alert."""
    await trip.set_up()
    await trip.pass_time(3 * MINUTE)
    trip.vendor.shows(DOWN)
    await trip.pass_time(14 * MINUTE)
    [alert] = await trip.alerts()
    await trip.post(f"/alerts/{alert['id']}/acknowledge")
    trip.vendor.shows(FINE)
    await trip.pass_time(5 * MINUTE)


def drafts(folder: Path) -> list[Path]:
    return sorted((folder / "data").rglob("*.md"))


async def facts(trip: Journey, kind: str) -> int:
    def found(tx: ReadTx) -> int:
        return len(recent_entries(tx, kinds=[kind]))

    return await trip.house.platform.database.read(trip.house.context, found)


async def test_a_recovery_writes_a_draft_with_the_whole_story(database_url: str, tmp_path: Path):
    asked: dict[str, Any] = {"POSTMORTEMS_ENABLED": True, "POSTMORTEMS_DIR": Path("reviews/drafts")}
    async with journey(database_url, tmp_path, START, services, page=FINE, **asked) as trip:
        await outage(trip)
        [alert] = await trip.alerts()
        [incident] = await trip.incidents()
        [draft] = drafts(tmp_path)
        assert draft.parent == tmp_path / "data" / "reviews" / "drafts"
        assert draft.name == f"2026-03-03-vendor-{alert['id'][-8:]}.md"
        text = draft.read_text()
        for words in (
            "# Post-mortem: Vendor, 2026-03-03",
            "Worst status: Major outage",
            f"Incident: {incident['id']}",
            "Polls in a row:",
            "Time to acknowledge:",
            "Alert raised",
            "Alert acknowledged by Robin",
            "Alert resolved",
            "Vendor, Operational to major outage",
            f"{incident['id']} opened by",
            f"{incident['id']} resolved by",
        ):
            assert words in text, words
        assert await facts(trip, "review.drafted") == 1


async def test_without_the_switch_nothing_is_written(sqlite_url: str, tmp_path: Path):
    async with journey(sqlite_url, tmp_path, START, services, page=FINE) as trip:
        await outage(trip)
        assert drafts(tmp_path) == []


async def test_a_directory_that_cannot_be_written_leaves_dead_work_and_harms_nothing(
    sqlite_url: str, tmp_path: Path
):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "taken").write_text("a file where the directory should be")
    asked: dict[str, Any] = {"POSTMORTEMS_ENABLED": True, "POSTMORTEMS_DIR": Path("taken")}
    async with journey(sqlite_url, tmp_path, START, services, page=FINE, **asked) as trip:
        await outage(trip)
        await trip.pass_time(timedelta(hours=1))
        dead = select(agenda_items.c.kind, agenda_items.c.last_error).where(
            agenda_items.c.tenant_id == trip.house.context.tenant,
            agenda_items.c.died_at.is_not(None),
        )

        def left(tx: ReadTx) -> list[tuple[str, str]]:
            return [(row.kind, row.last_error.partition(":")[0]) for row in tx.all(dead)]

        found = await trip.house.platform.database.read(trip.house.context, left)
        assert found == [("reviews.draft", "FileExistsError")]
        assert await facts(trip, "agenda.item_died") == 1
        assert (await trip.service())["status"] == "operational"
