"""A window's life under a moving clock: what covers a service, what is recorded, what comes next."""

from datetime import timedelta

import pytest

from tests.support.spine import START, Workshop
from tocsin.kernel.errors import IllegalTransition, Invalid, NotFound
from tocsin.registry import maintenance
from tocsin.registry.maintenance import (
    Filter,
    Recurrence,
    Window,
    WindowChange,
    WindowDraft,
    WindowState,
)

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


async def schedule(house: Workshop, starts: timedelta = HOUR, long: timedelta = HOUR, **more):
    values = {"title": "New disks", "affected_services": ("mail", "shop"), **more}
    begins = START + starts
    return await house.desk.write(
        maintenance.schedule_window, WindowDraft(starts_at=begins, ends_at=begins + long, **values)
    )


async def now(house: Workshop, window: Window) -> Window:
    return await house.house.read(maintenance.window, window.id)


async def covering(house: Workshop, service: str = "mail") -> Window | None:
    return await house.house.read(maintenance.window_covering, service, house.clock.now())


async def kinds(house: Workshop) -> list[str]:
    facts = await house.facts(
        *(f"maintenance.{word}" for word in ("scheduled", "edited", "began", "ended")),
        *(f"maintenance.{word}" for word in ("completed", "cancelled", "archived")),
    )
    return [fact.kind.removeprefix("maintenance.") for fact in facts]


async def test_a_window_begins_and_ends_by_itself_and_covers_its_services_meanwhile(house):
    window = await schedule(house)
    assert window.state is WindowState.SCHEDULED
    assert await covering(house) is None
    await house.pass_time(HOUR)
    assert (await now(house, window)).state is WindowState.IN_PROGRESS
    assert await covering(house) == await now(house, window)
    assert await covering(house, "vault") is None
    active = await house.house.read(maintenance.active_windows, ["mail", "vault"])
    assert list(active) == ["mail"]
    await house.pass_time(HOUR)
    assert (await now(house, window)).state is WindowState.COMPLETED
    assert await covering(house) is None
    assert await kinds(house) == ["scheduled", "began", "ended"]
    began, ended = await house.facts("maintenance.began", "maintenance.ended")
    assert began.payload["services"] == ended.payload["services"] == ["mail", "shop"]
    assert ended.payload["how"] == "time"


async def test_a_window_covers_from_its_start_even_before_its_timer_has_run(house):
    window = await schedule(house)
    house.clock.move(HOUR)
    found = await covering(house)
    assert found is not None
    assert (found.id, found.state) == (window.id, WindowState.SCHEDULED)


async def test_of_several_windows_the_last_to_end_covers(house):
    await schedule(house, timedelta(0), HOUR)
    longer = await schedule(house, timedelta(0), 3 * HOUR)
    found = await covering(house)
    assert found is not None
    assert found.id == longer.id
    active = await house.house.read(maintenance.active_windows, ["mail"])
    assert active["mail"].id == longer.id


async def test_a_start_in_the_past_starts_now(house):
    window = await schedule(house, -HOUR, 2 * HOUR)
    assert window.state is WindowState.IN_PROGRESS
    assert window.starts_at == window.began_at == START
    assert await kinds(house) == ["scheduled", "began"]


async def test_a_moved_window_begins_and_ends_at_its_new_times_only(house):
    window = await schedule(house)
    later = WindowChange(starts_at=START + 3 * HOUR, ends_at=START + 5 * HOUR)
    await house.desk.write(maintenance.edit_window, window.id, later)
    await house.pass_time(2 * HOUR)
    assert (await now(house, window)).state is WindowState.SCHEDULED
    await house.pass_time(HOUR)
    assert (await now(house, window)).state is WindowState.IN_PROGRESS
    longer = WindowChange(ends_at=START + 6 * HOUR)
    await house.desk.write(maintenance.edit_window, window.id, longer)
    await house.pass_time(2 * HOUR)
    assert (await now(house, window)).state is WindowState.IN_PROGRESS
    await house.pass_time(HOUR)
    assert (await now(house, window)).state is WindowState.COMPLETED


async def test_a_window_moved_into_the_past_begins_at_once(house):
    window = await schedule(house)
    moved = WindowChange(starts_at=START - HOUR)
    begun = await house.desk.write(maintenance.edit_window, window.id, moved)
    assert begun.state is WindowState.IN_PROGRESS
    assert "began" in await kinds(house)


async def test_an_edit_names_the_services_that_are_free_again(house):
    window = await schedule(house, timedelta(0))
    change = WindowChange(affected_services=("shop", "vault"))
    await house.desk.write(maintenance.edit_window, window.id, change)
    (fact,) = await house.facts("maintenance.edited")
    assert fact.payload["services"] == ["shop", "vault"]
    assert fact.payload["released"] == ["mail"]
    assert fact.payload["fields"] == ["affected_services"]
    assert await covering(house, "mail") is None
    assert await covering(house, "vault") is not None


async def test_a_change_that_changes_nothing_is_no_new_version(house):
    window = await schedule(house)
    same = WindowChange(title=window.title, affected_services=("shop", "mail"))
    assert (await house.desk.write(maintenance.edit_window, window.id, same)).version == 1
    assert await kinds(house) == ["scheduled"]


