"""Figures and the promise they are held against: how every script here says what it found."""

from collections.abc import Sequence
from statistics import median, quantiles


def p50(values: Sequence[float]) -> float:
    """The median."""
    return median(values)


def p99(values: Sequence[float]) -> float:
    """The 99th percentile; the largest value where there are fewer than a hundred."""
    return quantiles(values, n=100)[98] if len(values) >= 100 else max(values)


def show(name: str, value: float, unit: str = "") -> None:
    """Print one figure on its line."""
    print(f"  {name:<58}{value:>10,.2f} {unit}".rstrip(), flush=True)


def show_spread(name: str, values: Sequence[float], unit: str = "ms") -> None:
    """Print median, 99th percentile and maximum of a series."""
    print(
        f"  {name:<40}{len(values):>6} ×   p50 {p50(values):>8.2f}   p99 {p99(values):>8.2f}"
        f"   max {max(values):>8.2f} {unit}",
        flush=True,
    )


class Promises:
    """The promises of one script; `status` is what the script exits with."""

    def __init__(self) -> None:
        self._broken = 0

    def at_most(self, name: str, value: float, bound: float, unit: str = "") -> None:
        """Promise that a figure is no more than its bound."""
        self._judge(name, value, "≤", bound, unit, kept=value <= bound)

    def at_least(self, name: str, value: float, bound: float, unit: str = "") -> None:
        """Promise that a figure is no less than its bound."""
        self._judge(name, value, "≥", bound, unit, kept=value >= bound)

    def _judge(
        self, name: str, value: float, sign: str, bound: float, unit: str, *, kept: bool
    ) -> None:
        word = "kept  " if kept else "BROKEN"
        print(f"{word} {name}: {value:,.2f} {unit}".rstrip(), f"(promised {sign} {bound:g})")
        self._broken += not kept

    @property
    def status(self) -> int:
        return 1 if self._broken else 0
