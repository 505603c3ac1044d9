"""What can be done to the catalog: by people, and by the registry file."""

from .people import (
    archive_service,
    declare_service,
    edit_service,
    expect_version,
    keep_sealed_source,
)
from .registry import (
    adopt_entries,
    archive_absent,
    load_registry,
    note_loaded,
    note_refused,
    request_reload,
)

__all__ = [
    "adopt_entries",
    "archive_absent",
    "archive_service",
    "declare_service",
    "edit_service",
    "expect_version",
    "keep_sealed_source",
    "load_registry",
    "note_loaded",
    "note_refused",
    "request_reload",
]
