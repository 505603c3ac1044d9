"""Teams of the tenant."""

from collections.abc import Iterable
from typing import Annotated, Any
from uuid import UUID

from tocsin.kernel.errors import invalid_field
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
from tocsin.registry.identity.model import Team
from tocsin.registry.identity.queries import all_teams, person_by_email, team
from tocsin.registry.identity.schemas import (
    TEAM_READ_ONLY,
    Slug,
    TeamEdit,
    TeamIn,
    TeamOut,
    team_out,
)

router = api_router("/teams", tag="people")

Reader = Annotated[Caller, requires("teams.read")]
Writer = Annotated[Caller, requires("teams.write")]


@router.get("", summary="List teams")
async def list_teams(caller: Reader, cursor: CursorParam) -> Page[TeamOut]:
    """The tenant's teams by slug."""
    found = await caller.read(all_teams, cursor.after(str, str), cursor.fetch)
    return page_out(found, cursor, team_out, lambda each: (each.slug, each.slug))


@router.post("", status_code=201, response_model=TeamOut, summary="Make a team")
async def create(body: TeamIn, caller: Writer) -> Any:
    """Make a team, or bring an archived one back."""
    return await caller.write(_create, body, answer=team_out)


@router.get("/{slug}", summary="One team")
async def get_team(slug: Slug, caller: Reader) -> TeamOut:
    """One team of the tenant."""
    found = await caller.read(team, slug)
    caller.tag(found.version)
    return team_out(found)


@router.put("/{slug}", response_model=TeamOut, summary="Change a team")
@router.patch("/{slug}", response_model=TeamOut, summary="Change a team")
async def edit(slug: Slug, body: TeamEdit, caller: Writer) -> Any:
    """Change a team's name or members."""
    return await caller.write(_edit, slug, body, caller.expected_version, answer=team_out)


@router.delete("/{slug}", status_code=204, summary="Archive a team")
async def archive(slug: Slug, caller: Writer) -> None:
    """Hide a team; its slug is kept."""
    await caller.write(verbs.archive_team, slug)


def _create(tx: Tx, sent: TeamIn) -> Team:
    return verbs.create_team(tx, sent.slug, sent.name, _ids(tx, sent.members))


def _edit(tx: Tx, slug: str, sent: TeamEdit, expected_version: int | None) -> Team:
    require_unchanged(sent, team_out(team(tx, slug)), TEAM_READ_ONLY)
    given = sent.model_fields_set
    change = verbs.TeamChange(
        name=sent.name if "name" in given else None,
        members=_ids(tx, sent.members) if "members" in given else None,
    )
    return verbs.edit_team(tx, slug, change, expected_version)


def _ids(tx: ReadTx, members: Iterable[str]) -> tuple[UUID, ...]:
    return tuple(_id(tx, index, text) for index, text in enumerate(members))


def _id(tx: ReadTx, index: int, text: str) -> UUID:
    if "@" in text:
        found = person_by_email(tx, text.strip().lower())
        if found is not None:
            return found.id
    else:
        try:
            return UUID(text)
        except ValueError:
            pass
    raise invalid_field(f"members[{index}]", "there is no such person")
