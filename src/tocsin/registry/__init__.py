"""What we know: people, services and the calendars around them."""
