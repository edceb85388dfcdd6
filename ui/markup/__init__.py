"""What the page shows, as HTML: functions of what is to be shown, which know nothing about Gradio."""

from ui.markup.conversation import conversation, masthead
from ui.markup.histogram import histogram
from ui.markup.reader import reader, trouble
from ui.markup.sources import sources
from ui.markup.view import as_of, kept

__all__ = ["as_of", "conversation", "histogram", "kept", "masthead", "reader", "sources", "trouble"]
