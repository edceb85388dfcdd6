"""How fast pages and lines of JSON are read, nothing encoded, on invented articles: `python tests/speed_reading.py`.

Prints the best of some rounds that take turns, so that what else the machine does hurts all of them alike: what
trafilatura alone takes for the pages, parsing included, with the settings of `index.read.web.prose`; what reading takes
in all; and what it takes short of trafilatura.
"""

import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from pages_corpus import pages
from trafilatura import bare_extraction

from index.read import Options, read

ARTICLES = Path(__file__).parent.parent / "eval" / "demo" / "articles"
ARTICLE_COUNT = 20_000
LENGTHS = range(1500, 3000)  # characters
ROUNDS = 5


class Cost(NamedTuple):
    """Seconds by the clock, and of work on all processors."""

    wall: float
    cpu: float


def write_lines(path: Path) -> None:
    """Articles of the demonstration newsroom, their paragraphs shuffled; each second one states its language."""
    dice = random.Random(1)
    texts = [file.read_text().split("\n\n")[1:] for file in sorted(ARTICLES.rglob("*.*"))]
    paragraphs = [paragraph.strip() for text in texts for paragraph in text]
    with path.open("w", encoding="utf-8") as file:
        for number in range(ARTICLE_COUNT):
            length, text = dice.choice(LENGTHS), ""
            while len(text) < length:
                text += dice.choice(paragraphs) + "\n\n"
            day = f"{dice.randint(2015, 2025)}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}"
            record = {
                "title": " ".join(dice.choice(paragraphs).split()[:9]),
                "text": text,
                "source": dice.choice(["The Upland Post", "Radio Ostrey"]),
                "published": f"{day}T09:30:00+01:00",
                "url": f"https://news.example/{day}/{number}",
            }
            file.write(json.dumps(record | ({"language": "en"} if number % 2 else {}), ensure_ascii=False) + "\n")


def cost(run: Callable[[], object]) -> Cost:
    wall, before = time.perf_counter(), os.times()
    run()
    return Cost(time.perf_counter() - wall, sum(os.times()[:4]) - sum(before[:4]))


def best(runs: Mapping[str, Callable[[], object]]) -> dict[str, Cost]:
    """The least that each took, by the clock and in work, after one round that counts for none."""
    rounds = [{name: cost(run) for name, run in runs.items()} for _ in range(ROUNDS + 1)][1:]
    return {name: Cost(*map(min, zip(*(each[name] for each in rounds), strict=True))) for name in runs}


def tell(what: str, count: int, taken: Cost) -> None:
    sys.stdout.write(f"{what:42}{count / taken.wall:9,.0f} /s by the clock{count / taken.cpu:9,.0f} /s of one core\n")


def main() -> None:
    with tempfile.TemporaryDirectory() as temporary:
        folder, lines = Path(temporary) / "pages", Path(temporary) / "articles.jsonl"
        folder.mkdir()
        made = pages()
        for page in made:
            (folder / f"{page.name}.html").write_bytes(page.data)
        write_lines(lines)
        options = {"include_comments": False, "with_metadata": False, "fast": True}
        html = best(
            {
                "trafilatura": lambda: [bare_extraction(page.data, **options) for page in made],
                "ours": lambda: list(read([folder], Options(workers=1))),
            }
        )
        short = Cost(*(ours - theirs for ours, theirs in zip(html["ours"], html["trafilatura"], strict=True)))
        tell("pages, trafilatura alone", len(made), html["trafilatura"])
        tell("pages, in all", len(made), html["ours"])
        tell("pages, in all short of trafilatura", len(made), short)
        records = best(
            {
                "one process": lambda: sum(1 for _ in read([lines], Options(workers=1))),
                "two workers": lambda: sum(1 for _ in read([lines], Options(workers=2))),
            }
        )
        for name, taken in records.items():
            tell(f"lines of JSON, {name}", ARTICLE_COUNT, taken)


if __name__ == "__main__":
    main()
