"""The registry file: found in its place, read with line numbers, loaded in portions."""

from tocsin.registry.catalog.model import LineError

from .loading import RegistryReader, reload_job
from .model import NoRegistryFile, RegistryFile, RegistryRefused
from .places import RegistryPlaces
from .reading import read_registry

__all__ = [
    "LineError",
    "NoRegistryFile",
    "RegistryFile",
    "RegistryPlaces",
    "RegistryReader",
    "RegistryRefused",
    "read_registry",
    "reload_job",
]
