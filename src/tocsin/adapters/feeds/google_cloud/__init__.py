"""Google Cloud's history of incidents, `status.cloud.google.com/incidents.json`."""

from tocsin.adapters.feeds.google_cloud.kind import GoogleCloudKind, GoogleCloudSource

__all__ = ["GoogleCloudKind", "GoogleCloudSource"]
