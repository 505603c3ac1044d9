"""Own checks, one folder per kind: prepared once per configuration, run often, every fault named."""
