"""An import-linter contract: others enter a room by its door, and what lies open beside it."""

from collections.abc import Iterator

import grimp
from importlinter import Contract, ContractCheck, fields, output

# What is open besides the door itself, and to whom.
OPEN_TO = {
    "events": ("tocsin",),
    "ports": ("tocsin.adapters", "tocsin.app"),
    "wiring": ("tocsin.app",),
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
            if not _is_welcome(importer, OPEN_TO.get(furniture, ())):
                yield importer, module


def _is_welcome(importer: str, guests: tuple[str, ...]) -> bool:
    return any(f"{importer}.".startswith(f"{guest}.") for guest in guests)
