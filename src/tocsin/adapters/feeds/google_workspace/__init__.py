"""Google Workspace's history of incidents, `google.com/appsstatus/dashboard/incidents.json`."""

from tocsin.adapters.feeds.google_workspace.kind import GoogleWorkspaceKind, GoogleWorkspaceSource

__all__ = ["GoogleWorkspaceKind", "GoogleWorkspaceSource"]
