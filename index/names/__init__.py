"""The names that an archive's articles speak of: mined from their texts, counted, found again in a question."""
