"""Articles in, searchable passages out. Knows nothing about questions, language models or pages."""
