"""Time is injected: only the clock itself and the edges look at a watch or wait."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.support.checkout import place, python_files

WATCHES = {
    *("time.time", "time.time_ns", "time.sleep", "asyncio.sleep"),
    *("datetime.datetime.now", "datetime.datetime.utcnow", "datetime.datetime.today"),
    *("datetime.date.today", "sqlalchemy.func.now", "sqlalchemy.func.current_timestamp"),
}
EDGES = (
    *("src/tocsin/kernel/clock.py", "src/tocsin/platform/", "src/tocsin/adapters/"),
    "src/tocsin/detection/signals/checking/checker.py",  # a loop, and a lease in machine time
    "src/tocsin/app/",  # runs processes and waits for them, not for the product's time
)


def test_nobody_else_looks_at_a_watch():
    looks = [
        f"{place(path)}:{line}: {name}"
        for path in python_files("src")
        if not place(path).startswith(EDGES)
        for line, name in _looks(ast.parse(path.read_text()))
    ]
    assert looks == []


def test_watches_are_found_under_every_name(tmp_path: Path):
    source = """
import asyncio, time
import datetime as dt
from datetime import datetime
from time import sleep as wait

clock = time.time
wait(1)
datetime.now()
dt.datetime.now()
async def later(): await asyncio.sleep(1)
datetime.fromtimestamp(0)
"""
    assert [name for _, name in _looks(ast.parse(source))] == [
        *("time.time", "time.sleep", "datetime.datetime.now", "datetime.datetime.now"),
        "asyncio.sleep",
    ]


def _looks(tree: ast.Module) -> Iterator[tuple[int, str]]:
    imported = dict(_imported_names(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.Name | ast.Attribute):
            first, _, rest = ast.unparse(node).partition(".")
            name = f"{imported.get(first, '?')}.{rest}".rstrip(".")
            if name in WATCHES:
                yield node.lineno, name


def _imported_names(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.asname or alias.name, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                yield alias.asname or alias.name, f"{node.module}.{alias.name}"
