"""What history hands to `compose`."""

from collections.abc import Sequence
from typing import Any

from tocsin.platform.wiring import Wiring


def _routes() -> Sequence[Any]:
    from tocsin.platform.history.api import router

    return [router]


WIRING = Wiring(room="journal", routes=_routes)
