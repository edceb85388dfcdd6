"""A conversation as one file that needs no onrecord to be read, and that onrecord can check again."""

from ui.export.embedded import opened
from ui.export.page import page

__all__ = ["opened", "page"]
