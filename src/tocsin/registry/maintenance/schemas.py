"""Wire types of maintenance."""

from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, ConfigDict, Field, StringConstraints

from tocsin.platform.wire import Moment, WireModel

from .model import (
    MOST_SERVICES,
    Recurrence,
    Window,
    WindowChange,
    WindowDraft,
    WindowSource,
    WindowState,
)

_NOT_GIVEN = datetime(1970, 1, 1, tzinfo=UTC)


def _no_defaults(schema: dict[str, Any]) -> None:
    """What is not given stays as it is: there is no default to document."""
    for field in schema["properties"].values():
        field.pop("default", None)


def _one_line(text: str) -> str:
    if not text.isprintable():
        raise ValueError("expected one line of text without control characters")
    return text


def _once_each(ids: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(ids)) != len(ids):
        raise ValueError("names a service twice")
    return ids


Title = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200),
    AfterValidator(_one_line),
    Field(description="Strangers who see one of the services on the board see it too."),
]
Description = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=5_000),
    Field(description="For people inside."),
]
Services = Annotated[
    tuple[Annotated[str, StringConstraints(min_length=1, max_length=63)], ...],
    Field(min_length=1, max_length=MOST_SERVICES),
    AfterValidator(_once_each),
]


class RecurrenceModel(WireModel):
    """How a window repeats, true to the wall clock of its zone.

    Parts of the rule: FREQ (DAILY to YEARLY), INTERVAL, COUNT, UNTIL, BYDAY, BYMONTHDAY, BYMONTH,
    BYSETPOS, WKST.
    """

    rule: Annotated[
        str,
        StringConstraints(strip_whitespace=True, min_length=1, max_length=500),
        AfterValidator(_one_line),
        Field(description="An RRULE of RFC 5545, such as FREQ=WEEKLY;BYDAY=SU."),
    ]
    time_zone: Annotated[
        str, StringConstraints(min_length=1, max_length=64), Field(description="An IANA zone.")
    ]

    def recurrence(self) -> Recurrence:
        """The recurrence as the room knows it."""
        return Recurrence(self.rule, self.time_zone)


class WindowIn(WireModel):
    """A window to schedule; a start in the past starts now, and it lasts at most 90 days."""

    title: Title
    starts_at: Moment
    ends_at: Moment
    affected_services: Services
    description: Description | None = None
    recurrence: RecurrenceModel | None = None

    def draft(self) -> WindowDraft:
        """What the verb takes."""
        return WindowDraft(
            self.title,
            self.starts_at,
            self.ends_at,
            self.affected_services,
            self.description or None,
            self.recurrence.recurrence() if self.recurrence else None,
        )


class WindowPatch(WireModel):
    """The fields to change; those that are read-only may come along as they were read.

    Times are this window's alone, unless `recurrence` comes with them: then the series counts
    anew from here.
    """

    model_config = ConfigDict(extra="allow", json_schema_extra=_no_defaults)

    title: Title = ""
    starts_at: Moment = _NOT_GIVEN
    ends_at: Moment = _NOT_GIVEN
    affected_services: Services = ()
    description: Description | None = None
    recurrence: RecurrenceModel | None = None

    def change(self) -> WindowChange:
        """The fields that were sent."""
        own = self.model_fields_set & set(type(self).model_fields)
        given: dict[str, Any] = {name: getattr(self, name) for name in own}
        if given.get("recurrence") is not None:
            given["recurrence"] = given["recurrence"].recurrence()
        if "description" in given:
            given["description"] = given["description"] or None
        return WindowChange(**given)

    def read_only(self) -> dict[str, Any]:
        """What was sent beside the fields that can be changed."""
        return dict(self.model_extra or {})


class WindowOut(WireModel):
    """A window; to strangers `description` is null and internal services are left out.

    `began_at` is when the work really began; `ends_at` is null where a vendor does not say. A
    repeating window is one per occurrence, the next made when one begins.
    """

    id: str
    title: str
    description: str | None
    starts_at: Moment
    ends_at: Moment | None
    status: WindowState
    source: WindowSource
    affected_services: list[str]
    recurrence: RecurrenceModel | None
    series_id: str | None
    began_at: Moment | None
    version: int
    created_at: Moment
    updated_at: Moment

    @classmethod
    def of(cls, window: Window, shown: frozenset[str] | None = None) -> "WindowOut":
        """Show a window; `shown` are the services that a stranger may know of."""
        stranger = shown is not None
        services = window.affected_services
        return cls(
            id=window.id.hex,
            title=window.title,
            description=None if stranger else window.description,
            starts_at=window.starts_at,
            ends_at=window.ends_at,
            status=window.state,
            source=window.source,
            affected_services=[one for one in services if shown is None or one in shown],
            recurrence=_recurrence(window),
            series_id=window.series.id.hex if window.series else None,
            began_at=window.began_at,
            version=window.version,
            created_at=window.created_at,
            updated_at=window.updated_at,
        )


class WindowUpdateIn(WireModel):
    """Something to write about a window, for people inside."""

    message: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=1, max_length=5_000)
    ]


class WindowUpdateOut(WireModel):
    """What somebody wrote about a window."""

    id: UUID
    at: Moment
    author: str
    message: str


def _recurrence(window: Window) -> RecurrenceModel | None:
    kept = window.recurrence
    return RecurrenceModel(rule=kept.rule, time_zone=kept.time_zone) if kept else None
