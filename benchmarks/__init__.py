"""One script per performance promise; each prints a ratio measured in one run."""
