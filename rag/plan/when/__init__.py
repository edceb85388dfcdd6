"""When what answers a question was published, as far as its words say."""

from rag.plan.when.events import day_of
from rag.plan.when.period import period_asked

__all__ = ["day_of", "period_asked"]
