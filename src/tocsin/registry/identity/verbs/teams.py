"""Teams: made, renamed, filled and archived; an archived slug comes back when it is made again."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, insert, select, update

from tocsin.kernel.errors import Conflict, LostRace, invalid_field
from tocsin.platform.database import Tx, insert_or
from tocsin.registry.identity import events
from tocsin.registry.identity.model import Team
from tocsin.registry.identity.queries import people, team
from tocsin.registry.identity.rules import normal_name, normal_slug
from tocsin.registry.identity.tables import team_members, teams


@dataclass(frozen=True, slots=True)
class TeamChange:
    """What somebody wants different about a team; None leaves a field alone."""

    name: str | None = None
    members: tuple[UUID, ...] | None = None


def create_team(tx: Tx, slug: str, name: str, members: Iterable[UUID] = ()) -> Team:
    """Make a team of people of this tenant."""
    slug, name, wanted = normal_slug(slug), normal_name(name), _members(tx, members)
    made = insert_or(tx, teams).values(
        tenant_id=tx.tenant, slug=slug, name=name, version=1, created_at=tx.now
    )
    if tx.execute(made.on_conflict_do_nothing()).rowcount == 0:
        _restore(tx, slug, name)
    _fill(tx, slug, wanted)
    tx.record(events.of_team(events.TEAM_CREATED, slug))
    return team(tx, slug)


def edit_team(tx: Tx, slug: str, change: TeamChange, expected_version: int | None = None) -> Team:
    """Change a team's name or members."""
    tx.lock(teams, slug, column="slug")
    found = team(tx, slug)
    if expected_version not in (None, found.version):
        raise LostRace("Somebody changed this team first.")
    values: dict[str, object] = {}
    wanted = found.members if change.members is None else _members(tx, change.members)
    if change.name is not None and normal_name(change.name) != found.name:
        values["name"] = normal_name(change.name)
    fields = [*values, *(["members"] if set(wanted) != set(found.members) else [])]
    if not fields:
        return found
    _update(tx, found, **values)
    _fill(tx, slug, wanted)
    tx.record(events.of_team(events.TEAM_EDITED, slug, fields=fields))
    return team(tx, slug)


def archive_team(tx: Tx, slug: str) -> None:
    """Hide a team; its slug is kept."""
    found = team(tx, slug)
    _update(tx, found, archived_at=tx.now)
    tx.record(events.of_team(events.TEAM_ARCHIVED, slug))


def _restore(tx: Tx, slug: str, name: str) -> None:
    columns = teams.c
    restored = tx.execute(
        update(teams)
        .where(
            columns.tenant_id == tx.tenant, columns.slug == slug, columns.archived_at.is_not(None)
        )
        .values(name=name, archived_at=None, version=columns.version + 1)
    )
    if restored.rowcount == 0:
        raise Conflict(f"The team {slug} exists already.", code="already_exists")


def _update(tx: Tx, found: Team, **values: object) -> None:
    tx.execute(
        update(teams)
        .where(teams.c.tenant_id == tx.tenant, teams.c.slug == found.slug)
        .values(version=found.version + 1, **values)
    )


def _fill(tx: Tx, slug: str, members: Iterable[UUID]) -> None:
    columns = team_members.c
    there = set(
        tx.scalars(
            select(columns.user_id).where(columns.tenant_id == tx.tenant, columns.team_slug == slug)
        )
    )
    wanted = set(members)
    if gone := there - wanted:
        tx.execute(
            delete(team_members).where(
                columns.tenant_id == tx.tenant,
                columns.team_slug == slug,
                columns.user_id.in_(sorted(gone)),
            )
        )
    rows = [
        {"tenant_id": tx.tenant, "team_slug": slug, "user_id": each}
        for each in sorted(wanted - there)
    ]
    if rows:
        tx.execute(insert(team_members), rows)


def _members(tx: Tx, ids: Iterable[UUID]) -> tuple[UUID, ...]:
    wanted = tuple(dict.fromkeys(ids))
    known = people(tx, wanted)
    for index, each in enumerate(wanted):
        if each not in known or known[each].disabled_at is not None:
            raise invalid_field(f"members[{index}]", "there is no such person")
    return wanted
