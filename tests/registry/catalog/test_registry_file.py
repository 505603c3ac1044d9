"""The registry file: every mistake comes with its file, line, field and what was expected."""

from pathlib import Path

import pytest

from tests.registry.catalog.kinds import PlainKinds
from tocsin.kernel.facts import Visibility
from tocsin.registry.catalog import Category, ServiceDraft
from tocsin.registry.catalog.registry_file import (
    NoRegistryFile,
    RegistryPlaces,
    RegistryRefused,
    read_registry,
)
from tocsin.registry.catalog.registry_file.reading import parse_registry, unknown_dependencies

GOOD = """\
services:
  - id: mail
    name: Mail
    category: productivity
    tier: 1
    source: {kind: web, url: "https://mail.example"}
  - id: shop
    name: Our shop
    category: sales
    visibility: internal
    owner_team: shop-team
    description: Where customers buy.
    dependencies: [mail]
    source:
      kind: manual
"""


def read(text: str | bytes):
    raw = text.encode() if isinstance(text, str) else text
    return parse_registry(raw, "services.yaml", PlainKinds())


def mistakes(text: str | bytes) -> list[str]:
    with pytest.raises(RegistryRefused) as refused:
        read(text)
    return [str(mistake) for mistake in refused.value.mistakes]


def test_a_good_file_gives_its_services():
    registry = read(GOOD)
    assert registry.drafts == (
        ServiceDraft(
            "mail",
            "Mail",
            Category.PRODUCTIVITY,
            {"kind": "web", "url": "https://mail.example"},
            tier=1,
        ),
        ServiceDraft(
            "shop",
            "Our shop",
            Category.SALES,
            {"kind": "manual"},
            tier=2,
            visibility=Visibility.INTERNAL,
            owner_team="shop-team",
            description="Where customers buy.",
            dependencies=("mail",),
        ),
    )


def test_an_empty_list_is_a_file_of_no_services():
    assert read("services: []").drafts == ()


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("", "line 1: expected a list of services under the key “services”"),
        ("- a\n- b\n", "line 1: expected a list of services under the key “services”"),
        ("servces: []\n", "line 1: expected a list of services under the key “services”"),
        ("services:\n", "line 1, services: expected a list; write [] for none"),
        ("services: {}\n", "line 1, services: expected a list; write [] for none"),
        (
            "services: []\n\nversion: 2\n",
            "line 3, version: unknown field; the file has “services” only",
        ),
        ("services:\n  - id: a\n   name: b\n", "line 3: expected YAML: "),
        ("services: [}\n", "line 1: expected YAML: "),
        ("services: []\n---\nservices: []\n", "line 2: expected YAML: "),
        ("services:\n  - *nobody\n", "line 2: expected YAML: "),
        ("services:\n\t- id: a\n", "line 2: expected YAML: "),
        (b"services: []\n# caf\xe9\n", "line 2: expected UTF-8 text"),
        ("services: []\n# \x07\n", "line 2: expected printable Unicode text"),
        ("services: " + "[" * 5000, "line 1: expected less deeply nested text"),
        ("services: " + "[" * 40 + "]" * 40, "expected a smaller and flatter file"),
        ("services:\n  - just text\n", "line 2, services.0: expected a service: fields such as"),
    ],
)
def test_what_is_no_registry_is_refused_with_its_line(text, mistake):
    found = mistakes(text)
    assert len(found) == 1
    assert found[0].startswith("services.yaml, ")
    assert mistake in found[0]


