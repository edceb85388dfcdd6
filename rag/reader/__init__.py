"""A question and passages in, the words of each that may answer it out, and how likely none does."""

from rag.reader.read import SpanReader
from rag.reader.types import Reader, Reading

__all__ = ["Reader", "Reading", "SpanReader"]
