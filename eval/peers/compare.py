"""What every system found in, one table of their figures out: peers.md and peers.json. Runs nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from eval.measure import MEASURES, measure
from eval.peers.exchange import read_lines
from eval.report import NONE, figure_cell, group_record, table, write_whole
from eval.run import RECORDED_HITS
from eval.types import Articles, Found, Machine, Outcome, Question, Scores
from index.errors import OnRecordError
from index.types import Hit, Passage

SHOWN = ("hit@1", "hit@5", "mrr@10", "answer_in_passages@1", "answer_in_passages@5", "all_evidence@10")
"""The measures that tell systems apart; peers.json holds all."""


@dataclass(frozen=True, slots=True)
class System:
    """What is compared. `index_seconds` lead from articles in memory to all of them searchable, the encoder loaded."""

    name: str
    index_seconds: float
    scores: Scores


@dataclass(frozen=True, slots=True)
class Facts:
    """What must be known to repeat a comparison. `encoder` is the one that all of them used."""

    question_set: str
    articles: int
    questions: int
    encoder: str
    machine: Machine
    started: datetime


def peer_system(name: str, written: Path, questions: Sequence[Question], archive: Articles) -> System:
    """A peer's figures, from what it wrote (see eval/peers/exchange.py).

    Raises:
        OnRecordError: It left a question out, or names an article that the archive does not hold.
    """
    head, *lines = read_lines(written)
    found = {line["id"]: line for line in lines}
    if missing := [question.id for question in questions if question.id not in found]:
        raise OnRecordError(
            f"{written}: {name} left out {len(missing)} of {len(questions)} questions, such as {missing[0]}. "
            "Run it again with the questions it is measured by."
        )
    outcomes = (
        _outcome(question, found[question.id]["passages"], found[question.id]["seconds"], archive)
        for question in questions
    )
    return System(name, head["index_seconds"], measure(outcomes, archive))


def _outcome(question: Question, passages: Sequence[tuple[str, str]], seconds: float, archive: Articles) -> Outcome:
    """A peer's passages as hits.

    Their offsets count into their own words: peers cut a text that begins with the headline, and tidy the ends. The
    measures of retrieval look at article and words alone. Scores only keep the order: what peers give as one is a
    distance for some, a likeness for others.
    """
    hits = tuple(
        Hit(Passage(article_id, 0, 0, len(text), text), 1 / rank, rank, "dense")
        for rank, (article_id, text) in enumerate(passages, start=1)
    )
    return Outcome(
        question=question,
        query=question.text,
        hits=hits,
        first=tuple(Found(hit, archive.article(hit.passage.article_id)) for hit in hits[:RECORDED_HITS]),
        answer=None,
        seconds={"total": seconds},
    )


def write_comparison(folder: Path, systems: Sequence[System], facts: Facts) -> tuple[Path, Path]:
    """Write peers.md and peers.json into `folder`, which exists; each appears whole or not at all."""
    record = json.dumps(_record(systems, facts), ensure_ascii=False, indent=2)
    return (
        write_whole(folder / "peers.md", comparison_text(systems, facts)),
        write_whole(folder / "peers.json", record + "\n"),
    )


def comparison_text(systems: Sequence[System], facts: Facts) -> str:
    """The table as Markdown: all questions and each kind, a line for every system; what the columns say below."""
    shown = [each for each in MEASURES if each.name in SHOWN]
    header = ("questions", "system", *(each.name for each in shown), "search, p50", "index")
    grouped = zip(*((system.scores.overall, *system.scores.kinds) for system in systems), strict=True)
    rows = [
        (
            f"{group.name or 'no kind'} ({group.question_count})",
            system.name,
            *(figure_cell(group.figures[each.name]) for each in shown),
            f"{group.seconds['total'].p50:.3f} s",
            f"{system.index_seconds:.1f} s" if group is system.scores.overall else NONE,
        )
        for groups in grouped
        for system, group in zip(systems, groups, strict=True)
        if any(group.figures[each.name].count for each in shown)
    ]
    machine = facts.machine
    lines = [
        f"# {facts.question_set}: {facts.questions:,} questions, {facts.articles:,} articles",
        "",
        f"Encoder {facts.encoder} for all. {machine.cores} cores, {machine.processor}, bf16 "
        f"{'yes' if machine.bf16 else 'no'}; {facts.started.isoformat(timespec='seconds')}.",
        "",
        *table(header, rows),
        "",
        *(f"- {each.name}: {each.about} ({each.source})" for each in shown),
        "- search: seconds from the question to its passages, reranking included; index: seconds from clean articles "
        "to an archive that can be searched, models loaded before",
    ]
    if unborne := systems[0].scores.not_in_archive:
        names = ", ".join(each.name for each in unborne)
        lines += ["", f"No article bears these names, so questions that name no other count as missed by all: {names}"]
    return "\n".join(lines) + "\n"


def _record(systems: Sequence[System], facts: Facts) -> Mapping[str, object]:
    return {
        "run": asdict(facts) | {"started": facts.started.isoformat()},
        "systems": {
            system.name: {
                "index_seconds": system.index_seconds,
                "overall": group_record(system.scores.overall),
                "kinds": {group.name: group_record(group) for group in system.scores.kinds},
            }
            for system in systems
        },
    }
