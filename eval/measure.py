"""Outcomes in, Scores out: each measure a value with a name, its meaning and its source. Writes nothing.

A measure turns one case into observations: one for most, one per citation for some, none where it does not
apply. A figure is their mean (or median): every question counts, and a missing answer is a zero, not a gap.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from math import floor
from statistics import fmean, median
from types import MappingProxyType

from eval.match import Names
from eval.types import Articles, Case, Figure, Group, Outcome, Scores, Spread, Unborne
from eval.wording import says
from index.errors import ArticleNotFound
from rag.serialize import reply
from rag.types import Answer, Citation
from rag.verify import unfounded

CUTOFFS = (1, 3, 5, 10)
DEEPEST = 10


@dataclass(frozen=True, slots=True)
class Measure:
    """A question to put to every case.

    Attributes:
        about: What a figure of this name says.
        source: Where the measure was defined.
        observe: A case's observations; none where the measure does not apply to it.
        summary: What makes one figure of one or more observations.
    """

    name: str
    about: str
    source: str
    observe: Callable[[Case], tuple[float, ...]]
    summary: Callable[[Sequence[float]], float] = fmean


def measure(outcomes: Iterable[Outcome], archive: Articles) -> Scores:
    """Measure a run against the archive that was asked, over all questions and over those of each kind."""
    names = Names(archive.articles())
    cases = tuple(case_of(outcome, names, archive) for outcome in outcomes)
    kinds: defaultdict[str, list[Case]] = defaultdict(list)
    unborne: defaultdict[str, list[str]] = defaultdict(list)
    for case in cases:
        question = case.outcome.question
        kinds[question.kind].append(case)
        for name in dict.fromkeys(question.relevant):
            if not names.ids(name):
                unborne[name].append(question.id)
    return Scores(
        overall=score("all", cases),
        kinds=tuple(score(kind, kinds[kind]) for kind in sorted(kinds)),
        cases=cases,
        not_in_archive=tuple(Unborne(name, tuple(ids)) for name, ids in unborne.items()),
    )


def case_of(outcome: Outcome, names: Names, archive: Articles) -> Case:
    """Put beside an outcome what the archive knows about it."""
    citations = [
        citation for sentence in (outcome.answer.sentences if outcome.answer else ()) for citation in sentence.citations
    ]
    return Case(
        outcome=outcome,
        relevant=frozenset(article for name in outcome.question.relevant for article in names.ids(name)),
        needed=tuple(dict.fromkeys(names.ids(gold.article) for gold in outcome.question.evidence)),
        ranked=tuple(dict.fromkeys(hit.passage.article_id for hit in outcome.hits)),
        cited=tuple(citation.article_id for citation in citations),
        verbatim=tuple(is_verbatim(citation, archive) for citation in citations),
    )


def score(name: str, cases: Sequence[Case]) -> Group:
    """The figures of some cases; a measure that applies to none of them has the value None."""
    figures: dict[str, Figure] = {}
    for each in MEASURES:
        observations = [value for case in cases for value in each.observe(case)]
        figures[each.name] = Figure(each.summary(observations) if observations else None, len(observations))
    return Group(name, len(cases), MappingProxyType(figures), MappingProxyType(_seconds(cases)))


def percentile(values: Sequence[float], share: float) -> float:
    """What `share` (0-1) of the values do not exceed, linear between neighbours: Hyndman & Fan 1996, 7."""
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    below = floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def is_verbatim(citation: Citation, archive: Articles) -> bool:
    """Whether the archive's article holds the quote at the very place that the citation names."""
    try:
        article = archive.article(citation.article_id)
    except ArticleNotFound:
        return False  # a citation of an article that is not there is a wrong citation, which this measure counts
    return 0 <= citation.start < citation.end and article.text[citation.start : citation.end] == citation.quote


def _seconds(cases: Sequence[Case]) -> dict[str, Spread]:
    """Per stage, the total first; a stage that some questions never reach counts only where it ran."""
    stages: defaultdict[str, list[float]] = defaultdict(list)
    for case in cases:
        stages["total"].append(case.outcome.seconds["total"])
        for stage, seconds in case.outcome.seconds.items():
            if stage != "total":
                stages[stage].append(seconds)
    return {
        stage: Spread(percentile(seconds, 0.5), percentile(seconds, 0.95), len(seconds))
        for stage, seconds in stages.items()
    }


def _seeks_article(case: Case) -> bool:
    return case.outcome.question.answerable and bool(case.outcome.question.relevant)


def _seeks_wording(case: Case) -> bool:
    return case.outcome.question.answerable and bool(case.outcome.question.wordings)


def _given(case: Case) -> Answer | None:
    """The answer to an answerable question, unless it was refused."""
    answer = case.outcome.answer
    return answer if answer and not answer.refused and case.outcome.question.answerable else None


