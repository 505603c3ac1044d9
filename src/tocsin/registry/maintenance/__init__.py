"""Maintenance (local stub)."""

from typing import Any


def window_covering(tx: Any, service_id: str, at: Any) -> Any:
    return None


def active_windows(tx: Any, service_ids: Any) -> dict[str, Any]:
    return {}