@pytest.mark.parametrize(
    ("line", "changed", "mistake"),
    [
        (2, "  - id: Mail", "line 2, services.0.id: expected 1 to 63 of the characters"),
        (2, "  - id: graph", "line 2, services.0.id: “graph” is a reserved word"),
        (2, "  - id: 7", "line 2, services.0.id: expected text"),
        (2, f"  - id: {'a' * 64}", "line 2, services.0.id: expected 1 to 63"),
        (2, "  - ident: mail", "line 2, services.0.id: expected a value; this field is required"),
        (3, "    name: ''", "line 3, services.0.name: expected text that is not empty"),
        (3, "    name: [Mail]", "line 3, services.0.name: expected text"),
        (3, '    name: "a\\0b"', "line 3, services.0.name: expected text without NUL"),
        (3, '    name: "a\\nb"', "line 3, services.0.name: expected one line of text"),
        (3, f"    name: {'n' * 121}", "line 3, services.0.name: expected at most 120 characters"),
        (4, "    category: mail", "line 4, services.0.category: expected 'identity', 'prod"),
        (4, "    category:", "line 4, services.0.category: expected 'identity', 'prod"),
        (4, "    kategory: hr", "line 4, services.0.kategory: unknown field; known are id, name"),
        (5, "    tier: 4", "line 5, services.0.tier: expected 1, 2 or 3"),
        (5, '    tier: "1"', "line 5, services.0.tier: expected 1, 2 or 3"),
        (5, "    tier: true", "line 5, services.0.tier: expected 1, 2 or 3"),
        (5, "    tier: 1.5", "line 5, services.0.tier: expected 1, 2 or 3"),
        (5, "    name: Again", "line 5, services.0.name: this field was given on line 3 already"),
        (6, "    source: web", "line 6, services.0.source: expected fields such as kind and url"),
        (6, "    source: {kind: owl}", "line 6, services.0.source.kind: expected one of"),
        (6, "    source: {kind: web}", "line 6, services.0.source.url: expected an address"),
        (7, "  - id: mail", "line 7, services.1.id: the service “mail” stands on line 2 already"),
        (10, "    visibility: secret", "line 10, services.1.visibility: expected 'public' or"),
        (11, "    owner_team: The Shop", "line 11, services.1.owner_team: expected 1 to 63"),
        (13, "    dependencies: mail", "line 13, services.1.dependencies: expected a list"),
        (13, "    dependencies: [shop]", "line 13, services.1.dependencies: a service cannot"),
        (13, "    dependencies: [M]", "line 13, services.1.dependencies.0: expected 1 to 63"),
        (15, "      kind: 5", "line 15, services.1.source.kind: expected one of"),
    ],
)
def test_a_wrong_field_is_named_with_its_line(line: int, changed: str, mistake: str):
    lines = GOOD.splitlines()
    lines[line - 1] = changed
    assert any(mistake in each for each in mistakes("\n".join(lines)))


def test_all_mistakes_are_listed_in_the_order_of_their_lines():
    lines = GOOD.splitlines()
    lines[14], lines[4], lines[2] = "      kind: owl", "    tier: 9", "    name: 12"
    numbers = [each.split(",")[1] for each in mistakes("\n".join(lines))]
    assert numbers == [" line 3", " line 5", " line 15"]


def test_the_answer_to_a_program_names_fields_and_lines():
    with pytest.raises(RegistryRefused) as refused:
        read(GOOD.replace("tier: 1", "tier: 9"))
    error = refused.value
    assert (error.status, error.code) == (422, "registry_invalid")
    assert [(each.field, each.message) for each in error.errors] == [
        ("services.0.tier", "services.yaml, line 5: expected 1, 2 or 3")
    ]


def test_an_unknown_dependency_is_named_with_its_line():
    registry = read(GOOD.replace("[mail]", "[mail, ghost, people-made]"))
    found = unknown_dependencies(registry, {"people-made"})
    assert [str(each) for each in found] == [
        "services.yaml, line 13, services.1.dependencies.1: there is no service “ghost”"
    ]


def test_anchors_may_be_used_but_do_not_explode():
    shared = GOOD.replace("source: {kind: web", "source: &web {kind: web").replace(
        "    source:\n      kind: manual", "    source: *web"
    )
    assert read(shared).drafts[1].source["kind"] == "web"
    bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{name}: &{name} [{','.join([f'*{before}'] * 9)}]\n"
        for before, name in zip("abcdefg", "bcdefgh", strict=True)
    )
    assert "expected a smaller and flatter file" in mistakes(bomb + "services: *h\n")[0]


def test_five_thousand_services_are_the_most():
    def file_of(number: int) -> str:
        rows = "".join(
            f"- {{id: s-{n}, name: S, category: hr, source: {{kind: manual}}}}\n"
            for n in range(number)
        )
        return "services:\n" + rows

    assert len(read(file_of(5000)).drafts) == 5000
    assert mistakes(file_of(5001)) == [
        "services.yaml, line 5002, services.5000: expected at most 5,000 services, found 5,001"
    ]


def test_a_huge_file_is_not_even_parsed():
    assert "expected at most 8 MB" in mistakes(b"#" * (8 * 1024 * 1024 + 1))[0]


def test_the_named_file_wins_then_the_local_one_then_the_example(tmp_path: Path):
    named, local, example = (tmp_path / name for name in ("own.yaml", "local.yaml", "example.yaml"))
    places = RegistryPlaces(None, (local, example))
    assert places.find() is None
    example.write_text(GOOD)
    assert places.find() == example
    local.write_text(GOOD)
    assert places.find() == local
    named.write_text(GOOD)
    assert RegistryPlaces(named, (local, example)).find() == named


def test_a_named_file_that_is_not_there_is_a_mistake(tmp_path: Path):
    with pytest.raises(RegistryRefused, match="SERVICES_FILE names this file"):
        RegistryPlaces(tmp_path / "gone.yaml").find()


def test_a_file_that_cannot_be_read_is_a_mistake(tmp_path: Path):
    with pytest.raises(RegistryRefused, match=r"line 1: cannot be read"):
        read_registry(tmp_path, PlainKinds())


def test_no_file_at_all_is_a_refusal_of_its_own():
    assert NoRegistryFile("").code == "no_registry_file"
