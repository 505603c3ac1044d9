"""Machinery that knows no business noun: database, journal, agenda, delivery, live hints, outgoing HTTP."""
