"""A Query in, the passages that answer it out."""

from rag.find.finder import Finder, Found

__all__ = ["Finder", "Found"]
