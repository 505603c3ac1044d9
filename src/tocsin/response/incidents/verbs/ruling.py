"""Changing which confirmed trouble opens an incident."""

from sqlalchemy import update

from tocsin.kernel.errors import LostRace
from tocsin.kernel.facts import Fact, subject_of
from tocsin.platform.database import Tx, insert_or
from tocsin.response.incidents import events
from tocsin.response.incidents.queries.opening import opening_rule, plain
from tocsin.response.incidents.rules import OpeningRule, OpeningTable
from tocsin.response.incidents.tables import incident_opening_rules

_t = incident_opening_rules


def set_opening_rule(
    tx: Tx, table: OpeningTable, expected_version: int | None = None
) -> OpeningRule:
    """Replace the tenant's table; it holds for trouble that is confirmed from now on.

    Raises LostRace for another version than expected.
    """
    tx.lock(_t, tx.tenant, column="tenant_id")
    found = opening_rule(tx)
    if expected_version not in (None, found.version):
        raise LostRace("Somebody changed the opening rule first.")
    if dict(table) == dict(found.table):
        return found
    _write(tx, table, found.version)
    moved = {"before": plain(found.table), "after": plain(table)}
    tx.record(Fact(events.OPENING_RULE_CHANGED, subject_of("setting", "opening-rule"), moved))
    return OpeningRule(dict(table), found.version + 1, tx.now)


def _write(tx: Tx, table: OpeningTable, version: int) -> None:
    values = {"severities": plain(table), "version": version + 1, "updated_at": tx.now}
    if version == 0:
        made = insert_or(tx, _t).values(tenant_id=tx.tenant, **values)
        written = tx.execute(made.on_conflict_do_nothing())
    else:
        mine = (_t.c.tenant_id == tx.tenant) & (_t.c.version == version)
        written = tx.execute(update(_t).where(mine).values(**values))
    if written.rowcount == 0:
        raise LostRace("Somebody changed the opening rule first.")
