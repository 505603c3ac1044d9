"""Long work in an event loop that is not alone there."""

import asyncio


async def give_way() -> None:
    """Let everybody else who is ready in this loop have a turn; no time is waited for."""
    await asyncio.sleep(0)
