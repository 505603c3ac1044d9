"""The wire types of incidents as they are asked for."""

import unicodedata
from collections.abc import Callable
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

from tocsin.kernel.severity import Severity
from tocsin.kernel.status import Status
from tocsin.platform.web import Moment, WireModel
from tocsin.response.incidents.model import (
    Impact,
    PendingReason,
    Phase,
    State,
    UpdateDraft,
    Urgency,
)
from tocsin.response.incidents.verbs import Change, CommentDraft, IncidentDraft
from tocsin.response.incidents.verbs.steps import Words
from tocsin.response.incidents.verbs.work import LANGUAGE


def _one_line(text: str) -> str:
    if not text.isprintable():
        raise ValueError("expected one line of text without control characters")
    return text


def _without_controls(text: str) -> str:
    """Lines and tabs are text; other control characters are accidents or tricks on the reader."""
    if any(unicodedata.category(each) == "Cc" and each not in "\n\r\t" for each in text):
        raise ValueError("expected text without control characters")
    return text


def _id_of(value: Any) -> Any:
    """A service or assignee may be named by its id, or sent back as it was read."""
    return value["id"] if isinstance(value, dict) and "id" in value else value


Title = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200),
    AfterValidator(_one_line),
]
Text = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=20_000),
    AfterValidator(_without_controls),
]
Line = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=120), AfterValidator(_one_line)
]
Tag = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=60),
    AfterValidator(_one_line),
]
Named = Annotated[str, BeforeValidator(_id_of), StringConstraints(max_length=320)]
Service = Annotated[str, BeforeValidator(_id_of), StringConstraints(max_length=63)]
Services = Annotated[list[Service], Field(max_length=200)]
Tags = Annotated[list[Tag], Field(max_length=50)]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$")]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,63}$")]


def _renamed(data: Any, alias: str, name: str) -> Any:
    if isinstance(data, dict) and alias in data and name not in data:
        return {name if key == alias else key: value for key, value in data.items()}
    return data


class _Assigning(WireModel):
    """`assignee` is another word for `assigned_to`."""

    @model_validator(mode="before")
    @classmethod
    def _know_the_assignee(cls, data: Any) -> Any:
        return _renamed(data, "assignee", "assigned_to")


class IncidentIn(_Assigning):
    """An incident to open; missing impact or urgency are supplied from the severity."""

    title: Title
    severity: Severity
    description: Text | None = None
    impact: Impact | None = None
    urgency: Urgency | None = None
    affected_services: Services = Field(default_factory=list)
    tags: Tags = Field(default_factory=list)
    assigned_to: Named | None = None
    category: Line | None = None
    started_at: Moment | None = None

    def draft(self) -> IncidentDraft:
        """The incident as the verb takes it."""
        return IncidentDraft(
            title=self.title,
            severity=self.severity,
            description=self.description or None,
            impact=self.impact,
            urgency=self.urgency,
            affected_services=tuple(self.affected_services),
            tags=tuple(self.tags),
            assigned_to=self.assigned_to,
            category=self.category or None,
            started_at=self.started_at,
        )


def _no_defaults(schema: dict[str, Any]) -> None:
    """What is not given stays as it is: there is no default to document."""
    for field in schema["properties"].values():
        field.pop("default", None)


