"""A conversation as one file that needs no onrecord to be read, and that onrecord can check again."""

from ui.keeping.export.embedded import opened
from ui.keeping.export.page import page

__all__ = ["opened", "page"]
