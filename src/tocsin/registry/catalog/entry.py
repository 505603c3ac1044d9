"""The fields of a service as people write them: POST /services and the registry file alike."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints

from tocsin.kernel.facts import Visibility
from tocsin.platform.wire import WireModel

from . import rules
from .model import Category, ServiceDraft


def _slug(text: str) -> str:
    if fault := rules.slug_fault(text):
        raise ValueError(fault)
    return text


def _one_line(text: str) -> str:
    if not text.isprintable():
        raise ValueError("expected one line of text without control characters")
    return text


def _no_boolean(value: Any) -> Any:
    if isinstance(value, bool):
        raise ValueError("expected 1, 2 or 3")
    return value


Slug = Annotated[
    str, AfterValidator(_slug), Field(json_schema_extra={"pattern": "^[a-z0-9-]{1,63}$"})
]
Line = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=120),
    AfterValidator(_one_line),
]
Description = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2_000)]
Tier = Annotated[Literal[1, 2, 3], BeforeValidator(_no_boolean)]
Team = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,63}$")]
Dependencies = Annotated[tuple[Slug, ...], Field(max_length=rules.MOST_DEPENDENCIES)]
Source = Annotated[
    dict[str, Any],
    Field(description="`{kind, …}`; the other fields depend on the kind."),
]


class ServiceIn(WireModel):
    """A service to declare. `owner_team` is a team's slug, which may be made later."""

    id: Slug
    name: Line
    category: Category
    source: Source
    tier: Tier = 2
    visibility: Visibility = Visibility.PUBLIC
    owner_team: Team | None = None
    description: Description | None = None
    dependencies: Dependencies = ()

    def draft(self, source: dict[str, Any]) -> ServiceDraft:
        """The draft with the source as its kind has checked it."""
        return ServiceDraft(
            id=self.id,
            name=self.name,
            category=self.category,
            source=source,
            tier=self.tier,
            visibility=self.visibility,
            owner_team=self.owner_team,
            description=self.description or None,
            dependencies=self.dependencies,
        )
