"""Made articles of which it is known who copied whom, and others that look as if they had; for the tests of copies.

Every sentence is put together from many frames and invented names, so that two articles of one kind share words and
turns of phrase as real ones do. The edits are what desks do to wire copy; the near misses are what newsrooms print
every day in the same frame.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from fakes import make_article

from index.types import Article

BEGIN = datetime(2031, 3, 1, 6)
SYLLABLES = """
    ba ber bol cam cor dal del dor el fen gar hal har is jor kal kel lan lor mar mer mil nor os pel quin ral ros
    sal ser tam tor ul van ven wil yar zel
""".split()
TRADES = """
    bakery bus bridge canal clinic cinema dairy dock ferry foundry harbour hospital library market mill mine
    museum orchard port quarry railway refinery reservoir school shipyard stadium station theatre tram tunnel
    university warehouse zoo
""".split()
POSTS = """
    mayor minister councillor spokeswoman spokesman judge prosecutor engineer professor union leader director
    owner farmer driver nurse teacher inspector surveyor
""".split()
DEEDS = """
    approved blocked bought cancelled closed condemned defended delayed doubled expanded fined halted inspected
    moved opened postponed praised reopened rejected repaired restored searched sold suspended toured
""".split()
THINGS = """
    account audit budget building cable collection contract crossing depot draft engine fence fleet gate lease
    licence line loan map network office order permit pier plan plant pump record report road roof site station
    tower track valve vessel wall wing yard
""".split()
MOODS = """
    angry anxious calm careful cautious certain confident doubtful eager firm frank glad grave hopeful impatient
    open proud puzzled ready relieved silent stern surprised sure tired uneasy upbeat wary
