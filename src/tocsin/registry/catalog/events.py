"""Facts of the catalog. A stranger may learn only of public services."""

from collections.abc import Iterable

from tocsin.kernel.facts import Fact, Visibility, subject_of

from .model import Loaded, Service

DECLARED = "service.declared"
EDITED = "service.edited"
ARCHIVED = "service.archived"
RESTORED = "service.restored"
REGISTRY_LOADED = "registry.loaded"
REGISTRY_REFUSED = "registry.refused"

OF_SERVICES = (DECLARED, EDITED, ARCHIVED, RESTORED)

_REGISTRY = subject_of("registry", "services")
_MOST_LINES = 50


def declared(service: Service) -> Fact:
    """A service came into the catalog."""
    return _fact(DECLARED, service, {"category": service.category.value, "tier": service.tier})


def edited(service: Service, fields: Iterable[str], *, was_public: bool) -> Fact:
    """Fields of a service changed; their values stay in its row.

    Strangers who knew the service must learn that it is hidden now, so this fact is public for
    what was public before, too.
    """
    payload = {"fields": sorted(fields), "version": service.version}
    return _fact(EDITED, service, payload, public=was_public or service.is_public)


def archived(service: Service) -> Fact:
    """A service left the catalog; its id is kept."""
    return _fact(ARCHIVED, service, {"version": service.version})


def restored(service: Service) -> Fact:
    """An archived service came back under its old id."""
    return _fact(RESTORED, service, {"version": service.version})


def registry_loaded(loaded: Loaded) -> Fact:
    """The registry file changed the catalog."""
    return Fact(
        REGISTRY_LOADED,
        _REGISTRY,
        {
            "declared": len(loaded.declared),
            "edited": len(loaded.edited),
            "archived": len(loaded.archived),
            "unchanged": loaded.unchanged,
        },
    )


def registry_refused(lines: list[int]) -> Fact:
    """The registry file has errors in these lines; the catalog stays as it was."""
    return Fact(REGISTRY_REFUSED, _REGISTRY, {"errors": len(lines), "lines": lines[:_MOST_LINES]})


def _fact(
    kind: str, service: Service, payload: dict[str, object], *, public: bool | None = None
) -> Fact:
    shown = service.is_public if public is None else public
    visibility = Visibility.PUBLIC if shown else Visibility.INTERNAL
    return Fact(kind, subject_of("service", service.id), payload, visibility=visibility)
