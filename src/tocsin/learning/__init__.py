"""What we keep: reviews and figures."""
