"""The permission table says what the decisions say."""

import pytest

from tocsin.registry.identity import PERMISSIONS, Role, permissions_of, roles_markdown
from tocsin.registry.identity.permissions import may_grant


def test_a_viewer_only_reads():
    assert all(name.endswith(".read") for name in permissions_of({Role.VIEWER}))


@pytest.mark.parametrize(
    ("weaker", "stronger"),
    [
        (Role.VIEWER, Role.RESPONDER),
        (Role.RESPONDER, Role.ITSM_MANAGER),
        (Role.RESPONDER, Role.ADMIN),
        (Role.ITSM_MANAGER, Role.SUPER_ADMIN),
        (Role.ADMIN, Role.SUPER_ADMIN),
    ],
)
def test_stronger_roles_may_do_what_weaker_ones_may(weaker, stronger):
    assert permissions_of({weaker}) < permissions_of({stronger})


def test_an_admin_may_do_what_a_manager_may_except_declare():
    lacking = permissions_of({Role.ITSM_MANAGER}) - permissions_of({Role.ADMIN})
    assert lacking == {"majors.declare"}


def test_a_super_admin_may_do_everything():
    assert permissions_of({Role.SUPER_ADMIN}) == PERMISSIONS.keys()


def test_responders_run_the_verbs_and_managers_the_grave_ones():
    responder = permissions_of({Role.RESPONDER})
    assert {"incidents.resolve", "incidents.update", "status.set"} <= responder
    assert not {"incidents.cancel", "incidents.reopen", "incidents.merge"} & responder


def test_several_roles_add_up():
    both = permissions_of({Role.ITSM_MANAGER, Role.ADMIN})
    assert both == permissions_of({Role.ITSM_MANAGER}) | permissions_of({Role.ADMIN})


def test_unknown_roles_may_do_nothing():
    assert permissions_of({"king"}) == frozenset()


def test_only_super_admins_make_super_admins():
    assert may_grant({Role.SUPER_ADMIN}, Role.SUPER_ADMIN)
    assert not may_grant({Role.ADMIN, Role.ITSM_MANAGER}, Role.SUPER_ADMIN)
    assert may_grant({Role.ADMIN}, Role.ITSM_MANAGER)
    assert not may_grant({Role.ITSM_MANAGER}, Role.VIEWER)


def test_the_document_has_a_line_for_every_permission():
    document = roles_markdown()
    assert all(f"| `{name}` |" in document for name in PERMISSIONS)
    assert "| `majors.declare` |  |  | yes |  | yes |" in document
