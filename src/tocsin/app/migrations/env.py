"""Alembic's environment: one connection, the rooms' tables as the target."""

from alembic import context

from tocsin.app.tables import metadata
from tocsin.platform.database import once_engine


def run() -> None:
    engine = once_engine(context.config.attributes["url"])
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=metadata,
            render_as_batch=connection.dialect.name == "sqlite",
            transaction_per_migration=True,
            user_module_prefix="types.",
        )
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()


run()
