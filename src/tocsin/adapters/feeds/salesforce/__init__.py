"""Salesforce's status API v1, `api.status.salesforce.com/v1`, which Heroku's tools read as well."""

from tocsin.adapters.feeds.salesforce.kind import SalesforceKind, SalesforceSource

__all__ = ["SalesforceKind", "SalesforceSource"]
