"""Changing which confirmed trouble opens an incident."""

from typing import Any

from sqlalchemy import update

from tocsin.kernel.errors import LostRace
from tocsin.kernel.facts import Fact, subject_of
from tocsin.platform.database import Tx, insert_or
from tocsin.response.incidents import events
from tocsin.response.incidents.queries.opening import opening_rule, plain, plain_rules
from tocsin.response.incidents.rules import OpeningRule, OpeningTable, SeverityRule
from tocsin.response.incidents.tables import incident_opening_rules

_t = incident_opening_rules


def set_opening_rule(
    tx: Tx,
    table: OpeningTable,
    expected_version: int | None = None,
    ordered: tuple[SeverityRule, ...] | None = None,
) -> OpeningRule:
    """Replace the tenant's table, and its ordered rules where they are given; both hold for trouble
    that is confirmed from now on.

    Raises LostRace for another version than expected.
    """
    tx.lock(_t, tx.tenant, column="tenant_id")
    found = opening_rule(tx)
    if expected_version not in (None, found.version):
        raise LostRace("Somebody changed the opening rule first.")
    wanted = OpeningRule(
        dict(table), found.version + 1, tx.now, found.rules if ordered is None else ordered
    )
    if wanted.table == dict(found.table) and wanted.rules == found.rules:
        return found
    _write(tx, wanted, found.version)
    moved = {"before": _told(found), "after": _told(wanted)}
    tx.record(Fact(events.OPENING_RULE_CHANGED, subject_of("setting", "opening-rule"), moved))
    return wanted


def _told(rule: OpeningRule) -> dict[str, Any]:
    """The table, and the ordered rules where there are any."""
    ordered = {"rules": plain_rules(rule.rules)} if rule.rules else {}
    return {**plain(rule.table), **ordered}


def _write(tx: Tx, wanted: OpeningRule, version: int) -> None:
    values = {
        "severities": plain(wanted.table),
        "rules": plain_rules(wanted.rules),
        "version": wanted.version,
        "updated_at": tx.now,
    }
    if version == 0:
        made = insert_or(tx, _t).values(tenant_id=tx.tenant, **values)
        written = tx.execute(made.on_conflict_do_nothing())
    else:
        mine = (_t.c.tenant_id == tx.tenant) & (_t.c.version == version)
        written = tx.execute(update(_t).where(mine).values(**values))
    if written.rowcount == 0:
        raise LostRace("Somebody changed the opening rule first.")
