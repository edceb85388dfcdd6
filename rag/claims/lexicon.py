"""The English words that change what a sentence asserts, and those that do not. Lists only, in normal form.

A word that is missing here costs strictness; one too many costs a quote in place of a model's wording. English only:
of other languages only what is copied as it stands is known to say the same.
"""

from __future__ import annotations

from index.dates.words import WEEKDAYS


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


GLUE = _words(
    "a an the this that these those it its he she they his her their him them who which what there is are was were be "
    "been being am has have had having do does did of in on at and as also then so 's"
)
"""May be added or left out: they hold a sentence together."""

ARTICLES = _words("a an the this that these those its his her their our my your")
"""Open what a noun is about: adjectives may be left out between one of these and their noun."""

BEING = _words("is are was were be been being am get got gets")
"""Before a participle they turn who did it into whom it was done to."""

MARKS = _words(", ; ( )")
JOINTS = MARKS | _words(
    "and or but nor yet while whereas although though because who which whose whom that where when as after before "
    "since until if unless than so"
)
"""What parts one statement from the next within a sentence."""

TURNS = _words(", ; ( ) but while whereas although though because who which whose where when")
"""Where the reach of "not" ends."""

LINKS = _words(
    "by from to than with for against after before until till since of into onto over under between behind above below "
    "toward towards via without within through about during near off out up down despite beyond versus vs "
    "around"
)
"""Give the word behind them its part: killed *by*, beat ... *from*, older *than*, *before*."""

PREPOSITIONS = LINKS | _words("in on at across along among inside outside throughout as")

NEGATIONS = _words(
    "not no never nobody nothing none nor neither without nowhere hardly barely scarcely no-one "
    "lack lacks lacked lacking fail fails failed failing refuse refuses refused refusing deny denies denied denying "
    "reject rejects rejected rejecting decline declined avoid avoids avoided avoiding prevent prevents prevented "
    "preventing stop stops stopped stopping block blocks blocked cancel cancels cancelled canceled abandon abandoned "
    "dismiss dismisses dismissed dispute disputes disputed refute refuted rebut rebutted contradict contradicted false "
    "untrue unable impossible instead rather except against "
    "unlike excluding contrary doubt doubts doubted doubting myth hoax lie falsehood absurd nonsense ridiculous "
    "baseless unfounded groundless disproved disproven debunk debunks debunked"
)
"""Turn what is said into its opposite, or say of it that it did not happen."""

CONDITIONS = _words(
    "if unless whether provided assuming should would-be otherwise lest "
    "suppose supposing imagine pending hypothetically"
)

ASIDE_DOUBTS = _words(
    "allegedly reportedly apparently supposedly purportedly perhaps maybe possibly probably presumably likely unlikely "
    "seemingly potentially rumoured rumored"
)
"""Said anywhere in a sentence, they put all of it in doubt."""

MODALS = _words("may might could can would should must will shall")

DOUBTS = (
    MODALS
    | ASIDE_DOUBTS
    | _words(
        "ought plan plans planned planning intend intends intended aim aims aimed propose proposes proposed seek "
        "seeks sought hope hopes hoped expect expects expected set due possible potential alleged suspected purported "
        "supposed apparent accuse accuses accused charged believe believes believed think thinks thought suspect "
        "suspects rumour rumours appear appears appeared seem seems seemed suggest suggests suggested consider "
        "considers considered considering try tries tried trying attempt attempts attempted threaten threatens "
        "threatened want wants wanted agree agreed offer offered promise promised vow vowed order ordered urge urged "
        "ask asked call called demand demanded pretend pretended alleges allege claims claim claimed fear fears "
        "feared notion idea theory rumor hypothesis speculation suggestion allegation allegations prospect possibility "
        "joke jokes joked joking imagines imagined dream dreams dreamt dreamed assume assumes assumed convinced"
    )
)
"""What is planned, wished, possible, alleged or asked for is not yet so."""

OFFICES = _words(
    "vice deputy acting interim caretaker assistant associate shadow lieutenant under co sub junior opposition "
    "honorary former ex onetime one-time ousted deposed outgoing retired late then incoming aspiring prospective "
    "self-styled self-proclaimed self-declared designated presumptive pseudo mock counterfeit replica"
)
"""Right before an office, or anything else, they make another one of it, or one that is no longer or not yet held."""

ELECT = _words("elect emeritus designate nominee candidate hopeful")
"""The same, right behind it."""

QUALIFIERS = (
    _words(
        "no not never without only just nearly almost barely some most all many few several every each half both any "
        "part suspected alleged possible proposed planned potential apparent expected reported likely purported "
        "attempted would-be so-called fake supposed former ex about around roughly approximately over under exactly "
        "estimated partly mostly mainly quarter none twice thrice double triple non anti"
    )
    | OFFICES
)
"""Narrow or turn the word right behind them: where one was left off the front of a claim it is put back."""

