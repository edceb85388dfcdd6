"""A text, or what a file says about its language, in; an ISO 639-1 code out. Knows nothing about articles.

A library would do (py3langid, lingua), but takes 230 µs for 500 characters where this takes 12; an article has 200 µs
for everything. Scripts of one language tell themselves; the others are told apart by their letters or commonest words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from itertools import chain

_SAMPLE = 600  # characters: some 100 words, of which 30 are among the commonest
_MIN_WORDS = 2
_MIN_SHARE = 0.08  # of the words; news in any language below has 0.2 and more, lists of names and numbers under 0.05
# Of the words that only one of the two likeliest languages has: Danish and Norwegian share most of them.
_MARGIN = 1.25
_MIN_MORE = 1

# Words that are frequent in one language and rare or absent in those near to it.
_COMMON: Mapping[str, str] = {
    "en": "the of and to in is that for was on with as by at from said are have has his he it its be not this will",
    "de": "der die und das den von zu mit ist im des auf für nicht sich ein eine dem auch als wird an sind bei er",
    "fr": "le la les de des et du à selon en un une est pour dans que qui au par sur pas ce il plus avec sont ont été",
    "es": "el la los las de y en que del un una por con para se al es lo su como más fue ha han según a también",
    "pt": "o os as de e em que do da dos das um uma no na para com não por mais ao foi são à pelo pela também seu",
    "it": "il di e che la per in del della un una è con non si dei da sono al nel alla le gli anche più ha come delle",
    "nl": "de het een van en in is dat op te zijn met voor niet die aan er om ook als bij maar door naar over wordt",
    "sv": "och att det i är en på som för av inte med den till har de ett om var men han från sig så kan vid efter",
    "da": "og at det i er en på som for af ikke med den til har de et om var men han fra sig så kan ved efter blev",
    "no": "og at det i er en på som for av ikke med den til har de et om var men han fra seg så kan ved etter ble noen",
    "fi": "ja on ei että se oli hän mutta myös kun ovat sekä mukaan joka kuin vuoden ole jo sen hänen jos tai nyt",
    "pl": "i w na z się nie do że to jest o od po jak za przez dla są był ale jego także który które oraz tym",
    "cs": "a v se na je že s z do o to jsou za podle by který jako pro ve už také ale bude byl byla po při jeho které",
    "sk": "a v sa na je že s z do o to sú za podľa by ktorý ako pre vo už aj ale bude bol bola po pri jeho ktoré",
    "hu": "a az és hogy nem is egy ez van volt meg csak mint már de még el szerint lesz ki kell után ha azt aki",
    "ro": "și de în a la cu pe care nu este din pentru un o mai că au fost sau prin după lui sunt fi să ale dar",
    "hr": "je i u se na da za su od s kao ne koji iz će što bi koja nije bio ili te samo do koje nakon",
    "tr": "ve bir bu için ile da de olarak olan en çok daha sonra kadar gibi ise değil oldu yeni var ancak dedi",
    "id": "yang dan di dengan untuk pada dari ini itu dalam tidak akan ke juga oleh ada adalah telah bisa karena",
    "vi": "của và là không được những các trong cho người có đã một với này khi để vào tại nhiều sẽ cũng từ",
    "ca": "el la els les de i a que del en un una per amb és no va al ha més dels com però seva aquest també han",
    "et": "ja on ei et see oli ka mis kui aga ning või tema oma pole seda kes siis veel nii ta ma",
    "uk": "і в на що не з та до у за як від його це про для але він також які був який",
    "ru": "и в на что не с по он как это к из за от его но для о был также который у до",
    "bg": "и на да в за се от че с не по са е ще като това до при който след има но",
    "hi": "के में है की से को का और ने कि पर हैं यह भी इस एक",
    "mr": "आहे आणि या च्या ते आहेत हे होते मध्ये केले",
    "ne": "छ र को मा हो ले भने छन् गरेको पनि",
}
_LANGUAGES: Mapping[str, tuple[str, ...]] = {
    word: tuple(code for code, words in _COMMON.items() if word in words.split())
    for words in _COMMON.values()
    for word in words.split()
}

_FOREIGN = re.compile(r"[\u0370-\u1fff\u2c00-\ud7ff\uf900-\ufdff\U00020000-\U0002ffff]")
_HAN, _KANA = "\u3400-\u9fff", "\u3041-\u30ff"
_SCRIPTS = {
    "ko": "\uac00-\ud7a3",
    "ja": _KANA + _HAN,
    "Cyrillic": "\u0400-\u04ff",
    "Arabic": "\u0600-\u06ff",
    "Devanagari": "\u0900-\u097f",
    "el": "\u0370-\u03ff",
    "he": "\u05d0-\u05ea",
    "hy": "\u0531-\u0587",
    "bn": "\u0980-\u09ff",
    "pa": "\u0a00-\u0a7f",
    "gu": "\u0a80-\u0aff",
    "ta": "\u0b80-\u0bff",
    "te": "\u0c00-\u0c7f",
    "kn": "\u0c80-\u0cff",
    "ml": "\u0d00-\u0d7f",
    "si": "\u0d80-\u0dff",
    "th": "\u0e00-\u0e7f",
    "lo": "\u0e80-\u0eff",
    "my": "\u1000-\u109f",
    "ka": "\u10a0-\u10ff",
    "am": "\u1200-\u137f",
    "km": "\u1780-\u17ff",
}
_LETTERS = {script: re.compile(f"[{letters}]") for script, letters in _SCRIPTS.items()}
_KANA_LETTER = re.compile(f"[{_KANA}]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_DENSE = {"ko", "ja"}  # a sign stands for two or three letters: a Korean text full of English names is Korean
# Letters that one language of a script has and the others have not, the rarest first.
_TELLING = {
    "Cyrillic": (("be", "ў"), ("sr", "ђћџ"), ("mk", "ѓќѕ"), ("kk", "әғқңұһ"), ("uk", "їєґ"), ("ru", "ыэ")),
    "Arabic": (("ur", "ٹڈڑںے"), ("fa", "پچژگکی"), ("ar", "ةىأإيك")),
}
_MIN_KANA = 0.1  # of the signs of a Japanese text half are kana; a Chinese one quotes a Japanese name at most

_NAMES = {
    "arabic": "ar", "chinese": "zh", "dutch": "nl", "english": "en", "french": "fr", "german": "de", "greek": "el",
    "hebrew": "he", "hindi": "hi", "italian": "it", "japanese": "ja", "korean": "ko", "polish": "pl",
    "portuguese": "pt", "russian": "ru", "spanish": "es", "swedish": "sv", "turkish": "tr", "ukrainian": "uk",
}  # fmt: skip
# ISO 639-2, both forms where there are two; the codes that newsrooms' systems write.
_THREE = """
    ara-ar bul-bg cat-ca ces-cs cze-cs chi-zh zho-zh dan-da deu-de ger-de dut-nl nld-nl ell-el gre-el eng-en est-et
    fas-fa per-fa fin-fi fra-fr fre-fr heb-he hin-hi hrv-hr hun-hu ind-id ita-it jpn-ja kor-ko nor-no nob-no nno-no
    pol-pl por-pt ron-ro rum-ro rus-ru slk-sk slo-sk spa-es srp-sr swe-sv tha-th tur-tr ukr-uk urd-ur vie-vi
