"""Kinds of sources, one folder each: asked over HTTP, read without trust, mapped to five states."""
