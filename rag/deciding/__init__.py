"""What one sentence surely tells of one thing: that it did something, on which day, how much. Knows no answers."""
