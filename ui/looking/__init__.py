"""What a reader looks at: which articles, an open one, a story in time."""
