"""A database of the first version opens in this one, with everything that was in it."""

from typing import Any

from alembic import command
from sqlalchemy import Connection, insert, select, text

from tests.support.spine import START, TENANT
from tocsin.app.schema import HEAD, alembic_config, ensure_schema, version_of
from tocsin.detection.alerts.tables import alerts
from tocsin.detection.conditions.tables import service_states
from tocsin.kernel.ids import new_id
from tocsin.platform.database import is_sqlite, normalise, once_engine
from tocsin.registry.catalog.tables import services
from tocsin.registry.identity.tables import log_in_tries, tenants

CHECK = {"kind": "http", "url": "http://shop.example/", "interval_seconds": 1, "timeout_seconds": 9}
OF_TENANT = {"tenant_id": TENANT}
TRIES = "INSERT INTO log_in_tries VALUES (x'01', '2026-03-03 12:00:00', 1), (x'02', 1772539200000000, 2)"
"""What the first version counted: once it wrote a text where the number of an instant belongs."""


def first_light(connection: Connection) -> None:
    """What the first version wrote of a service in trouble: only columns that it knew."""

    def add(table: Any, **values: Any) -> None:
        connection.execute(insert(table).values(**values))

    add(tenants, id=TENANT, slug="default", name="Default", created_at=START)
    add(
        services,
        **OF_TENANT,
        id="github",
        name="GitHub",
        category="engineering",
        tier=1,
        visibility="public",
        source=CHECK,
        managed_by="people",
        version=1,
        created_at=START,
        updated_at=START,
    )
    add(
        service_states,
        **OF_TENANT,
        service_id="github",
        status="degraded",
        status_since=START,
        maintenance=True,
        by_hand=False,
        poller_health="ok",
        confirmed="degraded",
        confirmed_since=START,
        watch={"confirmed": "degraded"},
        version=3,
        updated_at=START,
    )
    for episode, state in ((1, "resolved"), (2, "firing")):
        add(
            alerts,
            **OF_TENANT,
            id=new_id(),
            service_id="github",
            episode=episode,
            status="degraded",
            worst="degraded",
            state=state,
            since=START,
            raised_at=START,
            changed_at=START,
            decision_id=new_id(),
        )


def test_alerts_and_flags_of_the_first_version_mean_what_they_meant(database_url: str):
    url = normalise(database_url)
    command.upgrade(alembic_config(url), "0001")
    engine = once_engine(url)
    try:
        with engine.begin() as connection:
            first_light(connection)
            if connection.dialect.name == "sqlite":
                connection.execute(text(TRIES))
        assert ensure_schema(url) == HEAD
        assert version_of(engine) == HEAD
        with engine.connect() as connection:
            tries = select(log_in_tries.c.tries)
            assert connection.scalars(tries).all() == ([2] if is_sqlite(url) else [])
            told = connection.execute(
                select(alerts.c.kind, alerts.c.told_at, alerts.c.flapping, alerts.c.opens_incident)
                .where(alerts.c.tenant_id == TENANT)
                .order_by(alerts.c.episode)
            ).all()
            assert [tuple(row) for row in told] == [("condition", START, False, True)] * 2
            state = connection.execute(
                select(service_states).where(service_states.c.tenant_id == TENANT)
            ).one()
            source = connection.scalar(
                select(services.c.source).where(services.c.tenant_id == TENANT)
            )
            assert source == CHECK | {"interval_seconds": 5, "timeout_seconds": 5}
            assert (state.seen_maintenance, state.in_window, state.flap_changes) == (True, False, 0)
    finally:
        engine.dispose()
