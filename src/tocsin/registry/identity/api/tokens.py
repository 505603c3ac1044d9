"""API tokens of the tenant."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter

from tocsin.platform.web import Caller, CursorParam, Page, page_out, requires
from tocsin.registry.identity import verbs
from tocsin.registry.identity.model import ApiToken
from tocsin.registry.identity.queries import all_tokens, token
from tocsin.registry.identity.schemas import TokenIn, TokenMade, TokenOut, token_out
from tocsin.registry.identity.secrets import new_token

router = APIRouter(prefix="/tokens", tags=["people"])

Reader = Annotated[Caller, requires("tokens.read")]
Writer = Annotated[Caller, requires("tokens.write")]


@router.get("", summary="List tokens")
async def list_tokens(caller: Reader, cursor: CursorParam) -> Page[TokenOut]:
    """The tenant's tokens that are not revoked, oldest first."""
    found = await caller.read(all_tokens, cursor.after(datetime, UUID), cursor.fetch)
    return page_out(found, cursor, token_out, lambda each: (each.created_at, each.id))


@router.post("", status_code=201, response_model=TokenMade, summary="Make a token")
async def create(body: TokenIn, caller: Writer) -> Any:
    """Make a token; its secret is in this answer and nowhere else."""
    secret = new_token()
    draft = verbs.TokenDraft(
        body.name, body.role, frozenset(body.scopes), body.tenant, body.expires_at
    )
    return await caller.write(
        verbs.create_token,
        draft,
        secret,
        answer=lambda made: _made(made, secret),
        shown_once=("token",),
    )


@router.get("/{token_id}", summary="One token")
async def get_token(token_id: UUID, caller: Reader) -> TokenOut:
    """One token, revoked or not."""
    return token_out(await caller.read(token, token_id))


@router.delete("/{token_id}", status_code=204, summary="Revoke a token")
async def revoke(token_id: UUID, caller: Writer) -> None:
    """End a token at once and for ever."""
    await caller.write(verbs.revoke_token, token_id)


def _made(made: ApiToken, secret: str) -> TokenMade:
    return TokenMade(**token_out(made).model_dump(), token=secret)