"""
_CODES = {**_NAMES, **dict(pair.split("-") for pair in _THREE.split()), "iw": "he", "in": "id", "nb": "no", "nn": "no"}
_TAG = re.compile(r"\s*([A-Za-z]+)(?:[-_,;\s]|$)")


def language_code(stated: str) -> str:
    """The ISO 639-1 code that a file's own words mean, such as "en-US", "eng" or "English"; "" if they mean none."""
    tag = _TAG.match(stated)
    name = tag[1].lower() if tag else ""
    return _CODES.get(name) or (name if len(name) == 2 else "")


def language_of(text: str) -> str:
    """The ISO 639-1 code of the language that most of a text's beginning is in; "" if it cannot be told."""
    sample = text[:_SAMPLE]
    if not sample.isascii() and _FOREIGN.search(sample):
        script, letters = _script(sample)
        if script == "ja":
            return "ja" if len(_KANA_LETTER.findall(sample)) >= _MIN_KANA * letters else "zh"
        if len(script) == 2:
            return script
        if telling := _by_letters(sample, script):
            return telling
    return _by_words(sample)


def _script(sample: str) -> tuple[str, int]:
    """The script with most letters, "" for Latin, and how many."""
    counts = {script: len(pattern.findall(sample)) for script, pattern in _LETTERS.items()}
    script = max(counts, key=lambda name: counts[name] * (3 if name in _DENSE else 1))
    weight = 3 if script in _DENSE else 1
    return (script, counts[script]) if counts[script] * weight > len(_LATIN.findall(sample)) else ("", 0)


def _by_letters(sample: str, script: str) -> str:
    return next((code for code, letters in _TELLING.get(script, ()) if any(sign in sample for sign in letters)), "")


def _by_words(sample: str) -> str:
    words = sample.lower().split()
    common = [_LANGUAGES[word] for word in words if word in _LANGUAGES]
    counts = Counter(chain.from_iterable(common))
    if not counts:
        return ""
    (best, most), (rival, _) = [*counts.most_common(2), ("", 0)][:2]
    for_best = sum(best in codes and rival not in codes for codes in common)
    for_rival = sum(rival in codes and best not in codes for codes in common)
    known = most >= max(_MIN_WORDS, _MIN_SHARE * len(words))
    return best if known and for_best >= _MIN_MORE + _MARGIN * for_rival else ""
