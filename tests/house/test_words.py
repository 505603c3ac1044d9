"""What no file of the project contains or is called."""

import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

from tests.support.checkout import own_files, place, python_files

MACHINE_PATHS = re.compile(r"(?<![\w.$)}~*-])/(?:work|root|tmp)(?![\w.-])")
HOMES = re.compile(r"(?<![\w.$)}~*-])/(?:home|Users)/\w+/")

EMPTY_NAMES = {"utils", "util", "helpers", "helper", "manager", "common", "misc"}

EXCUSE = re.compile(r"#\s*(noqa|type:\s*ignore)")
EXPLAINED = re.compile(r"# (noqa: [A-Z0-9, ]+|type: ignore\[[a-z, -]+\]) +(#|-) \S+")


def test_no_file_names_a_place_on_somebodys_machine():
    found = [
        f"{place(path)}:{number}: {line.strip()[:100]}"
        for path in own_files()
        for number, line in _lines(path)
        if MACHINE_PATHS.search(line) or HOMES.search(line)
    ]
    assert found == []


def test_no_module_has_an_empty_name():
    named = [place(path) for path in own_files() if EMPTY_NAMES & {path.stem, path.parent.name}]
    assert named == []


def test_every_exception_from_a_check_names_its_rule_and_its_reason():
    unexplained = [
        f"{place(path)}:{number}: {comment}"
        for path in python_files()
        for number, comment in _comments(path)
        if EXCUSE.match(comment) and not EXPLAINED.match(comment)
    ]
    assert unexplained == []


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        text = path.read_text()
    except UnicodeDecodeError:
        return
    yield from enumerate(text.splitlines(), start=1)


def _comments(path: Path) -> Iterator[tuple[int, str]]:
    with path.open("rb") as source:
        for token in tokenize.tokenize(source.readline):
            if token.type == tokenize.COMMENT:
                yield token.start[0], token.string
