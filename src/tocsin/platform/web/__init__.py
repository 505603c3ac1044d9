"""The web every room answers through: callers, gates, wire models, pages and problems."""

from tocsin.platform.wire import Moment, Page, WireModel

from .caller import Caller
from .credentials import Authority, Credential, CredentialKind, Web, WebSettings, web_of
from .gates import (
    Gate,
    open_to_all,
    open_to_strangers,
    requires,
    requires_bearer,
    requires_login,
)
from .install import install
from .origins import is_own_origin
from .paging import Cursor, CursorParam, encode_place, page_out
from .problems import Problem, problem
from .routers import PREFIX, api_router, mount
from .tags import tagged_json
from .unchanged import require_extras_unchanged, require_unchanged
from .zones import ZoneName, zone_named

__all__ = [
    "PREFIX",
    "Authority",
    "Caller",
    "Credential",
    "CredentialKind",
    "Cursor",
    "CursorParam",
    "Gate",
    "Moment",
    "Page",
    "Problem",
    "Web",
    "WebSettings",
    "WireModel",
    "ZoneName",
    "api_router",
    "encode_place",
    "install",
    "is_own_origin",
    "mount",
    "open_to_all",
    "open_to_strangers",
    "page_out",
    "problem",
    "require_extras_unchanged",
    "require_unchanged",
    "requires",
    "requires_bearer",
    "requires_login",
    "tagged_json",
    "web_of",
    "zone_named",
]
