"""Small answers that one room needs of another further down the stream, filled in here."""

from collections.abc import Collection
from dataclasses import dataclass

from tocsin.communication import stakeholders, statuspage
from tocsin.platform.database import ReadTx
