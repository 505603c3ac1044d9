"""Pure rules of the catalog: slugs, reserved words, dependencies, what a draft changes."""

import re
from collections.abc import Iterable
from typing import Any

from tocsin.kernel.errors import FieldError

from .model import ManagedBy, Service, ServiceDraft

MOST_SERVICES = 5_000
MOST_DEPENDENCIES = 200

RESERVED = frozenset(
    {
        "admin",
        "archived",
        "backfill",
        "counts",
        "draft",
        "edit",
        "export",
        "graph",
        "history",
        "import",
        "live",
        "new",
        "reload",
        "sla",
        "slo",
        "summary",
        "timeline",
        "uptime",
    }
)

_SLUG = re.compile(r"[a-z0-9-]{1,63}")


def slug_fault(text: str) -> str | None:
    """Why a text cannot be a service's id, or None."""
    if not _SLUG.fullmatch(text):
        return "expected 1 to 63 of the characters a-z, 0-9 and -"
    if text in RESERVED:
        return f"“{text}” is a reserved word; choose another id"
    return None


def dependency_faults(
    service_id: str, dependencies: Iterable[str], known: Iterable[str]
) -> list[FieldError]:
    """What is wrong with a list of dependencies: itself, or services that do not exist.

    That a longer way leads back to the service is looked for with the whole graph in view: `cycles`.
    """
    there = set(known)
    return [
        FieldError(f"dependencies.{index}", fault)
        for index, name in enumerate(dependencies)
        if (fault := _dependency_fault(service_id, name, there))
    ]


def changed_fields(service: Service, draft: ServiceDraft, managed_by: ManagedBy) -> list[str]:
    """The names of the fields in which a service differs from what is wanted."""
    names = [name for name, value in wanted(draft).items() if getattr(service, name) != value]
    if service.managed_by is not managed_by:
        names.append("managed_by")
    return names


def wanted(draft: ServiceDraft) -> dict[str, Any]:
    """The fields of a draft as a service carries them."""
    return {
        "name": draft.name,
        "category": draft.category,
        "tier": draft.tier,
        "visibility": draft.visibility,
        "owner_team": draft.owner_team,
        "description": draft.description,
        "source": dict(draft.source),
        "dependencies": tuple(sorted(set(draft.dependencies))),
    }


def _dependency_fault(service_id: str, name: str, known: set[str]) -> str | None:
    if name == service_id:
        return "a service cannot depend on itself"
    if name not in known:
        return f"there is no service “{name}”"
    return None
