"""What the delivery ledger hands to `compose`."""

from collections.abc import Sequence
from typing import Any

from tocsin.platform.wiring import Wiring


def _routes() -> Sequence[Any]:
    from .api import router

    return [router]


WIRING = Wiring(room="deliveries", routes=_routes)
