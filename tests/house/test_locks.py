"""The locks hold what the lists ask for, with hashes, wheels only, and name no host."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.support.checkout import ROOT

LISTS = ("requirements", "requirements-node", "requirements-dev")
NPM_LOCKS = ("console/package-lock.json", "tests/support/chromium/package-lock.json")


def asked(name: str) -> dict[str, Requirement]:
    lines = (ROOT / f"{name}.in").read_text().splitlines()
    found: dict[str, Requirement] = {}
    for line in lines:
        if included := re.match(r"-r (.+)\.in", line):
            found |= asked(included[1])
        elif line and not line.startswith("#"):
            requirement = Requirement(line)
            found[canonicalize_name(requirement.name)] = requirement
    return found


def locked(name: str) -> dict[str, str]:
    text = (ROOT / f"{name}.txt").read_text()
    pins = re.findall(r"^([\w.-]+)(?:\[[\w,]+\])?==(\S+)", text, flags=re.MULTILINE)
    return {canonicalize_name(package): version for package, version in pins}


def reasons(name: str) -> dict[str, str]:
    """Each locked package with the comment that says what wants it."""
    text = (ROOT / f"{name}.txt").read_text()
    entries = re.split(r"^(?=[\w.-]+(?:\[[\w,]+\])?==)", text, flags=re.MULTILINE)[1:]
    return {
        canonicalize_name(re.split(r"[\[=]", entry)[0]): entry[entry.index("# via") :]
        for entry in entries
    }


@pytest.mark.parametrize("name", LISTS)
def test_the_lock_holds_what_the_list_asks_for(name: str):
    pins = locked(name)
    missing = [
        str(requirement)
        for package, requirement in asked(name).items()
        if not requirement.specifier.contains(pins.get(package, "0"))
    ]
    assert missing == []


@pytest.mark.parametrize("name", LISTS)
def test_the_lock_holds_nothing_that_the_list_no_longer_asks_for(name: str):
    wanted = asked(name)
    left_over = [
        package
        for package, reason in reasons(name).items()
        if f"-r {name}.in" in reason and package not in wanted
    ]
    assert left_over == []


def test_development_runs_on_the_same_packages_as_the_product():
    product, development = locked("requirements"), locked("requirements-dev")
    assert {package: development.get(package) for package in product} == product


@pytest.mark.parametrize("name", LISTS)
def test_the_lock_is_hashed_and_takes_wheels_only_and_names_no_host(name: str):
    text = (ROOT / f"{name}.txt").read_text()
    assert "--only-binary :all:" in text
    assert "://" not in text
    for entry in re.split(r"^(?=[\w.-]+(?:\[[\w,]+\])?==)", text, flags=re.MULTILINE)[1:]:
        assert "--hash=sha256:" in entry, entry.partition("\n")[0]


@pytest.mark.parametrize("lock", NPM_LOCKS)
def test_the_npm_lock_names_no_host(lock: str):
    packages = json.loads((ROOT / lock).read_text())["packages"]
    hosts = {name: url for name, entry in packages.items() for url in _urls(entry)}
    assert hosts == {}
    assert all(
        "integrity" in entry or entry.get("link") for name, entry in packages.items() if name
    )


@pytest.mark.parametrize("lock", NPM_LOCKS)
def test_the_npm_lock_belongs_to_its_package(lock: str):
    package = json.loads((ROOT / Path(lock).with_name("package.json")).read_text())
    root = json.loads((ROOT / lock).read_text())["packages"][""]
    for kind in ("dependencies", "devDependencies"):
        assert root.get(kind, {}) == package.get(kind, {})


def _urls(entry: object) -> Iterator[str]:
    """Every address in a lock's entry, but for where its authors ask for funds."""
    if isinstance(entry, str) and "://" in entry:
        yield entry
    if isinstance(entry, dict):
        for key, value in entry.items():
            if key != "funding":
                yield from _urls(value)
