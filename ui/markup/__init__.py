"""What the page shows, as HTML: functions of what is to be shown, which know nothing about Gradio."""

from ui.markup.conversation import conversation, masthead
from ui.markup.reader import reader, trouble
from ui.markup.sources import sources
from ui.markup.text import link

__all__ = ["conversation", "link", "masthead", "reader", "sources", "trouble"]
