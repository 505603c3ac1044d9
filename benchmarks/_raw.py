"""A raw ASGI app that answers with fixed bytes, on the same server as the product."""

import base64
import json
import os
import sys
from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Any

import uvicorn
import uvloop

Message = MutableMapping[str, Any]
Headers = list[tuple[bytes, bytes]]
HEALTH = "/healthz"


def write_answers(path: Path, answers: dict[str, tuple[int, list[tuple[str, str]], bytes]]) -> None:
    """Write for each path a status, headers and a body, for `main` to serve."""
    kept = {
        name: [status, headers, base64.b64encode(body).decode()]
        for name, (status, headers, body) in answers.items()
    }
    path.write_text(json.dumps(kept))


class Raw:
    """The least an application can do: look the path up, send."""

    def __init__(self, answers: dict[str, tuple[int, Headers, bytes]]) -> None:
        self._answers = answers

    async def __call__(
        self,
        scope: Message,
        receive: Callable[[], Awaitable[Message]],
        send: Callable[[Message], Awaitable[None]],
    ) -> None:
        if scope["type"] != "http":
            return
        status, headers, body = self._answers[scope["path"]]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})


def serve(app: Any, port: int) -> None:
    """Serve as the web role does."""
    config = uvicorn.Config(
        app,
        port=port,
        log_config=None,
        access_log=False,
        server_header=False,
        ws="websockets-sansio",
        lifespan="off",
        timeout_graceful_shutdown=5,
    )
    uvloop.run(uvicorn.Server(config).serve())


def main(path: Path) -> None:
    """Serve what `write_answers` wrote."""
    answers: dict[str, tuple[int, Headers, bytes]] = {HEALTH: (200, [], b"")}
    for name, (status, headers, body) in json.loads(path.read_text()).items():
        pairs = [(key.encode(), value.encode()) for key, value in headers]
        answers[name] = (status, pairs, base64.b64decode(body))
    serve(Raw(answers), int(os.environ["PORT"]))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
