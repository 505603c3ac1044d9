"""Names for people's eyes: who acted, and who has been given work."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select

from tocsin.kernel.errors import invalid_field
from tocsin.kernel.facts import Actor, ActorKind
from tocsin.platform.database import ReadTx

from .model import Assignee, AssigneeKind
from .queries import people, person_by_email, teams_by_slug
from .tables import api_tokens

ADMIN_TOKEN_ID = "admin"  # noqa: S105 - a name, not a secret

_VISITORS = {"slack": "Somebody in Slack", "statuspage": "A status page"}
"""Who stands behind a visitor that is no person of ours, by the first word of the id."""


def resolve_assignee(tx: ReadTx, text: str) -> Assignee:
    """Find a person by id or e-mail, or a team by slug; raises Invalid for `assigned_to`.

    Somebody who is disabled cannot be given work.
    """
    found = _resolve_person(tx, text.strip()) or _resolve_team(tx, text.strip())
    if found is None:
        raise invalid_field("assigned_to", f"there is no person or team “{text}”")
    return found


def assignees(tx: ReadTx, keys: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Assignee]:
    """Names for stored (kind, id) pairs; a name that is gone is shown as its id."""
    wanted = set(keys)
    ids = [UUID(key) for kind, key in wanted if kind == AssigneeKind.USER]
    slugs = [key for kind, key in wanted if kind == AssigneeKind.TEAM]
    named = {str(found.id): found.name for found in people(tx, ids).values()}
    teams = {slug: found.name for slug, found in teams_by_slug(tx, slugs).items()}
    labels = {AssigneeKind.USER: named, AssigneeKind.TEAM: teams}
    return {
        (kind, key): Assignee(AssigneeKind(kind), key, labels[AssigneeKind(kind)].get(key, key))
        for kind, key in wanted
    }


def actor_label(tx: ReadTx, actors: Iterable[Actor | str]) -> dict[str, str]:
    """Names of actors for timelines, by `str(actor)`."""
    wanted = {str(actor): Actor.parse(str(actor)) for actor in actors}
    persons = _names_of_people(tx, _ids(wanted.values(), ActorKind.PERSON))
    tokens = _names_of_tokens(tx, _ids(wanted.values(), ActorKind.TOKEN))
    named = {ActorKind.PERSON: persons, ActorKind.TOKEN: tokens}
    return {
        text: named.get(actor.kind, {}).get(actor.id) or _label(actor)
        for text, actor in wanted.items()
    }


def _resolve_person(tx: ReadTx, text: str) -> Assignee | None:
    if "@" in text:
        found = person_by_email(tx, text.lower())
    else:
        found = next(iter(people(tx, _as_ids([text])).values()), None)
    if found is None or found.disabled_at is not None:
        return None
    return Assignee(AssigneeKind.USER, str(found.id), found.name)


def _resolve_team(tx: ReadTx, text: str) -> Assignee | None:
    found = teams_by_slug(tx, [text]).get(text)
    return None if found is None else Assignee(AssigneeKind.TEAM, found.slug, found.name)


def _names_of_people(tx: ReadTx, ids: list[UUID]) -> dict[str, str]:
    return {str(found.id): found.name for found in people(tx, ids).values()} if ids else {}


def _names_of_tokens(tx: ReadTx, ids: list[UUID]) -> dict[str, str]:
    if not ids:
        return {}
    columns = api_tokens.c
    query = select(columns.id, columns.name).where(
        columns.tenant_id == tx.tenant, columns.id.in_(sorted(ids))
    )
    return {str(row.id): f"{row.name} (token)" for row in tx.all(query)}


def _label(actor: Actor) -> str:
    match actor.kind:
        case ActorKind.SYSTEM:
            return "Tocsin"
        case ActorKind.RULE:
            return f"Rule {actor.id}"
        case ActorKind.VISITOR:
            return _VISITORS.get(actor.id.partition(":")[0], "A visitor")
        case ActorKind.TOKEN:
            return "Admin token" if actor.id == ADMIN_TOKEN_ID else "A token"
        case ActorKind.PERSON:
            return "Somebody who left"


def _ids(actors: Iterable[Actor], kind: ActorKind) -> list[UUID]:
    return _as_ids(actor.id for actor in actors if actor.kind is kind)


def _as_ids(texts: Iterable[str]) -> list[UUID]:
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found
