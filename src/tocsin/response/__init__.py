"""What we do: the incident and everybody who works on it."""
