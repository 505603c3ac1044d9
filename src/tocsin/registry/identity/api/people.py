"""People of the tenant: listed, invited, edited, disabled."""

from typing import Annotated, Any
from uuid import UUID

from tocsin.kernel.ids import new_secret
from tocsin.platform.database import Tx
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
from tocsin.registry.identity.model import Person
from tocsin.registry.identity.permissions import Role
from tocsin.registry.identity.queries import all_people, person
from tocsin.registry.identity.schemas import (
    PERSON_READ_ONLY,
    InviteIn,
    PersonEdit,
    PersonOut,
    person_out,
)

router = api_router("/users", tag="people")

Reader = Annotated[Caller, requires("people.read")]
Writer = Annotated[Caller, requires("people.write")]


@router.get("", summary="List people")
async def list_people(caller: Reader, cursor: CursorParam) -> Page[PersonOut]:
    """The tenant's people by e-mail, disabled ones too."""
    found = await caller.read(all_people, cursor.after(str, UUID), cursor.fetch)
    return page_out(found, cursor, person_out, lambda each: (each.email, each.id))


@router.post("", status_code=201, response_model=PersonOut, summary="Invite somebody")
async def invite(body: InviteIn, caller: Writer) -> Any:
    """Invite somebody; `invitation_url` is theirs, and shown only once."""
    secret = new_secret()
    name = body.name or body.email.partition("@")[0]
    return await caller.write(
        verbs.invite,
        body.email,
        name,
        body.wanted,
        secret,
        answer=lambda made: _with_link(caller, made, secret),
        shown_once=("invitation_url",),
    )


@router.get("/{user_id}", summary="One person")
async def get_person(user_id: UUID, caller: Reader) -> PersonOut:
    """One person of the tenant."""
    found = await caller.read(person, user_id)
    caller.tag(found.version)
    return person_out(found)


@router.put("/{user_id}", response_model=PersonOut, summary="Change a person")
@router.patch("/{user_id}", response_model=PersonOut, summary="Change a person")
async def edit(user_id: UUID, body: PersonEdit, caller: Writer) -> Any:
    """Change name, roles, or whether somebody may come in."""
    return await caller.write(_edit, user_id, body, caller.expected_version, answer=person_out)


@router.delete("/{user_id}", status_code=204, summary="Disable a person")
async def disable(user_id: UUID, caller: Writer) -> None:
    """Disable somebody: their sessions end at once, their name stays in the record."""
    change = verbs.PersonChange(disabled=True)
    await caller.write(verbs.edit_person, user_id, change, caller.expected_version)


@router.post(
    "/{user_id}/invitation",
    status_code=201,
    response_model=PersonOut,
    summary="Make a new link for a person",
)
async def renew_invitation(user_id: UUID, caller: Writer) -> Any:
    """A new link: another chance for the invited, a new password for members."""
    secret = new_secret()
    return await caller.write(
        verbs.renew_invitation,
        user_id,
        secret,
        answer=lambda found: _with_link(caller, found, secret),
        shown_once=("invitation_url",),
    )


def _edit(tx: Tx, user_id: UUID, sent: PersonEdit, expected_version: int | None) -> Person:
    current = person(tx, user_id)
    require_unchanged(sent, person_out(current), PERSON_READ_ONLY)
    given = sent.model_fields_set
    change = verbs.PersonChange(
        name=sent.name if "name" in given else None,
        roles=_roles(sent, current),
        disabled=sent.disabled if "disabled" in given else None,
    )
    return verbs.edit_person(tx, user_id, change, expected_version)


def _roles(sent: PersonEdit, current: Person) -> frozenset[Role] | None:
    """`roles` says it all; `role` alone replaces them, unless it is the highest they hold now."""
    given = sent.model_fields_set
    if "roles" in given and frozenset(sent.roles) != current.roles:
        return frozenset(sent.roles)
    if "role" in given and sent.role != person_out(current).role:
        return frozenset({sent.role})
    return None


def _with_link(caller: Caller, made: Person, secret: str) -> PersonOut:
    link = f"{caller.web.settings.public_url}/invitation?token={secret}"
    return person_out(made).model_copy(update={"invitation_url": link})
