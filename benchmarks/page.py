"""The status page from Tocsin's own server beside a raw ASGI app that sends the same bytes.

64 keep-alive connections of another process ask for the page plain, packed and unchanged (304),
from the web role, from the pages role, and from the raw app, in turns; the median of
the rounds' ratios counts, so that what else the machine does hits all three alike.
"""

import http.client
import tempfile
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from statistics import median

from benchmarks import _raw
from benchmarks._figures import Promises, p99, show
from benchmarks._load import Outcome, Plan, load, request
from benchmarks._machine import show_machine
from benchmarks._processes import (
    clean_environment,
    free_port,
    running,
    wait_for_answer,
    wait_until,
)
from benchmarks._product import Product, prepare, registry_of, served, wait_for_services
from benchmarks._run import run

PAGE = "/status/main"
COMPONENTS = 12
ROUNDS = 9
SECONDS = 1.0
CONNECTIONS = 64
_CHOSEN_BY_SERVER = ("date", "connection", "transfer-encoding")

Answer = tuple[int, list[tuple[str, str]], bytes]


def main() -> int:
    """Measure the three servers with three kinds of requests."""
    show_machine()
    promises = Promises()
    with tempfile.TemporaryDirectory() as directory, ExitStack() as stack:
        place = Path(directory)
        product = prepare(place / "tocsin", registry_of(COMPONENTS))
        stack.enter_context(served(product))
        _fill_page(product)
        kinds = _kinds(product)
        ports = {
            "raw": _start_raw(stack, place, product, kinds),
            "web": product.port,
            "pages": _start_pages(stack, product),
        }
        for kind, headers in kinds.items():
            _compare(promises, kind, headers, ports)
    return promises.status


def _compare(promises: Promises, kind: str, headers: dict[str, str], ports: dict[str, int]) -> None:
    paths = {"raw": f"/{kind}", "web": PAGE, "pages": PAGE}
    plans = {
        name: Plan(port, [request("GET", paths[name], **headers)], CONNECTIONS, SECONDS)
        for name, port in ports.items()
    }
    found: dict[str, list[Outcome]] = {name: [] for name in plans}
    for plan in plans.values():
        load(replace(plan, seconds=0.5))
    for _ in range(ROUNDS):
        for name, plan in plans.items():
            found[name].append(_sound(name, kind, load(plan)))
    for name, outcomes in found.items():
        show(f"{kind}, {name}: answers a second", median(one.per_second for one in outcomes), "/s")
        show(f"{kind}, {name}: p99", median(p99(one.latencies) for one in outcomes), "ms")
    for name in ("web", "pages"):
        ratio = median(
            mine.per_second / raw.per_second
            for mine, raw in zip(found[name], found["raw"], strict=True)
        )
        promises.at_least(f"{kind} page of {name}, of the raw app", ratio, 0.8, "×")


def _sound(name: str, kind: str, outcome: Outcome) -> Outcome:
    expected = "304" if kind == "unchanged" else "200"
    if set(outcome.statuses) != {expected}:
        raise RuntimeError(f"{name} answered {outcome.statuses} to a {kind} request")
    return outcome


def _fill_page(product: Product) -> None:
    wait_for_services(product, COMPONENTS)
    for number in range(COMPONENTS):
        body = {"service_id": f"service-{number:03d}", "group": f"Group {number % 3}"}
        product.call("POST", "/status-pages/main/components", body)
    shown = f"Service {COMPONENTS - 1}".encode()
    wait_until(lambda: shown in _get(product, {})[2], 60, "the page was not rendered")


def _kinds(product: Product) -> dict[str, dict[str, str]]:
    etag = dict(_get(product, {})[1])["etag"]
    return {
        "plain": {},
        "gzip": {"accept_encoding": "gzip"},
        "unchanged": {"if_none_match": etag},
    }


def _get(product: Product, headers: dict[str, str]) -> Answer:
    connection = http.client.HTTPConnection("127.0.0.1", product.port, timeout=10)
    try:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request("GET", PAGE, headers=sent)
        answer = connection.getresponse()
        body = answer.read()
    finally:
        connection.close()
    pairs = [(name.lower(), value) for name, value in answer.getheaders()]
    return (
        answer.status,
        [(name, value) for name, value in pairs if name not in _CHOSEN_BY_SERVER],
        body,
    )


def _start_raw(
    stack: ExitStack, place: Path, product: Product, kinds: dict[str, dict[str, str]]
) -> int:
    """The raw app holds the very answers of the product."""
    answers = {f"/{kind}": _get(product, headers) for kind, headers in kinds.items()}
    for kind, (_, _, body) in answers.items():
        show(f"bytes of the {kind[1:]} answer", len(body), "B")
    _raw.write_answers(place / "answers.json", answers)
    port = free_port()
    environment = clean_environment({"PORT": str(port)})
    process = stack.enter_context(
        running(place, environment, "benchmarks._raw", str(place / "answers.json"))
    )
    wait_for_answer(process, port, _raw.HEALTH)
    return port


def _start_pages(stack: ExitStack, product: Product) -> int:
    """The pages role over the same tree."""
    port = free_port()
    alone = replace(product, port=port, settings={**product.settings, "PORT": str(port)})
    stack.enter_context(served(alone, "pages", health=PAGE))
    return port


if __name__ == "__main__":
    run(main)
