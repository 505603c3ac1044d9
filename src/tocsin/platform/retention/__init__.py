"""Retention: old rows go, a few hundred at a time, and nothing that is still needed goes with them."""

from .purges import Keeper, Purge
from .sweep import SWEEP_FACT, sweeping

__all__ = ["SWEEP_FACT", "Keeper", "Purge", "sweeping"]