@pytest.mark.parametrize("verb", [maintenance.complete_window, maintenance.cancel_window])
async def test_what_people_end_early_ends_now(house, verb):
    window = await schedule(house, timedelta(0), 3 * HOUR)
    await house.pass_time(HOUR)
    ended = await house.desk.write(verb, window.id)
    assert ended.ends_at == START + HOUR
    assert await covering(house) is None
    word = ended.state.value
    assert await kinds(house) == ["scheduled", "began", word, "ended"]
    await house.pass_time(5 * HOUR)
    assert len(await house.facts("maintenance.ended")) == 1


async def test_out_of_order_is_refused(house):
    window = await schedule(house)
    with pytest.raises(IllegalTransition, match=r"complete.*scheduled"):
        await house.desk.write(maintenance.complete_window, window.id)
    await house.desk.write(maintenance.cancel_window, window.id)
    for verb in (maintenance.complete_window, maintenance.cancel_window):
        with pytest.raises(IllegalTransition, match="cancelled"):
            await house.desk.write(verb, window.id)
    with pytest.raises(IllegalTransition, match="edit"):
        await house.desk.write(maintenance.edit_window, window.id, WindowChange(title="Late"))
    await house.pass_time(2 * HOUR)
    assert await kinds(house) == ["scheduled", "cancelled"]


async def test_an_archived_window_is_gone_and_covers_nothing(house):
    window = await schedule(house, timedelta(0))
    await house.desk.write(maintenance.archive_window, window.id)
    with pytest.raises(NotFound):
        await now(house, window)
    assert await covering(house) is None
    assert await house.house.read(maintenance.windows, Filter.ALL) == []
    assert await kinds(house) == ["scheduled", "began", "archived", "ended"]


async def test_a_repeating_window_is_made_when_the_one_before_begins(house):
    daily = Recurrence("FREQ=DAILY;COUNT=3", "UTC")
    await schedule(house, recurrence=daily)
    for day in range(3):
        (coming,) = await house.house.read(maintenance.windows, Filter.UPCOMING)
        assert coming.starts_at == START + HOUR + day * DAY
        await house.pass_time(HOUR)
        assert await covering(house) is not None
        await house.pass_time(23 * HOUR, step=HOUR)
    assert await house.house.read(maintenance.windows, Filter.UPCOMING) == []
    past = await house.house.read(maintenance.windows, Filter.PAST)
    assert [one.starts_at for one in past] == [START + HOUR + n * DAY for n in (2, 1, 0)]
    assert len({one.series.id for one in past}) == 1


async def test_calling_one_off_leaves_the_rest_of_the_series(house):
    window = await schedule(house, recurrence=Recurrence("FREQ=DAILY", "UTC"))
    await house.desk.write(maintenance.cancel_window, window.id)
    (coming,) = await house.house.read(maintenance.windows, Filter.UPCOMING)
    assert coming.starts_at == START + HOUR + DAY
    await house.desk.write(maintenance.archive_window, coming.id)
    assert await house.house.read(maintenance.windows, Filter.UPCOMING) == []


async def test_moving_one_leaves_the_series_where_it_is_unless_the_rule_comes_along(house):
    daily = Recurrence("FREQ=DAILY", "UTC")
    window = await schedule(house, recurrence=daily)
    moved = WindowChange(starts_at=START + 2 * HOUR, ends_at=START + 3 * HOUR)
    await house.desk.write(maintenance.edit_window, window.id, moved)
    await house.pass_time(2 * HOUR)
    (coming,) = await house.house.read(maintenance.windows, Filter.UPCOMING)
    assert coming.starts_at == START + HOUR + DAY
    all_later = WindowChange(starts_at=START + DAY, recurrence=daily)
    await house.desk.write(maintenance.edit_window, coming.id, all_later)
    await house.pass_time(DAY)
    (after,) = await house.house.read(maintenance.windows, Filter.UPCOMING)
    assert after.starts_at == START + 2 * DAY


async def test_a_worker_that_slept_for_days_skips_what_it_missed(house):
    await schedule(house, recurrence=Recurrence("FREQ=DAILY", "UTC"))
    house.clock.move(timedelta(days=3, hours=12))
    await house.settle()
    (coming,) = await house.house.read(maintenance.windows, Filter.UPCOMING)
    assert coming.starts_at == START + HOUR + 4 * DAY
    assert await house.house.read(maintenance.windows, Filter.ACTIVE) == []


async def test_what_cannot_be_is_refused_with_its_field(house):
    for values, field in (
        ({"long": timedelta(0)}, "ends_at"),
        ({"starts": -3 * HOUR}, "ends_at"),
        ({"long": timedelta(days=91)}, "ends_at"),
        ({"affected_services": ("mail", "ghost")}, "affected_services.1"),
        ({"recurrence": Recurrence("FREQ=HOURLY", "UTC")}, "recurrence"),
    ):
        with pytest.raises(Invalid) as refused:
            await schedule(house, **values)
        assert refused.value.errors[0].field == field
    begun = await schedule(house, timedelta(0))
    for change, field in (
        (WindowChange(starts_at=START + HOUR / 2), "starts_at"),
        (WindowChange(ends_at=START - HOUR), "ends_at"),
        (WindowChange(recurrence=Recurrence("FREQ=DAILY", "UTC")), "recurrence"),
    ):
        with pytest.raises(Invalid) as refused:
            await house.desk.write(maintenance.edit_window, begun.id, change)
        assert refused.value.errors[0].field == field
