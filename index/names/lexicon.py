"""The words that tell what is a name and what stands beside one: those of the trade and the language, of no article."""

from __future__ import annotations

from index.words import FUNCTION_WORDS as _FUNCTION_WORDS


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


CALENDAR = _words(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thurs "
    "fri sat sun gmt utc bst est edt cet pst pdt spring summer autumn winter easter christmas am pm ad bc"
)
GIVEN_AND_MONTH = _words("march april may june august")
"""Months that people are called by too: "Theresa May"."""

TITLES = _words(
    "mr mrs ms miss dr prof professor sir dame president presidents minister ministers senator sen representative rep "
    "congressman congresswoman governor gov mayor chancellor ambassador secretary gen col lt sgt capt cpl maj adm "
    "cmdr lieutenant sergeant colonel admiral commander detective inspector superintendent sheriff attorney judge "
    "deputy chairman chairwoman ceo cfo rev reverend archbishop bishop imam ayatollah sheikh spokesman spokeswoman "
    "hon mp premier justice general captain speaker coach chief director"
)
WIDE_TITLES = _words("premier justice general captain speaker chief director deputy attorney secretary judge coach")
"""Titles that begin the names of bodies too ("General Motors"): none before a single word."""

BESIDE_TITLES = _words(
    "prime vice former foreign first second deputy chief acting interim interior defence defense finance health "
    "education justice home labour labor trade energy environment state attorney general district lord then ex late "
    "assistant associate senior junior major minority majority house senate police press executive premier"
)
"""What stands before a title and belongs to it: "Foreign Minister"."""

BODIES = _words(
    "department ministry office bureau committee commission institute institution center centers centre centres "
    "agency council college academy faculty school campaign society foundation party movement coalition alliance "
    "association organisation organization authority administration federation union league board service services "
    "court chamber army front forum fund group house university museum network congress conference convention church "
    "order corps"
)
"""What "for" and "of ... and" may follow within a name: "Institute for War and Peace"."""

OF = BODIES | _words(
    "bank republic kingdom state states city gulf bay strait straits cape isle isles island islands battle siege "
    "treaty war sea port fields statue tower temple mount duke prince princess king queen earl archbishop bishop lord "
    "cathedral hall rock horn ivory lake river north south east west province district county governorate bill "
    "declaration act convention covenant people peoples assembly academy archdiocese diocese emirates federated "
    "commonwealth call heart game leader leaders head heads journal festival feast cup son sons daughters daughter "
    "knights house tree field"
)
"""What "of" may follow within a name: "Bank of England"; after others it begins something else."""

PARTICLES = _words(
    "de del della dello da do dos das di du des la le les los las van von der den ter ten zu zur bin bint ibn abu al "
    "el ul ud af av och"
)
"""Small words within names of people and places."""

WITHIN_HYPHENS = PARTICLES | _words("au aux upon on sur sous en in am an of the and by under")

OPENERS = _FUNCTION_WORDS | _words(
    "after before during while since until although though because however meanwhile yesterday today tomorrow tonight "
    "also only even still yet now later earlier recently currently previously last next both each every many most "
    "some several few other others another such like unlike according under over about above against among between "
    "within without near off per via versus no not nor never once again too very just perhaps maybe despite besides "
    "further furthermore moreover instead indeed then thus hence therefore here there where whereas whether officials "
    "police researchers scientists experts critics supporters residents witnesses authorities investigators one two "
    "three four five six seven eight nine ten hundreds thousands millions people nobody everyone someone something "
    "nothing let said says out around through throughout across along following including based given being having "
    "see yes hello sorry thank thanks mine yours hers ours theirs himself herself itself themselves should must may "
    "might shall i'm i've i'll i'd it's that's there's he's she's we're they're don't doesn't didn't can't won't"
)
"""Words that may begin a sentence and are no name alone, nor the beginning of one."""

NATIONALITIES = _words(
    "afghan albanian algerian american angolan arab argentine argentinian armenian asian australian austrian "
    "azerbaijani bahraini bangladeshi basque belarusian belgian bolivian bosnian brazilian british briton britons "
    "bulgarian burmese cambodian cameroonian canadian catalan chechen chilean chinese colombian congolese croatian "
    "cuban cypriot czech danish dutch ecuadorian egyptian english emirati eritrean estonian ethiopian european "
    "filipino finnish french gambian georgian german ghanaian greek guatemalan haitian honduran hungarian icelandic "
    "indian indonesian iranian iraqi irish israeli italian ivorian jamaican japanese jordanian kazakh kenyan korean "
    "kurdish kuwaiti kyrgyz latvian lebanese liberian libyan lithuanian macedonian malawian malaysian maltese mexican "
    "moldovan mongolian montenegrin moroccan mozambican namibian nepalese nepali nicaraguan nigerian norwegian omani "
    "pakistani palestinian panamanian paraguayan persian peruvian polish portuguese qatari romanian russian rwandan "
    "salvadoran saudi scottish senegalese serbian singaporean slovak slovenian somali spanish sudanese swedish swiss "
    "syrian taiwanese tajik tanzanian thai tibetan tunisian turkish turkmen ugandan ukrainian uruguayan uzbek "
    "venezuelan vietnamese welsh yemeni zambian zimbabwean african latin catholic "
    "christian muslim islamic jewish hindu buddhist sunni shia shiite protestant orthodox"
)
"""With these, and their plurals, nothing is named alone."""

OF_PLACES = _words(
    "north south east west northern southern eastern western central upper lower greater new old united saint st fort "
    "mount port lake los las san santa sao el la"
)
"""First words of places, of which the last one alone is another place: "Northern Ireland"."""

GENERATIONS = _words("jr sr ii iii iv vi vii viii")
"""What follows a surname."""

ABBREVIATED = _words(
    "mr mrs ms dr prof sen rep gov gen col lt sgt capt cpl maj adm rev hon st mt jr sr no vs ave inc corp co ltd bros"
)
"""Words whose full stop ends no sentence."""

CAPITALISING = _words("de lb")
"""Languages that write every noun with a capital: there a word alone is no name."""


def is_nationality(word: str) -> bool:
    """Whether a folded word names a people, in the singular or the plural."""
    return word in NATIONALITIES or (word.endswith("s") and word[:-1] in NATIONALITIES)
