"""What requests may hold: one model for each command, each with an example that is valid."""
