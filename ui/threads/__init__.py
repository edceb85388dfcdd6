"""What belongs to one thread each, asked from any."""
