"""Results of own checks: raw for days, packed by monitor and hour; rolled up for percentiles."""

from .buffer import ResultBuffer
from .latency import LatencyPoint, latency
from .reading import results_of
from .tables import check_blocks, check_results_minute, check_rollups
from .wiring import RESULT_JOBS, RESULT_TABLES, purge_at_start, purge_job

__all__ = [
    "RESULT_JOBS",
    "RESULT_TABLES",
    "LatencyPoint",
    "ResultBuffer",
    "check_blocks",
    "check_results_minute",
    "check_rollups",
    "latency",
    "purge_at_start",
    "purge_job",
    "results_of",
]