""".split()
HOWS = (
    "again", "already", "at last", "at once", "briefly", "by a wide margin", "by night", "for now", "in haste",
    "in part", "in private", "in secret", "in the end", "late", "once more", "only then", "openly", "partly", "quietly",
    "slowly",
    "soon", "twice", "under protest", "without notice",
)  # fmt: skip
WHYS = (
    "after a winter of complaints", "after the flood", "as costs went up", "because nobody had asked for it",
    "before the vote", "despite a warning from the auditors", "in spite of the rain", "once the tests were done",
    "to make room for others", "under a law from the last century", "when the money ran out",
    "while the inquiry went on", "with the help of two neighbouring towns", "without a word of explanation",
)  # fmt: skip
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
OUTLETS = tuple(
    f"{town} {name}"
    for town in "Ardel Bolwen Corven Dorhal Elmar Fenros Garlan Halvan".split()
    for name in "Courier Echo Herald Ledger Post Tribune".split()
)
AGENCY = "Norland Press Agency"

FRAMES = (
    "The {post} of {town}, {person}, {deed} the {thing} of the {trade} on {day} {why}.",
    "{person} said {person} had never seen the {thing}, although the {trade} {deed} it in {year}.",
    "Some {n} people work at the {trade} in {town}, {m} fewer than in {year}.",
    "“We are {mood}, and we want the {thing} back {how},” {person} told a crowd outside the {trade}.",
    "According to a {thing} seen by reporters, {company} {deed} {n} of its {m} {thing}s {why}.",
    "A court in {town} {deed} the {thing} {how}; {person}, who speaks for {company}, called that {mood}.",
    "{company}, which runs the {trade}, put the loss at {n} million crowns, or {m} crowns a {thing}.",
    "In {town}, where the {trade} stands, {how} nobody but the {post} would talk about the {thing}.",
    "The {thing} is {n} metres long and was {deed} by {company} in {year}, {person} recalled.",
    "“Nobody at {company} {deed} anything {why},” said {person}, a {post} with {n} years at the {trade}.",
    "Police from {town} {deed} the {thing} on {day} and took {n} statements, {person} added {how}.",
    "Whether the {trade} keeps its {thing} will be known on {day}, when {person} meets the {post} of {town}.",
    "It was {person} who first {deed} the {thing}, {why}, and {how} the {trade} followed.",
    "The {post} was {mood} about the {thing}: of {n} letters, {m} came from {town}.",
    "At {company} they are {mood} that the {thing} costs {n} crowns, {person} said {why}.",
    "Since {year} the {trade} of {town} has lost its {thing}, its {thing} and {how} its {post}.",
    "{person} and {person} {deed} a {thing} for the {trade} {how}, which {company} had offered for {n} crowns.",
    "Next to the {thing}, {person} found {n} papers that {company} {deed} {why}.",
    "A {thing} for {town} was {deed} {how}, {company} wrote to {person}, its {post} there.",
    "That the {trade} {deed} {n} per cent of its {thing}s made {person} {mood}.",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Made:
    """An article and the story it was made from: two of one story are copies of each other."""

    story: int
    article: Article


@dataclass(frozen=True, slots=True)
class World:
    """Where the words of one article come from."""

    dice: random.Random

    def name(self) -> str:
        return "".join(self.dice.choices(SYLLABLES, k=self.dice.randint(2, 3))).capitalize()

    def story(self, sentences: int) -> list[str]:
        """Paragraphs of one to three sentences about the same few people, places and firms."""
        fill: dict[str, Callable[[], str]] = {
            "person": self._of([f"{self.name()} {self.name()}" for _ in range(5)]),
            "town": self._of([self.name() for _ in range(3)]),
            "company": self._of([f"{self.name()} {kind}" for kind in ("Works", "Brothers", "Lines")]),
            "trade": self._of(self.dice.sample(TRADES, 3)),
            "thing": self._of(THINGS), "post": self._of(POSTS), "deed": self._of(DEEDS), "mood": self._of(MOODS),
            "how": self._of(HOWS), "why": self._of(WHYS), "day": self._of(DAYS),
            "year": lambda: str(self.dice.randint(1950, 2030)),
            "n": lambda: str(self.dice.randint(20, 980)), "m": lambda: str(self.dice.randint(2, 19)),
        }  # fmt: skip
        told: list[str] = []
        while len(told) < sentences:
            frame = self.dice.choice(FRAMES)
            while "{" in frame:
                slot = frame[frame.index("{") + 1 : frame.index("}")]
                frame = frame.replace(f"{{{slot}}}", fill[slot](), 1)
            told.append(frame)
        return self.paragraphs(told)

    def _of(self, choices: list[str] | tuple[str, ...]) -> Callable[[], str]:
        return lambda: self.dice.choice(choices)

    def paragraphs(self, sentences: list[str]) -> list[str]:
        found: list[str] = []
        while sentences:
            size = self.dice.randint(1, 3)
            found.append(" ".join(sentences[:size]))
            sentences = sentences[size:]
        return found


def reworded(text: str, dice: random.Random, share: float) -> str:
    """Each word replaced with this chance by another one of its length."""
    words = text.split(" ")
    return " ".join(
        "".join(dice.choices("abcdefgh", k=len(word))) if len(word) > 3 and dice.random() < share else word
        for word in words
    )


def copies_of(paragraphs: list[str], world: World, count: int) -> Iterator[tuple[str, str, str, datetime]]:
    """(outlet, title, text, published) of an agency's article and of what `count` desks made of it."""
    dice = world.dice
    published = BEGIN + timedelta(hours=dice.randint(0, 5_000))
    title = " ".join(paragraphs[0].split()[:8])
    outlets = dice.sample(OUTLETS, count)
    yield AGENCY, title, "\n\n".join(paragraphs), published
    for outlet in outlets:
        kept = list(paragraphs)
        match dice.choice(["repost", "cut", "cut", "edited", "added", "excerpt", "version"]):
            case "cut":  # from the end, as desks do
                kept = kept[: max(2, round(len(kept) * dice.uniform(0.5, 0.9)))]
            case "edited":
                kept = [reworded(each, dice, 0.015) for each in kept]
            case "added":
                kept.insert(dice.randint(1, len(kept)), " ".join(world.story(3)))
            case "excerpt":
                size = round(len(kept) * dice.uniform(0.5, 0.7))
                first = dice.randint(0, len(kept) - size)
                kept = kept[first : first + size]
            case "version":  # two figures corrected, a paragraph more
                kept[1] = "".join(str(dice.randint(0, 9)) if each.isdigit() else each for each in kept[1])
                kept = [*kept, *world.story(2)]
        if dice.random() < 0.5:
            kept[0] = f"{world.name().upper()} ({AGENCY}) - {kept[0]}"
        yield (
            outlet,
            f"{world.name()}: {title.lower()}",
            "\n\n".join(kept),
            published + timedelta(hours=dice.randint(1, 30)),
        )


