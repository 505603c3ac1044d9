"""The web role's listener: answers leave at once, on whatever loop serves it."""

import asyncio
import socket

from tocsin.app.web import bind
from tocsin.platform.settings import load_settings


async def test_an_answer_does_not_wait_for_the_peers_acknowledgement() -> None:
    sends_at_once: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    def note(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = writer.get_extra_info("socket")
        sends_at_once.set_result(connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        writer.close()

    with bind(load_settings(_env_file=None, PORT=0)) as listener:
        server = await asyncio.start_server(note, sock=listener)
        async with server:
            _, writer = await asyncio.open_connection(*listener.getsockname())
            assert await sends_at_once
            writer.close()
            await writer.wait_closed()