BOUNDS = {
    "at least": ">=", "no less than": ">=", "no fewer than": ">=", "not less than": ">=", "a minimum of": ">=",
    "more than": ">", "over": ">", "above": ">", "upwards of": ">", "exceeding": ">", "greater than": ">",
    "less than": "<", "fewer than": "<", "under": "<", "below": "<", "nearly": "<", "almost": "<", "just under": "<",
    "up to": "<=", "at most": "<=", "no more than": "<=", "not more than": "<=", "as many as": "<=",
    "as much as": "<=", "a maximum of": "<=",
    "about": "~", "around": "~", "roughly": "~", "approximately": "~", "some": "~", "an estimated": "~",
    "estimated": "~", "close to": "~", "circa": "~", "in the region of": "~",
    "only": "only", "just": "only", "another": "another", "all": "all", "half": "half", "half of": "half",
    "most": "most", "most of": "most", "none of": "no", "no": "no", "not": "no", "twice": "twice", "all but": "all but",
    "each of": "all",
    "all of": "all", "every": "all", "one of": "one of", "1 of": "one of",
}  # fmt: skip
"""What stands before a number and makes it another one."""

DATE_BOUNDS = _words("before until till since by after from between early late mid")
"""What stands before a date and makes it another one."""

EDGES = _words("end close start beginning middle eve outset half quarter")
"""With "of" before a date: a part of it, or the day before."""

FEWER = _words(
    "less fewer lower below under short down off behind shy younger smaller cheaper ago earlier later before"
) | {"or less", "or fewer", "or so", "too few", "too little"}
MORE = _words("more higher above over up ahead older bigger extra plus taller longer") | {
    "or more", "and counting", "and more", "too many", "too much", "and rising",
}  # fmt: skip
"""Right behind a number they make a difference or a bound of it."""

EXCLUDING = frozenset((
    "unlike", "except", "except for", "excluding", "instead of", "rather than", "other than", "apart from",
    "aside from", "save for", "exception of", "opposed to", "in place of", "let alone", "contrary to", "far from",
    "not", "without",
))  # fmt: skip
"""Before somebody or something: whatever is said is not said of it."""

EVERYBODY = _words("anyone anybody anything everyone everybody everything nobody nothing none no-one all any")
"""Before "but": the next is the one that is not meant, or the only one."""

OPENING_CONDITIONS = _words("once were had should imagine suppose supposing say picture")
"""At the head of a sentence, they say that the rest is not so, or not yet."""

NEUTRAL_SAYING = _words(
    "say says said saying tell tells told telling stated stating adds added explains explained noted writes "
    "wrote according announces announced reported"
)
"""That something was said, and no more: one may stand for another."""

SAYING = NEUTRAL_SAYING | _words(
    "claims claimed argue argues argued believe believes believed think thinks thought warn warns warned insist "
    "insists insisted suggest suggests suggested estimated predict predicts predicted allege "
    "alleges alleged admit admits admitted acknowledge acknowledges acknowledged confirm confirms confirmed deny "
    "denies denied promise promises promised vow vows vowed stress stresses stressed emphasize emphasized emphasise "
    "emphasised hint hints hinted complain complained recall recalled reveal revealed conclude concludes concluded "
    "testify testified declare declares declared maintain maintains maintained assert asserts asserted contend "
    "contends contended accuse accuses accused reply replied tweet tweeted posted speculate speculated describe "
    "described echoed feared hoped expects expected "
    "tweets posts replies joke jokes joked quipped lied convinced predicts insisting claiming saying"
)
"""Make what follows, or what came before, somebody's statement."""

STANCES = SAYING - NEUTRAL_SAYING

PRONOUNS = _words("he she they it who i we you")
REFERRING = _words("he she they it his her their its him them the this that these those")
"""Stand for somebody or something that was named before."""

FIRST_PERSON = _words("i we my our me mine ours")

RELATIVE = _words("yesterday today tomorrow tonight ago nowadays")
NEAR = _words("last next this past coming")
SPANS = _words(
    "day week weekend month year decade century morning afternoon evening night spring summer autumn winter fall "
    "quarter season"
) | frozenset(WEEKDAYS)

ADVERBS = _words("later earlier now already still recently soon again once here ago together meanwhile yesterday today "
                 "tomorrow tonight too afterwards overnight")  # fmt: skip

PAST = _words(
    "went came won lost fell rose met beat left took gave got made said told shot struck hit led held kept sent spent "
    "sold bought built cut put set ran began became grew drew flew fled fought found felt knew saw showed spoke stood "
    "stole swept taught thought threw wore wrote broke brought caught chose drove died paid read rode sank sat shook "
    "shut slept swore tore understood woke withdrew hurt burst spread split quit bid froze hid"
)
"""Finite by themselves; others end in "ed" or come with a word of AUXILIARIES."""

AUXILIARIES = _words("is are was were am has have had does did do will would can could may might must shall should")
