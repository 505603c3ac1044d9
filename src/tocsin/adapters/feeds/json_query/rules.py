"""What a query finds in a JSON document, and what that means."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tocsin.adapters.feeds.json_query.expressions import evaluate
from tocsin.adapters.feeds.json_query.keeping import Nothing
from tocsin.adapters.feeds.listed import ListedPage
from tocsin.adapters.feeds.payload import ShapeFault, text
from tocsin.detection.signals.ports import ComponentReading
from tocsin.kernel.status import Status

MAINTENANCE = "maintenance"
_MOST_VALUES = 2_000
_NULL = "null"

Meanings = Mapping[str, Status | None]
"""What a value means, by its folded text; None is maintenance."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a document."""

    query: str
    name_query: str | None
    meanings: Meanings


def folded(value: str) -> str:
    """A value as it is compared: upper and lower case are the same."""
    return value.strip().casefold()


def read_answer(payload: object, asked: Question) -> ListedPage:
    """One value for the whole, or a component per value; raises ShapeFault.

    A query that finds nothing says nothing about the service, so it is a failure. A value that is
    missing from a list or an object leaves a component without a state.
    """
    found = _evaluate(asked.query, payload)
    if found is None:
        raise ShapeFault("the query finds nothing")
    if not isinstance(found, list | dict):
        state = _as_text(found)
        status, maintained = _meaning(state, asked.meanings)
        return ListedPage(
            name=None, overall=status, in_maintenance=maintained, said=text(state) or ""
        )
    if not found:
        raise ShapeFault("the query finds an empty list")
    if len(found) > _MOST_VALUES:
        raise ShapeFault(f"the query finds more than {_MOST_VALUES} values")
    if isinstance(found, dict):
        pairs = [(text(name) or "?", value) for name, value in found.items()]
    else:
        pairs = list(zip(_names(payload, asked, len(found)), found, strict=True))
    components = [_component(name, _as_text(value), asked.meanings) for name, value in pairs]
    return ListedPage(name=None, components=tuple(components))


def _names(payload: object, asked: Question, count: int) -> Sequence[str]:
    if asked.name_query is None:
        return [str(number) for number in range(1, count + 1)]
    found = _evaluate(asked.name_query, payload)
    if not isinstance(found, list) or len(found) != count:
        raise ShapeFault(f"the query finds {count} values, but not as many names")
    named = (
        None if name is None or isinstance(name, Nothing) else _as_text(name) for name in found
    )
    return [text(name) or str(number) for number, name in enumerate(named, 1)]


def _evaluate(expression: str, payload: object) -> object:
    try:
        return evaluate(expression, payload)
    except ValueError as error:
        raise ShapeFault(str(error)) from error


def _as_text(value: object) -> str:
    """A value as JSON writes it, text without its quotes; null where there is none."""
    if isinstance(value, Nothing):
        return _NULL
    if isinstance(value, list | dict):
        raise ShapeFault("the query finds lists or objects where values should be")
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return value if isinstance(value, str) else json.dumps(value)


def _meaning(state: str, meanings: Meanings) -> tuple[Status, bool]:
    status = meanings.get(folded(state), Status.UNKNOWN)
    return (Status.OPERATIONAL, True) if status is None else (status, False)


def _component(name: str, state: str, meanings: Meanings) -> ComponentReading:
    status, maintained = _meaning(state, meanings)
    unsaid = state == _NULL and _NULL not in meanings
    return ComponentReading(
        name, name, None, status, "" if unsaid else text(state) or "", maintained
    )