def near_misses(world: World) -> Iterator[str]:
    """Texts that share much and are different articles: series, one event told twice, standing paragraphs."""
    dice, name = world.dice, world.name
    yield from series(world, 4)
    event, again, quote = world.story(14), world.story(14), world.story(3)
    facts = " ".join(event).split()
    for told in (event, again):  # by two reporters, with the same statement quoted and the same names
        yield "\n\n".join([*told[:3], f"{dice.choice(facts)} {dice.choice(facts)}.", *quote, *told[3:]])
    about = [f"About {name()} {name()}: " + " ".join(world.story(4))]
    for _ in range(3):  # an outlet's standing paragraphs under each article
        yield "\n\n".join([*world.story(12), *about])
    background = world.story(8)
    for _ in range(2):  # what happened next, with what happened before
        yield "\n\n".join([*world.story(12), *background])
    intro = " ".join(world.story(4))
    for _ in range(3):  # a weekly column
        yield "\n\n".join([intro, *world.story(10)])


def series(world: World, count: int) -> Iterator[str]:
    """Weather, markets, matches, results: as many of each, from one frame."""
    dice, name = world.dice, world.name
    town, firm = name(), f"{name()} {name()}"
    rules = " ".join(world.story(9))  # how to take part, the same in each
    for _ in range(count):
        n = [str(dice.randint(1, 99)) for _ in range(24)]
        day, team, other, player = dice.choice(DAYS), name(), name(), f"{name()} {name()}"
        sky = dice.sample("sun rain fog snow hail cloud wind thunder drizzle frost".split(), 5)
        yield (
            f"{day} in {town} brings {sky[0]} in the morning and {sky[1]} by the afternoon, with a high of {n[0]} "
            f"degrees and a low of {n[1]}. The wind comes from the west at {n[2]} kilometres an hour. In the hills "
            f"expect {sky[2]}, with {n[3]} millimetres of rain and a high of {n[4]}. At the coast: {n[5]} degrees, "
            f"with {sky[3]} after noon and waves of up to {n[6]} decimetres. The outlook for the next day: {sky[4]}, "
            f"{n[7]} degrees in {town} and {n[8]} in the hills."
        )
        yield (
            f"Shares in {town} closed {dice.choice(['higher', 'lower', 'little changed'])} on {day}, the index at "
            f"1,{n[0]} points after {n[1]} points the day before. {firm} gained {n[2]} per cent to {n[3]} crowns, but "
            f"{team} Lines lost {n[4]} per cent to {n[5]} crowns. Turnover came to {n[6]} million against {n[7]} "
            f"million. Of {n[8]} shares {n[9]} rose and {n[10]} fell. The crown stood at 0.{n[11]} to the dollar, oil "
            f"at {n[12]} dollars a barrel. Analysts at {other} Brothers expect {n[13]} points by the end of the year."
        )
        yield (
            f"{team} beat {other} {n[0]}–{n[1]} at home on {day} in front of {n[2]},{n[3]} people. {player} scored in "
            f"the {n[4]}th minute and {name()} {name()} made it two after {n[5]} minutes. {other} came back through "
            f"{name()} in the {n[6]}th minute, but {player} settled it {n[7]} minutes from the end. The referee, "
            f"{name()} {name()}, showed {n[8]} yellow cards. {team} are now in place {n[9]} with {n[10]} points, "
            f"{other} in place {n[11]} with {n[12]}. Next week {team} go to {name()}."
        )
        yield (
            f"The numbers drawn in the {town} lottery on {day} were {', '.join(n[:6])} and the bonus ball {n[6]}. "
            f"The jackpot stood at {n[7]}.{n[8]} million crowns. {n[9]} players had five numbers and win {n[10]},"
            f"{n[11]} crowns each; {n[12]} had four. The winning ticket was sold in {name()}, at the shop of "
            f"{player}.\n\n{rules}"
        )


def newsroom(seed: int, stories: int, articles: int) -> list[Made]:
    """So many articles, shuffled: so many stories with one to six copies each, and near misses."""
    dice = random.Random(seed)
    world = World(dice)
    made: list[Made] = []
    for story in range(stories):
        told = copies_of(world.story(dice.randint(10, 34)), world, dice.randint(1, 6))
        made += [Made(story, _article(len(made) + n, *each)) for n, each in enumerate(told)]
    misses = near_misses(world)
    while len(made) < articles:
        text = next(misses, None)
        if text is None:
            misses = near_misses(world)
            text = "\n\n".join(world.story(dice.randint(4, 34)))
        published = BEGIN + timedelta(hours=dice.randint(0, 5_000))
        made.append(Made(len(made) + stories, _article(len(made), dice.choice(OUTLETS), text[:40], text, published)))
    dice.shuffle(made)
    return made[:articles]


def _article(number: int, outlet: str, title: str, text: str, published: datetime) -> Article:
    return make_article(f"a{number:06}", text, title=title, source=outlet, published=published)
