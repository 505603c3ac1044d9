"""The JSON kind: an address, a query, and what the words that it finds mean."""

from functools import partial
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field, StringConstraints

from tocsin.adapters.feeds.json_query.expressions import LONGEST, checked
from tocsin.adapters.feeds.json_query.rules import MAINTENANCE, Question, folded, read_answer
from tocsin.adapters.feeds.listed import ListedPage
from tocsin.adapters.feeds.listed_kind import ListedKind
from tocsin.adapters.feeds.payload import stored_address
from tocsin.detection.signals.ports import SourceFields, SourceSpec, WatchedNames
from tocsin.kernel.status import Status
from tocsin.platform.http import tidy_url

Expression = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST),
    AfterValidator(checked),
]
Meaning = Literal[
    "operational", "degraded", "partial_outage", "major_outage", "unknown", "maintenance"
]


def _told_apart(mapping: dict[str, Meaning]) -> dict[str, Meaning]:
    if len({folded(value) for value in mapping}) < len(mapping):
        raise ValueError("two values differ only in upper and lower case")
    return mapping


class JsonSource(SourceFields):
    """`{kind: json, url, query, mapping, name_query?, components?}`.

    `query` (JMESPath) gives one value, a list of them, or an object of values by name; `mapping`
    says what each value means, compared as text. `name_query` gives the names of a list's values.
    """

    kind: Literal["json"] = "json"
    url: Annotated[str, AfterValidator(partial(stored_address, tidy_url))]
    query: Expression
    mapping: Annotated[
        dict[Annotated[str, StringConstraints(max_length=200)], Meaning],
        Field(
            min_length=1,
            max_length=200,
            description="A status for each value; any other value is unknown.",
        ),
        AfterValidator(_told_apart),
    ]
    name_query: Expression | None = None
    components: WatchedNames = ()


class JsonKind(ListedKind):
    """Any JSON document on the web."""

    kind: ClassVar[str] = "json"
    schema: ClassVar[type[SourceFields]] = JsonSource

    def page_address(self, url: str) -> str:
        """The address as it is; raises HttpFailure for what is none."""
        return tidy_url(url)

    def feed_address(self, page: str, spec: SourceSpec) -> str:
        """The document is its own page."""
        return page

    def listed(self, payload: object, spec: SourceSpec) -> ListedPage:
        """What the query finds; raises ShapeFault."""
        fields = JsonSource.model_validate({"url": spec.url, **spec.options})
        meanings = {
            folded(value): None if word == MAINTENANCE else Status(word)
            for value, word in fields.mapping.items()
        }
        return read_answer(payload, Question(fields.query, fields.name_query, meanings))
