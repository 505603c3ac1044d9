"""The public AWS Health Dashboard, `health.aws.amazon.com/public/currentevents`."""

from tocsin.adapters.feeds.aws.kind import AwsKind, AwsSource

__all__ = ["AwsKind", "AwsSource"]
