"""Wire models of the catalog; a whole service is answered by the `ServiceView` port."""

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import ConfigDict, Field

from tocsin.kernel.facts import Visibility
from tocsin.platform.wire import Moment, WireModel

from .entry import Dependencies, Description, Line, Source, Team, Tier
from .model import Category, Loaded, ManagedBy, RegistryReading, Service, ServiceChange


def _no_defaults(schema: dict[str, Any]) -> None:
    """What is not given stays as it is: there is no default to document."""
    for field in schema["properties"].values():
        field.pop("default", None)


class ServicePatch(WireModel):
    """Fields to change. Read-only fields that GET gave are accepted as long as they are the same."""

    model_config = ConfigDict(extra="allow", json_schema_extra=_no_defaults)

    name: Line = Field(default="")
    category: Category = Field(default=Category.ENGINEERING)
    source: Source = Field(default_factory=dict)
    tier: Tier = Field(default=2)
    visibility: Visibility = Field(default=Visibility.PUBLIC)
    owner_team: Team | None = None
    description: Description | None = None
    dependencies: Dependencies = Field(default=())

    @property
    def gives_source(self) -> bool:
        return "source" in self.model_fields_set

    def read_only(self) -> dict[str, Any]:
        """What was sent beside the fields that can be changed."""
        return dict(self.model_extra or {})

    def change(self, source: Mapping[str, Any] | None) -> ServiceChange:
        """The change, with the source as its kind has checked it."""
        own = self.model_fields_set & set(type(self).model_fields)
        given = {name: getattr(self, name) for name in own - {"source"}}
        if given.get("description") == "":
            given["description"] = None
        return ServiceChange(**given) if source is None else ServiceChange(**given, source=source)


class ServiceOut(WireModel):
    """A service as the catalog alone knows it."""

    id: str
    name: str
    category: Category
    tier: int
    visibility: Visibility
    owner_team: str | None
    description: str | None
    source: dict[str, Any]
    dependencies: tuple[str, ...]
    managed_by: ManagedBy
    version: int
    created_at: Moment
    updated_at: Moment

    @classmethod
    def of(cls, service: Service) -> "ServiceOut":
        """Show a service of the catalog."""
        return cls.model_validate(service, from_attributes=True)


class MistakeOut(WireModel):
    """A mistake in the registry file: lines count from 1."""

    line: int
    field: str
    expected: str


class RegistryFileOut(WireModel):
    """The registry file as it was read last; a refused one changed nothing."""

    state: Literal["none", "loaded", "refused"]
    file: str | None = None
    read_at: Moment | None = None
    mistakes: list[MistakeOut] = Field(default_factory=list)

    @classmethod
    def of(cls, reading: RegistryReading | None) -> "RegistryFileOut":
        """Show the last reading."""
        if reading is None:
            return cls(state="none")
        return cls(
            state="refused" if reading.mistakes else "loaded",
            file=reading.file,
            read_at=reading.read_at,
            mistakes=[
                MistakeOut(line=one.line, field=one.field, expected=one.expected)
                for one in reading.mistakes
            ],
        )


class ReloadOut(WireModel):
    """What reading the registry file changed, as service ids."""

    file: str
    declared: tuple[str, ...]
    edited: tuple[str, ...]
    archived: tuple[str, ...]
    unchanged: int

    @classmethod
    def of(cls, file: str, loaded: Loaded) -> "ReloadOut":
        """Show what a load did."""
        return cls(
            file=file,
            declared=loaded.declared,
            edited=loaded.edited,
            archived=loaded.archived,
            unchanged=loaded.unchanged,
        )
