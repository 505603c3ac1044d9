"""YAML as plain values that remember the line on which each of them stands."""

from collections.abc import Callable
from dataclasses import dataclass, field
from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError

Place = tuple[str | int, ...]

_DEEPEST = 12
_MOST_VALUES = 500_000
_TAG = "tag:yaml.org,2002:"


class YamlMistake(Exception):
    """The text is no YAML we read: on which line (from 1), and why."""

    def __init__(self, line: int, expected: str, place: Place = ()) -> None:
        super().__init__(expected)
        self.line = line
        self.expected = expected
        self.place = place


@dataclass(slots=True)
class Document:
    """Plain values, the line of each place, and what is wrong with the mappings themselves."""

    value: Any = None
    lines: dict[Place, int] = field(default_factory=dict)
    mistakes: list[YamlMistake] = field(default_factory=list)

    def line_of(self, place: Place) -> int:
        """The line of a place, or of the nearest thing around it."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)


def read_yaml(text: str) -> Document:
    """Read one YAML 1.2 document; raises YamlMistake where the text is not YAML at all."""
    try:
        root = YAML(typ="safe", pure=True).compose(StringIO(text))
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise YamlMistake(line, "expected printable Unicode text") from error
    except MarkedYAMLError as error:
        raise YamlMistake(_line_of_error(error), _words_of(error)) from error
    except RecursionError as error:
        raise YamlMistake(1, "expected less deeply nested text") from error
    except (YAMLError, ValueError) as error:
        raise YamlMistake(1, f"expected YAML: {error}") from error
    document = Document()
    if root is not None:
        document.value = _Reader(document).read(root, ())
    return document


class _Reader:
    """Walks the nodes once; aliases are walked where they are used, within the cap."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._left = _MOST_VALUES

    def read(self, node: Node, place: Place) -> Any:
        line = node.start_mark.line + 1
        self._document.lines.setdefault(place, line)
        self._left -= 1
        if len(place) > _DEEPEST or self._left < 0:
            raise YamlMistake(line, "expected a smaller and flatter file", place)
        if isinstance(node, MappingNode):
            return self._mapping(node, place)
        if isinstance(node, SequenceNode):
            return [self.read(item, (*place, index)) for index, item in enumerate(node.value)]
        assert isinstance(node, ScalarNode)
        return self._scalar(node, place, line)

    def _mapping(self, node: MappingNode, place: Place) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key, value in node.value:
            name, line = _name_of(key), key.start_mark.line + 1
            here = (*place, name)
            if name in values:
                first = self._document.lines[here]
                self._note(line, f"this field was given on line {first} already", here)
                continue
            self._document.lines[here] = line
            values[name] = self.read(value, here)
        return values

    def _scalar(self, node: ScalarNode, place: Place, line: int) -> Any:
        text = str(node.value)
        if "\0" in text or any("\ud800" <= character <= "\udfff" for character in text):
            self._note(line, "expected text without NUL characters and lone surrogates", place)
            return ""
        read = _SCALARS.get(str(node.tag).removeprefix(_TAG))
        try:
            return read(text) if read and not node.style else text
        except ValueError:
            return text

    def _note(self, line: int, expected: str, place: Place) -> None:
        self._document.mistakes.append(YamlMistake(line, expected, place))


def _name_of(key: Node) -> str:
    return str(key.value) if isinstance(key, ScalarNode) else "?"


def _line_of_error(error: MarkedYAMLError) -> int:
    mark = error.problem_mark or error.context_mark
    return mark.line + 1 if mark else 1


def _words_of(error: MarkedYAMLError) -> str:
    parts = [part for part in (error.context, error.problem) if part]
    return "expected YAML: " + ", ".join(" ".join(part.split()) for part in parts)


_SCALARS: dict[str, Callable[[str], Any]] = {
    "int": lambda text: int(text, 0),
    "float": float,
    "bool": lambda text: text.lower() == "true",
    "null": lambda _: None,
}
