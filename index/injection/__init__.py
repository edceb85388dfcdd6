"""What in a text is meant for a language model, not for a reader."""
