"""The one MetaData all tables hang on, and the column that makes a table a tenant's."""

from sqlalchemy import Column, ForeignKey, MetaData

from .types import Id

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

TENANT = "tenant_id"


def tenant_column(*, primary_key: bool = False) -> Column[object]:
    """The owner column every tenant's table carries."""
    return Column(TENANT, Id, ForeignKey("tenants.id"), primary_key=primary_key, nullable=False)