def article_hit(case: Case, k: int) -> tuple[float, ...]:
    """1 where a relevant article is among the first k, else 0; nothing where none is sought."""
    return (float(not case.relevant.isdisjoint(case.ranked[:k])),) if _seeks_article(case) else ()


def _all_evidence(case: Case) -> tuple[float, ...]:
    """Of a question that needs several articles: 1 where each stands among the first DEEPEST."""
    if not _seeks_article(case) or len(case.needed) < 2:
        return ()
    found = set(case.ranked[:DEEPEST])
    return (float(all(not found.isdisjoint(articles) for articles in case.needed)),)


def _reciprocal_rank(case: Case) -> tuple[float, ...]:
    if not _seeks_article(case):
        return ()
    ranks = (rank for rank, article in enumerate(case.ranked[:DEEPEST], start=1) if article in case.relevant)
    return (next((1 / rank for rank in ranks), 0.0),)


def _answer_in_passages(case: Case, k: int) -> tuple[float, ...]:
    if not _seeks_wording(case):
        return ()
    passages = (hit.passage.text for hit in case.outcome.hits[:k])
    return (float(says(passages, case.outcome.question.wordings)),)


def answer_contained(case: Case) -> tuple[float, ...]:
    """1 where the reply says what is expected, else 0, a refusal too; nothing where nothing is expected."""
    answer = case.outcome.answer
    if answer is None or not _seeks_wording(case):
        return ()
    return (float(not answer.refused and says([reply(answer)], case.outcome.question.wordings)),)


def _reply_words(case: Case) -> tuple[float, ...]:
    answer = _given(case)
    return (float(len(reply(answer).split())),) if answer else ()


def _refused(case: Case, *, answerable: bool) -> tuple[float, ...]:
    answer = case.outcome.answer
    return (float(answer.refused),) if answer and case.outcome.question.answerable == answerable else ()


def _verbatim(case: Case) -> tuple[float, ...]:
    return tuple(map(float, case.verbatim))


def _sentences_cited(case: Case) -> tuple[float, ...]:
    answer = case.outcome.answer
    return tuple(float(bool(sentence.citations)) for sentence in answer.sentences) if answer else ()


def _founded(case: Case) -> tuple[float, ...]:
    answer = case.outcome.answer
    if answer is None:
        return ()
    shown = {piece.article.id for piece in answer.evidence}
    return tuple(
        float(shown.issuperset(c.article_id for c in each.citations) and not unfounded(each, answer.evidence))
        for each in answer.sentences
    )


def _cites_relevant(case: Case) -> tuple[float, ...]:
    return (float(not case.relevant.isdisjoint(case.cited)),) if _given(case) and _seeks_article(case) else ()


MEASURES: tuple[Measure, ...] = (
    *(
        Measure(
            f"hit@{k}",
            f"a relevant article stands at rank {k} or above",
            "TREC: success@k",
            partial(article_hit, k=k),
        )
        for k in CUTOFFS
    ),
    Measure(
        f"mrr@{DEEPEST}",
        "1 / rank of the first relevant article",
        "Voorhees 1999, TREC-8 QA",
        _reciprocal_rank,
    ),
    Measure(
        f"all_evidence@{DEEPEST}",
        "several articles are needed, and all stand at rank 10 or above",
        "after Yang et al. 2018, HotpotQA: paragraph recall",
        _all_evidence,
    ),
    *(
        Measure(
            f"answer_in_passages@{k}",
            f"the passages down to rank {k} say what is expected",
            "Karpukhin et al. 2020, DPR: top-k accuracy",
            partial(_answer_in_passages, k=k),
        )
        for k in CUTOFFS
    ),
    Measure(
        "answer_contained",
        "the reply says what is expected; a refusal does not",
        "Mallen et al. 2023, PopQA: accuracy by containment",
        answer_contained,
    ),
    Measure(
        "reply_words",
        "median words of a reply that is no refusal, answerable",
        "onrecord",
        _reply_words,
        median,
    ),
    Measure(
        "refused_unanswerable",
        "unanswerable and refused: higher is better",
        "Rajpurkar et al. 2018, SQuAD 2.0: NoAns",
        partial(_refused, answerable=False),
    ),
    Measure(
        "refused_answerable",
        "answerable and refused: lower is better",
        "Rajpurkar et al. 2018, SQuAD 2.0: HasAns",
        partial(_refused, answerable=True),
    ),
    Measure(
        "citations_verbatim",
        "citations whose quote stands in the article at its place",
        "onrecord",
        _verbatim,
    ),
    Measure("sentences_cited", "sentences with a citation", "after Gao et al. 2023, ALCE", _sentences_cited),
    Measure(
        "facts_in_quotes",
        "sentences whose every number, date, name and quotation stands in the words they cite",
        "onrecord",
        _founded,
    ),
    Measure(
        "cites_relevant",
        "replies that cite a relevant article",
        "after Gao et al. 2023, ALCE",
        _cites_relevant,
    ),
)
"""In the order in which they are shown."""
