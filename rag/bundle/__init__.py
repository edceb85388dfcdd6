"""Answers kept outside the archive: what was said, the words it stands on, and how to check them again."""

from rag.bundle.keeping import keep
from rag.bundle.reading import parse
from rag.bundle.restoring import restore
from rag.bundle.reverify import reverify
from rag.bundle.types import ArchiveFacts, Bundle, KeptArticle
from rag.bundle.writing import written

__all__ = ["ArchiveFacts", "Bundle", "KeptArticle", "keep", "parse", "restore", "reverify", "written"]
