"""Messages that leave as HTTP requests: how they are posted, and what answers mean for them."""

from .answers import passes, shown, wished
from .post import destination_of, post_json

__all__ = ["destination_of", "passes", "post_json", "shown", "wished"]
