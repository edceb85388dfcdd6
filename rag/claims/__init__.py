"""What can be checked in a sentence. Knows nothing about evidence numbers, questions' answers or models."""
