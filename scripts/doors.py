"""An import-linter contract: others enter a room by its door, and what lies open beside it."""

import ast
import importlib.util
from collections.abc import Iterator
from functools import cache
from importlib.abc import SourceLoader

import grimp
from importlinter import Contract, ContractCheck, fields, output

# What is open besides the door itself, and to whom.
OPEN_TO = {
    "events": ("tocsin",),
    "ports": ("tocsin.adapters", "tocsin.app"),
    "wiring": ("tocsin.app",),
    "tables": ("tocsin.app.tables",),  # migrations see them all
}


class DoorsContract(Contract):
    """Every room of these floors, present and to come, is entered only where it is open.

    Options: `floors`, the packages whose children are rooms.
    """

    type_name = "doors"

    floors = fields.SetField(subfield=fields.StringField())

    def check(self, graph: grimp.ImportGraph, verbose: bool) -> ContractCheck:
        """Look at every import that crosses the wall of a room."""
        broken = sorted(
            trespass
            for floor in self.floors  # type: ignore[attr-defined]  # fields become their values
            for room in graph.find_children(floor)
            for trespass in _trespasses(graph, room)
        )
        return ContractCheck(kept=not broken, metadata={"broken": broken})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Name who climbed in, and where."""
        for importer, imported in check.metadata["broken"]:
            output.print_error(f"- {importer} -> {imported}", bold=False)
        output.new_line()
        output.print("Enter a room by its __init__ or events; adapters also by its ports.")
        output.new_line()


def _trespasses(graph: grimp.ImportGraph, room: str) -> Iterator[tuple[str, str]]:
    inside = graph.find_descendants(room)
    for module in inside:
        furniture = module.removeprefix(f"{room}.").partition(".")[0]
        for importer in graph.find_modules_that_directly_import(module) - inside - {room}:
            welcome = _is_welcome(importer, OPEN_TO.get(furniture, ()))
            if not welcome and not _asked_at_the_door(graph, importer, module, room):
                yield importer, module


def _is_welcome(importer: str, guests: tuple[str, ...]) -> bool:
    return any(f"{importer}.".startswith(f"{guest}.") for guest in guests)


def _asked_at_the_door(graph: grimp.ImportGraph, importer: str, module: str, room: str) -> bool:
    """Whether only `from room import name` was said, of a name the door hands out.

    The graph takes such a name for the module of the same name that lies behind the door.
    """
    details = graph.get_import_details(importer=importer, imported=module)
    asked = all(each["line_contents"].startswith(f"from {room} import") for each in details)
    return asked and module.removeprefix(f"{room}.") in handed_out(room)


@cache
def handed_out(room: str) -> frozenset[str]:
    """The names in the `__all__` of a room's door."""
    found = importlib.util.find_spec(room)
    source = (
        found.loader.get_source(room) if found and isinstance(found.loader, SourceLoader) else ""
    )
    for node in ast.parse(source or "").body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            return frozenset(ast.literal_eval(node.value))
    return frozenset()
