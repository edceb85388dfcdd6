"""What is kept of answers and conversations, outside the archive: where it was asked for."""
