"""The demo's services: what an invented company buys and runs."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from tocsin.kernel.facts import Visibility
from tocsin.registry.catalog import Category, ServiceDraft

_VENDORS = """\
  - {id: keyward, name: Keyward sign-in, category: identity, tier: 1,
     source: {kind: statuspage, url: BASE/keyward}}
  - {id: gitfold, name: Gitfold, category: engineering, tier: 1, dependencies: [keyward],
     source: {kind: statuspage, url: BASE/gitfold}}
  - {id: brightline, name: Brightline CDN, category: networking, tier: 1,
     source: {kind: statuspage, url: BASE/brightline}}
  - {id: huddleway, name: Huddleway chat, category: collaboration, tier: 2,
     dependencies: [keyward], source: {kind: statuspage, url: BASE/huddleway}}
  - {id: mailgrove, name: Mailgrove, category: marketing, tier: 3,
     source: {kind: statuspage, url: BASE/mailgrove}}
"""
_OWN = """\
  - {id: website, name: Website, category: sales, tier: 1, dependencies: [brightline],
     source: {kind: http, url: BASE/website, keyword: All good, interval_seconds: 10}}
  - {id: checkout, name: Checkout, category: finance, tier: 1,
     dependencies: [website, gitfold], source: {kind: http, url: BASE/website}}
  - {id: payroll, name: Payroll, category: hr, tier: 2, dependencies: [keyward],
     visibility: internal, source: {kind: http, url: BASE/website}}
  - {id: tickets, name: Service desk, category: support, tier: 2, dependencies: [keyward],
     source: {kind: http, url: BASE/website}}
  - {id: papertray, name: Papertray files, category: productivity, tier: 3,
     source: {kind: manual}}
"""
SHOWN = (
    ("website", "For customers"),
    ("checkout", "For customers"),
    ("gitfold", "Behind the scenes"),
    ("brightline", "Behind the scenes"),
)


def write_registry(path: Path, base: str) -> None:
    """Write the registry file with the vendors' address of this run."""
    path.write_text("services:\n" + (_VENDORS + _OWN).replace("BASE", base))


def drafts(url: str, check: Callable[[Mapping[str, Any]], dict[str, Any]]) -> list[ServiceDraft]:
    """The same services for a house without the simulated vendors: each checks this one address."""
    entries = YAML(typ="safe").load("services:\n" + _VENDORS + _OWN)["services"]
    return [_draft(entry, check(_source(entry, url))) for entry in entries]


def _source(entry: dict[str, Any], url: str) -> dict[str, Any]:
    if entry["source"]["kind"] == "manual":
        return {"kind": "manual"}
    return {"kind": "http", "url": url}


def _draft(entry: dict[str, Any], source: dict[str, Any]) -> ServiceDraft:
    return ServiceDraft(
        id=entry["id"],
        name=entry["name"],
        category=Category(entry["category"]),
        source=source,
        tier=entry["tier"],
        visibility=Visibility(entry.get("visibility", "public")),
        dependencies=tuple(entry.get("dependencies", ())),
    )
