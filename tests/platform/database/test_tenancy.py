"""The tenant listener: whoever does not name the tenant of each table is refused."""

import pytest
from sqlalchemy import Executable, delete, exists, func, insert, literal, select, union_all, update

from tests.platform.database.shelf import (
    CONTEXT,
    OURS,
    THEIRS,
    jars,
    lids,
    names,
    plain,
    put,
    run,
)
from tocsin.platform.database import Context, Database, across_tenants
from tocsin.platform.database.tenancy import TenantNotNamed

j, l = jars.c, lids.c  # noqa: E741 - short, for one table of statements
OURS_J, OURS_L = j.tenant_id == OURS, l.tenant_id == OURS
other = jars.alias("other")
counted = select(l.jar_id, func.count().label("n")).group_by(l.jar_id).subquery()

NAMELESS = {
    "select": select(jars),
    "one column": select(j.name),
    "count": select(func.count()).select_from(jars),
    "other filter": select(jars).where(j.name == "x"),
    "not theirs": select(jars).where(j.tenant_id != THEIRS),
    "alias": select(other.c.name),
    "exists": select(exists().where(j.name == "x")),
    "join, one named": select(j.name).join(lids, l.jar_id == j.id).where(OURS_J),
    "join, named by each other": select(j.name).join(
        lids, (l.jar_id == j.id) & (l.tenant_id == j.tenant_id)
    ),
    "subquery": select(jars).where(OURS_J, j.id.in_(select(l.jar_id))),
    "from subquery": select(counted.c.n),
    "common table": select(select(j.id).cte("c")),
    "one arm of a union": union_all(select(j.id).where(OURS_J), select(j.id)),
    "update": update(jars).values(marbles=0),
    "update from": update(jars)
    .where(OURS_J)
    .values(marbles=select(func.count(l.id)).scalar_subquery()),
    "delete": delete(jars),
    "delete by subquery": delete(jars).where(OURS_J, j.id.in_(select(l.jar_id))),
    "insert from select": insert(lids).from_select(
        ["tenant_id", "jar_id"], select(literal(OURS, j.tenant_id.type), j.id)
    ),
    "insert elsewhere from select": insert(plain).from_select(["id"], select(j.id)),
    "insert a scalar": insert(plain).values(id=select(func.max(j.id)).scalar_subquery()),
}
NAMED = {
    "select": select(jars).where(OURS_J),
    "several": select(jars).where(j.tenant_id.in_([OURS, THEIRS])),
    "join": select(j.name).join(lids, l.jar_id == j.id).where(OURS_J, OURS_L),
    "join, tied": select(j.name).join(lids, l.tenant_id == j.tenant_id).where(OURS_J),
    "alias": select(other.c.name).where(other.c.tenant_id == OURS),
    "subquery": select(jars).where(OURS_J, j.id.in_(select(l.jar_id).where(OURS_L))),
    "correlated": select(jars).where(OURS_J, exists().where(l.tenant_id == j.tenant_id)),
    "union": union_all(select(j.id).where(OURS_J), select(l.id).where(OURS_L)),
    "update": update(jars).where(OURS_J).values(marbles=0),
    "delete": delete(jars).where(OURS_J),
    "insert from select": insert(lids).from_select(
        ["tenant_id", "jar_id"], select(j.tenant_id, j.id).where(OURS_J)
    ),
    "nobody's table": select(plain),
    "no table": select(literal(1)),
}


@pytest.mark.parametrize("statement", NAMELESS.values(), ids=NAMELESS)
async def test_a_statement_that_does_not_name_each_tenant_is_refused(
    db: Database, statement: Executable
):
    with pytest.raises(TenantNotNamed):
        await db.write(CONTEXT, run(statement))


@pytest.mark.parametrize("statement", NAMED.values(), ids=NAMED)
async def test_a_statement_that_names_its_tenants_runs(db: Database, statement: Executable):
    await db.write(CONTEXT, run(statement))


async def test_readers_are_watched_too(db: Database):
    with pytest.raises(TenantNotNamed):
        await db.read(CONTEXT, run(select(jars)))


async def test_the_named_escape_sees_everybody(db: Database):
    await db.write(CONTEXT, put, "ours")
    await db.write(Context(THEIRS, CONTEXT.actor), put, "theirs")
    assert await db.read(CONTEXT, names) == ["ours"]
    everybody = across_tenants(select(j.name).order_by(j.name))
    assert await db.read(CONTEXT, lambda tx: tx.scalars(everybody)) == ["ours", "theirs"]
