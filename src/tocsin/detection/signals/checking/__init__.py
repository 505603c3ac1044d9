"""Checking: own checks in one loop of one process, and no statement for one that finds nothing new."""

from .checker import Checker
from .judging import result_of

__all__ = ["Checker", "result_of"]
