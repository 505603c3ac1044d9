"""History: the journal as people and programs read it over HTTP."""
