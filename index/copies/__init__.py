"""Which articles tell one story in the same words: wire copies, re-posts, excerpts, updated versions."""
