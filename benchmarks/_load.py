"""A load generator in a process of its own: keep-alive HTTP/1.1 over plain sockets.

`python -m benchmarks._load` reads a plan as JSON from stdin and answers with what happened.
"""

import asyncio
import base64
import json
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import uvloop

from benchmarks._processes import clean_environment

_LENGTH = re.compile(rb"content-length:\s*(\d+)", re.IGNORECASE)
_BODILESS = (b"304", b"204")
_SHOWN = 500


@dataclass(frozen=True, slots=True)
class Plan:
    """Requests, base64 of their bytes, sent round and round by so many connections.

    Without a `pace` each connection asks again as soon as it was answered. With one, so many
    requests a second begin on a fixed grid, and a late answer counts from when it was due.
    """

    port: int
    requests: Sequence[str]
    connections: int = 64
    seconds: float = 4.0
    pace: float = 0.0
    once: bool = False


@dataclass(slots=True)
class Outcome:
    """What came of a plan; latencies in milliseconds, and how the first body begins."""

    seconds: float
    statuses: dict[str, int]
    latencies: list[float]
    size: int
    body: str = ""

    @property
    def per_second(self) -> float:
        return len(self.latencies) / self.seconds


@dataclass(slots=True)
class _Run:
    """The plan while it is carried out."""

    plan: Plan
    requests: list[bytes]
    began: float
    sent: int = 0
    statuses: Counter[str] = field(default_factory=Counter)
    latencies: list[float] = field(default_factory=list)
    size: int = 0
    body: bytes = b""

    def next_turn(self) -> tuple[bytes, float] | None:
        """The next request and when it is due, None when the plan is done."""
        number = self.sent
        due = self.began + number / self.plan.pace if self.plan.pace else time.perf_counter()
        over = due - self.began > self.plan.seconds
        if over or (self.plan.once and number >= len(self.requests)):
            return None
        self.sent += 1
        return self.requests[number % len(self.requests)], due

    def note(self, status: bytes, due: float, body: bytes) -> None:
        self.statuses[status.decode()] += 1
        self.latencies.append((time.perf_counter() - due) * 1000)
        self.size = max(self.size, len(body))
        self.body = self.body or body


async def _connection(run: _Run) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", run.plan.port, limit=1 << 22)
    while (turn := run.next_turn()) is not None:
        request, due = turn
        wait = due - time.perf_counter()
        if wait > 0:
            await asyncio.sleep(wait)
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        length = _LENGTH.search(head)
        status = head[9:12]
        empty = status in _BODILESS or length is None
        body = b"" if empty or length is None else await reader.readexactly(int(length[1]))
        run.note(status, due, body)
    writer.close()


async def _carry_out(plan: Plan) -> Outcome:
    requests = [base64.b64decode(one) for one in plan.requests]
    run = _Run(plan, requests, time.perf_counter())
    await asyncio.gather(*(_connection(run) for _ in range(plan.connections)))
    seconds = time.perf_counter() - run.began
    return Outcome(
        seconds,
        dict(run.statuses),
        run.latencies,
        run.size,
        run.body[:_SHOWN].decode(errors="replace"),
    )


def start(plan: Plan) -> "subprocess.Popen[bytes]":
    """Begin to carry out a plan in a process of its own."""
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks._load"],
        env=clean_environment({}),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdin is not None
    process.stdin.write(json.dumps(asdict(plan)).encode())
    process.stdin.close()
    process.stdin = None
    return process


def outcome_of(process: "subprocess.Popen[bytes]") -> Outcome:
    """Wait for a plan's end."""
    said, _ = process.communicate()
    if process.returncode:
        raise RuntimeError("the load generator failed")
    return Outcome(**json.loads(said))


def load(plan: Plan) -> Outcome:
    """Carry out a plan in a process of its own and wait for it."""
    return outcome_of(start(plan))


def request(method: str, path: str, body: Any = None, **headers: str) -> str:
    """A request as a plan holds it; header names are written with `_`."""
    data = b"" if body is None else json.dumps(body).encode()
    lines = [f"{method} {path} HTTP/1.1", "host: 127.0.0.1"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    if body is not None:
        lines += ["content-type: application/json", f"content-length: {len(data)}"]
    return base64.b64encode("\r\n".join([*lines, "", ""]).encode() + data).decode()


if __name__ == "__main__":
    done = uvloop.run(_carry_out(Plan(**json.loads(sys.stdin.read()))))
    print(json.dumps(asdict(done)), flush=True)