class IncidentPatch(_Assigning):
    """Fields to change, then the `status` to reach by the verb that leads there.

    `pending_reason`, `resolution_note`, `reason` and `public_message` go with that verb. Read-only
    fields that GET gave are accepted as long as they are the same; `version` must be the current.
    """

    model_config = ConfigDict(extra="allow", json_schema_extra=_no_defaults)

    title: Title = ""
    description: Text | None = None
    category: Line | None = None
    severity: Severity = Severity.LOW
    impact: Impact = Impact.LOW
    urgency: Urgency = Urgency.LOW
    affected_services: Services = Field(default_factory=list)
    tags: Tags = Field(default_factory=list)
    assigned_to: Named | None = None
    started_at: Moment | None = None
    public_title: Title | None = None
    resolution_note: Text | None = None
    status: State = State.OPEN
    pending_reason: PendingReason | None = None
    reason: Text | None = None
    public_message: Text | None = None
    version: int | None = None

    @model_validator(mode="after")
    def _dates_are_dates(self) -> "IncidentPatch":
        if "started_at" in self.model_fields_set and self.started_at is None:
            raise ValueError("started_at cannot be null")
        return self

    @property
    def assigns(self) -> bool:
        return "assigned_to" in self.model_fields_set

    @property
    def wanted(self) -> State | None:
        """The state to reach, None where none was named."""
        return self.status if "status" in self.model_fields_set else None

    def read_only(self) -> dict[str, Any]:
        """What was sent beside the fields that can be changed."""
        return dict(self.model_extra or {})

    def change(self) -> Change:
        """The change as the verb takes it."""
        given = self.model_fields_set & _EDITABLE.keys()
        return Change(
            fields={name: _EDITABLE[name](getattr(self, name)) for name in given},
            assigns=self.assigns,
            assigned_to=self.assigned_to,
            state=self.wanted,
            words=Words(
                public_message=self.public_message,
                pending_reason=self.pending_reason,
                reason=self.reason,
            ),
        )


def _as_is(value: Any) -> Any:
    return value


def _or_none(value: str | None) -> str | None:
    return value or None


def _distinct(values: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


_EDITABLE: dict[str, Callable[[Any], Any]] = {
    "title": _as_is,
    "description": _or_none,
    "category": _or_none,
    "severity": _as_is,
    "impact": _as_is,
    "urgency": _as_is,
    "affected_services": _distinct,
    "tags": _distinct,
    "started_at": _as_is,
    "public_title": _as_is,
    "resolution_note": _or_none,
}


class NothingIn(WireModel):
    """A verb that needs no words."""


class AssignIn(_Assigning):
    """Whom to give it to; null takes it away."""

    assigned_to: Named | None


class HoldIn(WireModel):
    """What it waits for."""

    pending_reason: PendingReason | None = None


class ResolveIn(WireModel):
    """What was done, and what the public reads where it knows of it."""

    resolution_note: Text | None = None
    public_message: Text | None = None


class ReopenIn(WireModel):
    """What the public reads where it knows of it."""

    public_message: Text | None = None


class CancelIn(WireModel):
    """Why it was none, and what the public reads where it knows of it."""

    reason: Text | None = None
    public_message: Text | None = None


class UpdateIn(WireModel):
    """A dated message: `message`, or `texts` by language. `at` null is now.

    `status` is another word for `phase`.
    """

    phase: Phase
    title: Title | None = None
    message: Text | None = None
    texts: dict[Language, Text] | None = Field(default=None, max_length=40)
    public: bool = False
    at: Moment | None = None
    impacts: dict[Service, Status] = Field(default_factory=dict, max_length=200)
    pages: list[Slug] | None = Field(default=None, max_length=50)
    keep_open: bool = False

    @model_validator(mode="before")
    @classmethod
    def _know_the_phase(cls, data: Any) -> Any:
        return _renamed(data, "status", "phase")

    @property
    def resolves(self) -> bool:
        """Whether it may resolve the incident with it."""
        return self.public and self.phase is Phase.RESOLVED and not self.keep_open

    @model_validator(mode="after")
    def _says_it_once(self) -> "UpdateIn":
        if self.message is not None and self.texts is not None:
            raise ValueError("send message or texts, not both")
        return self

    def draft(self) -> UpdateDraft:
        """The update as the verb takes it."""
        texts = self.texts or ({} if self.message is None else {LANGUAGE: self.message})
        return UpdateDraft(
            phase=self.phase,
            texts=texts,
            public=self.public,
            at=self.at,
            title=self.title,
            impacts=self.impacts,
            keep_open=self.keep_open,
        )


class CommentIn(WireModel):
    """A comment for people inside."""

    body: Text
    mentions: list[Named] = Field(default_factory=list, max_length=50)
    internal_only: bool = True

    def draft(self) -> CommentDraft:
        """The comment as the verb takes it."""
        return CommentDraft(self.body, tuple(self.mentions), self.internal_only)
