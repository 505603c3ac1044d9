"""Vendors' windows follow what readings announce."""

from datetime import timedelta

import pytest

from tests.support.spine import START, Workshop
from tocsin.kernel.errors import Conflict
from tocsin.registry import maintenance
from tocsin.registry.maintenance import (
    Filter,
    VendorWindow,
    WindowChange,
    WindowSource,
    WindowState,
)
from tocsin.registry.maintenance.model import MOST_VENDOR_WINDOWS

HOUR = timedelta(hours=1)


def announced(name: str = "a", *, in_progress: bool = False, **more) -> VendorWindow:
    values = {"starts_at": START + HOUR, "ends_at": START + 2 * HOUR, **more}
    return VendorWindow(name, f"Work {name}", in_progress=in_progress, **values)


async def note(house: Workshop, *windows: VendorWindow):
    return await house.house.write(maintenance.note_vendor_windows, "mail", "source-1", windows)


async def listed(house: Workshop, shown: Filter = Filter.ALL):
    return await house.house.read(maintenance.windows, shown)


async def test_what_is_announced_again_is_no_news(house):
    assert (await note(house, announced())).added == 1
    assert await note(house, announced()) == maintenance.VendorChange()
    (window,) = await listed(house, Filter.UPCOMING)
    assert (window.title, window.source) == ("Work a", WindowSource.VENDOR)
    assert window.affected_services == ("mail",)
    assert len(await house.facts("maintenance.vendor_announced")) == 1


async def test_a_window_is_moved_begun_and_over_as_the_vendor_says(house):
    await note(house, announced())
    await note(house, announced(ends_at=START + 3 * HOUR))
    (window,) = await listed(house)
    assert (window.ends_at, window.version) == (START + 3 * HOUR, 2)
    house.clock.move(HOUR)
    await note(house, announced(in_progress=True, ends_at=None))
    (window,) = await listed(house, Filter.ACTIVE)
    assert (window.began_at, window.ends_at) == (START + HOUR, None)
    house.clock.move(HOUR)
    await note(house)
    (window,) = await listed(house, Filter.PAST)
    assert (window.state, window.ends_at) == (WindowState.COMPLETED, START + 2 * HOUR)


async def test_what_vanishes_before_it_began_is_cancelled_and_may_come_back(house):
    await note(house, announced("a"), announced("b"))
    await note(house, announced("b"))
    states = {one.title: one.state for one in await listed(house)}
    assert states == {"Work a": WindowState.CANCELLED, "Work b": WindowState.SCHEDULED}
    await note(house, announced("a"), announced("b"))
    assert len(await listed(house, Filter.UPCOMING)) == 2


async def test_sources_do_not_know_of_each_others_windows(house):
    await note(house, announced())
    await house.house.write(maintenance.note_vendor_windows, "shop", "source-2", [announced()])
    await note(house)
    (left,) = await listed(house, Filter.UPCOMING)
    assert left.affected_services == ("shop",)


async def test_what_has_no_start_and_has_not_begun_is_left_out(house):
    await note(
        house, announced("a", starts_at=None), announced("b", starts_at=None, in_progress=True)
    )
    (window,) = await listed(house)
    assert (window.title, window.starts_at) == ("Work b", START)


async def test_a_flood_of_windows_keeps_the_first_to_begin(house):
    many = [announced(str(n), starts_at=START + n * HOUR, ends_at=None) for n in range(150)]
    await note(house, *reversed(many))
    kept = await house.house.read(lambda tx: maintenance.windows(tx, Filter.ALL, limit=500))
    assert len(kept) == MOST_VENDOR_WINDOWS
    assert min(one.starts_at for one in kept) == START


async def test_a_vendors_window_is_not_ours_to_change_and_mutes_nothing(house):
    await note(house, announced(in_progress=True, starts_at=START))
    (window,) = await listed(house)
    assert await house.house.read(maintenance.window_covering, "mail", START) is None
    with pytest.raises(Conflict, match="vendor"):
        await house.desk.write(maintenance.edit_window, window.id, WindowChange(title="Ours"))
    with pytest.raises(Conflict, match="vendor"):
        await house.desk.write(maintenance.cancel_window, window.id)
