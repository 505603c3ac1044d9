"""Where the rooms meet: composition, processes and the command line."""
