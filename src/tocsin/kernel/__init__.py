"""The ground everything stands on: ids, clock, facts, lifecycles, segments and errors, all pure."""
