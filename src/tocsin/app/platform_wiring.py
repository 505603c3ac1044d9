"""The platform's own tables, which belong to no room, as `docs/data.md` tells of them."""

from tocsin.platform.wiring import TableEntry, Wiring

WIRING = Wiring(
    room="platform",
    tables=(
        TableEntry("journal", "who acted, no texts"),
        TableEntry("agenda_items", "who caused it", "until done", "no"),
        TableEntry("deliveries", "recipient and address"),
        TableEntry("delivery_bodies", "text"),
        TableEntry("delivery_attempts", "what the provider answered"),
        TableEntry("delivery_endpoints", "whose endpoint it is", export="no"),
    ),
)
