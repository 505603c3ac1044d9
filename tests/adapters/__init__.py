"""The outside world, played on this machine."""
