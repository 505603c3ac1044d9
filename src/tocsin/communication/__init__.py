"""What we say: to stakeholders, to subscribers and on the status page."""
