"""API tokens of the tenant."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from tocsin.platform.database import ReadTx, Tx
from tocsin.platform.web import Caller, CursorParam, Page, api_router, page_out, requires
from tocsin.registry.identity import verbs
from tocsin.registry.identity.labels import actor_label
from tocsin.registry.identity.model import ApiToken
from tocsin.registry.identity.queries import all_tokens, token
from tocsin.registry.identity.schemas import TokenIn, TokenMade, TokenOut, token_out
from tocsin.registry.identity.secrets import new_token

router = api_router("/tokens", tag="people")

Reader = Annotated[Caller, requires("tokens.read")]
Writer = Annotated[Caller, requires("tokens.write")]


@router.get("", summary="List tokens")
async def list_tokens(caller: Reader, cursor: CursorParam) -> Page[TokenOut]:
    """The tenant's tokens that are not revoked, oldest first."""
    found = await caller.read(_list, cursor.after(datetime, UUID), cursor.fetch)
    return page_out(found, cursor, token_out, lambda each: (each.created_at, each.id))


@router.post("", status_code=201, response_model=TokenMade, summary="Make a token")
async def create(body: TokenIn, caller: Writer) -> Any:
    """Make a token; its secret is in this answer and nowhere else."""
    secret = new_token()
    draft = verbs.TokenDraft(
        body.name, body.role, frozenset(body.scopes), body.tenant, body.expires_at
    )
    return await caller.write(
        _create,
        draft,
        secret,
        answer=lambda made: _made(made, secret),
        shown_once=("token",),
    )


@router.get("/{token_id}", summary="One token")
async def get_token(token_id: UUID, caller: Reader) -> TokenOut:
    """One token, revoked or not."""
    return token_out(await caller.read(_one, token_id))


@router.delete("/{token_id}", status_code=204, summary="Revoke a token")
async def revoke(token_id: UUID, caller: Writer) -> None:
    """End a token at once and for ever."""
    await caller.write(verbs.revoke_token, token_id)


def _list(tx: ReadTx, after: tuple[datetime, UUID] | None, limit: int) -> list[ApiToken]:
    return _named(tx, all_tokens(tx, after, limit))


def _one(tx: ReadTx, token_id: UUID) -> ApiToken:
    return _named(tx, [token(tx, token_id)])[0]


def _create(tx: Tx, draft: verbs.TokenDraft, secret: str) -> ApiToken:
    return _named(tx, [verbs.create_token(tx, draft, secret)])[0]


def _named(tx: ReadTx, tokens: Sequence[ApiToken]) -> list[ApiToken]:
    """Tokens that say who made them by name instead of by id."""
    labels = actor_label(tx, {each.created_by for each in tokens})
    return [replace(each, created_by=labels[each.created_by]) for each in tokens]


def _made(made: ApiToken, secret: str) -> TokenMade:
    return TokenMade(**token_out(made).model_dump(), token=secret)
