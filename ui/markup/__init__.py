"""What the page shows, as HTML: functions of what is to be shown, which know nothing about Gradio."""

from ui.links import link
from ui.markup.conversation import conversation, masthead
from ui.markup.histogram import histogram
from ui.markup.reader import reader, trouble
from ui.markup.sources import sources
from ui.markup.timeline import timeline

__all__ = ["conversation", "histogram", "link", "masthead", "reader", "sources", "timeline", "trouble"]
