"""The pages role: serves the rendered tree of the status pages and nothing else, without a database."""

import uvicorn

from tocsin.platform.observability import configure_logs, start_reporting
from tocsin.platform.pagetree import PageServer, Receive, Scope, Send
from tocsin.platform.settings import load_settings


def run() -> None:
    """Serve until stopped."""
    settings = load_settings()
    configure_logs(settings, "pages")
    start_reporting(settings, "pages")
    server = PageServer(settings.data_dir / "pages")

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await _lifespan(receive, send)
        elif scope["type"] == "http":
            await server(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": 1001})

    uvicorn.run(
        app,
        host=settings.HOST,
        port=settings.PORT,
        log_config=None,
        access_log=False,
        server_header=False,
    )


async def _lifespan(receive: Receive, send: Send) -> None:
    while (await receive())["type"] != "lifespan.shutdown":
        await send({"type": "lifespan.startup.complete"})
    await send({"type": "lifespan.shutdown.complete"})
