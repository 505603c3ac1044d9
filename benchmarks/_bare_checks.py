"""What own checks are measured against: a bare loop that fetches the same pages at the same pace.

A connection of its own each, every second one with TLS that is verified; nothing is judged or
kept. It prints how many pages it got and the processor time it took for them.
"""

import asyncio
import ssl
import sys
import time

import uvloop

from benchmarks._sites import PAGE

_REQUEST = b"GET %b HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: bare\r\nAccept: */*\r\n\r\n"


async def fetch(port: int, number: int, context: ssl.SSLContext | None) -> None:
    """One page over one connection."""
    reader, writer = await asyncio.open_connection(
        "127.0.0.1", port, ssl=context, server_hostname="127.0.0.1" if context else None
    )
    writer.write(_REQUEST % f"{PAGE}{number}".encode())
    answer = await reader.read(-1)
    writer.close()
    if not answer.startswith(b"HTTP/1.1 "):
        raise RuntimeError(f"the page {number} answered {answer[:40]!r}")


async def main(plain: int, secure: int, authority: str, checks: int, seconds: float) -> None:
    """Fetch so many pages, evenly over the time."""
    context = ssl.create_default_context(cafile=authority)
    await fetch(plain, 0, None)
    await fetch(secure, 1, context)
    before, began = time.process_time(), time.monotonic()
    running = set()
    for number in range(checks):
        secured = number % 2 == 1
        task = asyncio.create_task(
            fetch(secure if secured else plain, number, context if secured else None)
        )
        running.add(task)
        task.add_done_callback(running.discard)
        ahead = began + (number + 1) * seconds / checks - time.monotonic()
        if ahead > 0:
            await asyncio.sleep(ahead)
    await asyncio.gather(*running)
    print(checks, time.process_time() - before)


if __name__ == "__main__":
    uvloop.run(
        main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], int(sys.argv[4]), float(sys.argv[5]))
    )
