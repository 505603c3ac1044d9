"""Tenants of the installation, for super admins of the default tenant."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from tocsin.platform.database import ReadTx, Tx
from tocsin.platform.web import (
    Caller,
    CursorParam,
    Page,
    api_router,
    page_out,
    require_unchanged,
    requires,
)
from tocsin.registry.identity import verbs
from tocsin.registry.identity.model import Tenant
from tocsin.registry.identity.queries import all_tenants, tenant_by_slug
from tocsin.registry.identity.schemas import (
    TENANT_READ_ONLY,
    Slug,
    TenantEdit,
    TenantIn,
    TenantOut,
    tenant_out,
)

router = api_router("/tenants", tag="tenants")

Reader = Annotated[Caller, requires("tenants.read")]
Writer = Annotated[Caller, requires("tenants.write")]


@router.get("", summary="List tenants")
async def list_tenants(caller: Reader, cursor: CursorParam) -> Page[TenantOut]:
    """All tenants, oldest first."""
    found = await caller.read(_all, cursor.after(datetime, UUID), cursor.fetch)
    return page_out(found, cursor, tenant_out, lambda each: (each.created_at, each.id))


@router.post("", status_code=201, response_model=TenantOut, summary="Make a tenant")
async def create(body: TenantIn, caller: Writer) -> Any:
    """Make a tenant; whoever does is its first super admin."""
    return await caller.write(verbs.create_tenant, body.slug, body.name, answer=tenant_out)


@router.get("/{slug}", summary="One tenant")
async def get_tenant(slug: Slug, caller: Reader) -> TenantOut:
    """One tenant."""
    return tenant_out(await caller.read(_one, slug))


@router.put("/{slug}", response_model=TenantOut, summary="Rename a tenant")
@router.patch("/{slug}", response_model=TenantOut, summary="Rename a tenant")
async def rename(slug: Slug, body: TenantEdit, caller: Writer) -> Any:
    """Give a tenant another name; its slug stays."""
    return await caller.write(_rename, slug, body, answer=tenant_out)


def _all(tx: ReadTx, after: tuple[datetime, UUID] | None, limit: int) -> list[Tenant]:
    verbs.require_installation_owner(tx)
    return all_tenants(tx, after, limit)


def _one(tx: ReadTx, slug: str) -> Tenant:
    verbs.require_installation_owner(tx)
    return tenant_by_slug(tx, slug)


def _rename(tx: Tx, slug: str, sent: TenantEdit) -> Tenant:
    verbs.require_installation_owner(tx)
    current = tenant_by_slug(tx, slug)
    require_unchanged(sent, tenant_out(current), TENANT_READ_ONLY)
    if "name" not in sent.model_fields_set:
        return current
    return verbs.rename_tenant(tx, slug, sent.name)
