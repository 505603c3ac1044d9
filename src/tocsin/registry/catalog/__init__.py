"""The catalog: services we know of, what they depend on, and the registry file that may name them."""

from .model import (
    UNCHANGED,
    Category,
    Loaded,
    ManagedBy,
    Service,
    ServiceChange,
    ServiceDraft,
    Unchanged,
)
from .ports import ServiceView, SourceKinds
from .queries import all_services as services
from .queries import (
    dependents_of,
    dependents_of_any,
    edges_among,
    hold_service,
    require_services,
    service,
    service_marks,
    services_by_id,
)
from .rules import MOST_SERVICES
from .verbs import (
    archive_service,
    declare_service,
    edit_service,
    keep_sealed_source,
    load_registry,
    request_reload,
)

__all__ = [
    "MOST_SERVICES",
    "UNCHANGED",
    "Category",
    "Loaded",
    "ManagedBy",
    "Service",
    "ServiceChange",
    "ServiceDraft",
    "ServiceView",
    "SourceKinds",
    "Unchanged",
    "archive_service",
    "declare_service",
    "dependents_of",
    "dependents_of_any",
    "edges_among",
    "edit_service",
    "hold_service",
    "keep_sealed_source",
    "load_registry",
    "request_reload",
    "require_services",
    "service",
    "service_marks",
    "services",
    "services_by_id",
]
