"""Every directory says what it is, and every room has its place in the contracts."""

import ast
import configparser
from pathlib import Path

import pytest

from tests.support.checkout import FLOORS, FLOORS_WITH_ROOMS, ROOT, SOURCE, place, python_files


def _packages() -> list[Path]:
    return sorted({path.parent for path in python_files("src/tocsin")})


@pytest.mark.parametrize("package", _packages(), ids=place)
def test_every_package_has_a_caption_of_one_sentence(package: Path):
    door = package / "__init__.py"
    assert door.is_file(), f"{place(package)} has no __init__.py"
    caption = (ast.get_docstring(ast.parse(door.read_text())) or "").partition("\n\n")[0]
    assert caption.endswith("."), f"{place(door)} begins with no sentence"
    assert len(caption) <= 200, f"the caption of {place(door)} is no caption any more"


def test_the_floors_are_those_of_the_house():
    assert {path.name for path in SOURCE.iterdir() if path.is_dir()} - {"__pycache__"} == set(
        FLOORS
    )


@pytest.mark.parametrize("floor", FLOORS_WITH_ROOMS)
def test_every_room_has_its_place_in_the_contracts(floor: str):
    contracts = configparser.ConfigParser()
    contracts.read(ROOT / ".importlinter")
    layers = contracts[f"importlinter:contract:{floor}"]["layers"]
    placed = {name.strip("()") for name in layers.replace("|", " ").split()}
    rooms = {path.name for path in (SOURCE / floor).iterdir() if path.is_dir()} - {"__pycache__"}
    assert rooms - placed == set(), f"rooms without a place on the floor {floor}"
