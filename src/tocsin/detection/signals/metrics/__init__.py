"""Pushed metrics: figures that programs send of a service, packed by hour."""

from .reading import metrics_of
from .tables import metric_blocks, metric_names
from .verbs import Sample, take_samples
from .wiring import METRIC_TABLES, metric_purge_at_start, metric_purge_job

__all__ = [
    "METRIC_TABLES",
    "Sample",
    "metric_blocks",
    "metric_names",
    "metric_purge_at_start",
    "metric_purge_job",
    "metrics_of",
    "take_samples",
]
