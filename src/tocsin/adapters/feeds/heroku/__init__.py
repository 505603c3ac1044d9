"""Heroku's status API v4, `status.heroku.com/api/v4/current-status`."""

from tocsin.adapters.feeds.heroku.kind import HerokuKind, HerokuSource

__all__ = ["HerokuKind", "HerokuSource"]
