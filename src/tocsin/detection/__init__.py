"""What we notice: signals, the conditions they confirm, the alerts that follow."""
