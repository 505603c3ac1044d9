"""One file per version: expand, backfill, contract."""
