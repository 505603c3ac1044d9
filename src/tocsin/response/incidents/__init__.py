"""Incidents: unplanned interruptions, from opened to closed, and what the public is told of them."""
