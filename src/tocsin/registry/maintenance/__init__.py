"""Maintenance: windows in which work is done on services, our own and those vendors announce."""

from .model import (
    Filter,
    Recurrence,
    VendorChange,
    VendorWindow,
    Window,
    WindowChange,
    WindowDraft,
    WindowSource,
    WindowState,
)
from .queries import active_windows, window, window_covering, windows
from .verbs import (
    archive_window,
    cancel_window,
    complete_window,
    edit_window,
    note_vendor_windows,
    schedule_window,
)

__all__ = [
    "Filter",
    "Recurrence",
    "VendorChange",
    "VendorWindow",
    "Window",
    "WindowChange",
    "WindowDraft",
    "WindowSource",
    "WindowState",
    "active_windows",
    "archive_window",
    "cancel_window",
    "complete_window",
    "edit_window",
    "note_vendor_windows",
    "schedule_window",
    "window",
    "window_covering",
    "windows",
]
