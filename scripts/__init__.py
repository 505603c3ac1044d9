"""What `make` does behind its targets; only the standard library, as nothing is installed yet."""
