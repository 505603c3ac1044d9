"""The outside world, one folder per vendor or channel; each implements a port of a room."""
