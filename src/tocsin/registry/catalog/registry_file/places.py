"""Where the registry file lies: the one that is named, else the local one, else the example."""

from dataclasses import dataclass
from pathlib import Path

from tocsin.registry.catalog.model import LineError

from .model import RegistryRefused

USUAL_PLACES = (Path("config/services.local.yaml"), Path("config/services.yaml"))


@dataclass(frozen=True, slots=True)
class RegistryPlaces:
    """`named` is SERVICES_FILE, which must exist; `usual` are tried in order without it."""

    named: Path | None = None
    usual: tuple[Path, ...] = USUAL_PLACES

    def find(self) -> Path | None:
        """The file to read, or None where there is none; raises RegistryRefused."""
        if self.named is not None:
            return self._named()
        return next((path for path in self.usual if path.is_file()), None)

    def _named(self) -> Path | None:
        if self.named is None or self.named.is_file():
            return self.named
        expected = "SERVICES_FILE names this file, but it does not exist"
        raise RegistryRefused([LineError(str(self.named), 1, "", expected)])
