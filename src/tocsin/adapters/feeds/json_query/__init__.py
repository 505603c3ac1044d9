"""Any JSON that says how something is: a JMESPath query finds the words, a mapping reads them."""

from tocsin.adapters.feeds.json_query.kind import JsonKind, JsonSource

__all__ = ["JsonKind", "JsonSource"]
