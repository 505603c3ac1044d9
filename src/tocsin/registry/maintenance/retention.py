"""Which old windows go: what vendors announced as status events do, people's own where facts go."""

from sqlalchemy import and_

from tocsin.platform.retention import Purge

from .model import WindowSource, WindowState
from .tables import maintenance_services, maintenance_updates
from .tables import maintenance_windows as _w

VENDOR_KEPT, OWN_KEPT = "RETENTION_DAYS_STATUS_EVENTS", "RETENTION_DAYS_JOURNAL"
_OVER = _w.c.status.in_([WindowState.COMPLETED.value, WindowState.CANCELLED.value])


def _windows(name: str, source: WindowSource, setting: str, at_once: int) -> Purge:
    return Purge(
        name,
        _w,
        "starts_at",
        (setting,),
        which=and_(_OVER, _w.c.source == source.value),
        children=(maintenance_services.c.window_id, maintenance_updates.c.window_id),
        at_once=at_once,
    )


# a vendor's window names one service; a person's may name hundreds, and has updates
PURGES = (
    _windows("vendor_windows", WindowSource.VENDOR, VENDOR_KEPT, 250),
    _windows("own_windows", WindowSource.OWN, OWN_KEPT, 20),
)
