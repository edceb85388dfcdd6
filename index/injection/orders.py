"""The wordings in which a text speaks to a language model, and where they stand in what is seen of one. Judges nothing.

Reporting has readers, who are told nothing of prompts, of instructions before, or how to word a reply: so what is
looked for is who is spoken to, and what is ordered, not single words. All are read without regard to case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

_BEFORE_STEM, _AFTER_STEM = 80, 240
"""Characters around a stem within which its wordings lie."""

_MODEL = (
    r"(?:a\.?i\.?|artificial intelligence|llm|language model|chat ?-?bot|chatgpt|gpt\S*|bot|assistant|summari[sz]er|"
    r"neural network)s?"
)
_REPLY = r"(?:answer|repl(?:y|ie)|response|output|summar(?:y|ie)|completion|translation)s?"
_RULES = (
    r"(?:instruction|prompt|rule|direction|directive|guideline|command|order|constraint|context|message|programming|"
    r"training|sentence|passage|polic(?:y|ie)|evidence|restriction)s?"
)
_EARLIER = (
    r"(?:previous(?:ly)?|prior|above|earlier|preceding|foregoing|former|your|system|initial|original|pre-?existing)"
)
_FILLER = r"(?:all|any|of|the|these|those|this|that|other|and|or|given|safety|content|current|existing|every|\w+ing)"
_OPENING = r"(?:(?:^|(?<=[.!?:;,\"“”'‘’()\[\]{}*_>#|—–\n-]))\s*(?:(?:please|now|then|and|so|instead|just|also)\b\W*)*)"
_ORDERED = rf"(?:{_OPENING}|\b(?:you|{_MODEL}) (?:must|shall|will|should|have to|are to|need to|can only|may only)\W+)"
_ALWAYS = r"(?:(?:now|only|always|never|instead|simply|just|also|first|immediately)\W+)*"
_IGNORE = (
    r"(?<!\bto )\b(?:ignore|disregard|forget|override|overrule|bypass|discard|set aside|stop following|do not follow|"
    r"don['’]t follow|do not obey|pay no attention to)"
)
_TO_DO = rf"{_ORDERED}{_ALWAYS}"


@dataclass(frozen=True, slots=True)
class _Family:
    """Wordings that each hold one of some stems, in small letters: to look for these first is thirty times as fast."""

    stems: tuple[str, ...]
    wordings: tuple[str, ...]

    def found(self, text: str, small: str) -> Iterator[re.Match[str]]:
        """Where one stands in a text, given also in small letters."""
        reached = 0
        for at in sorted(at for stem in self.stems for at in _places(small, stem)):
            start, end = max(reached, at - _BEFORE_STEM), at + _AFTER_STEM
            for match in _either(self.wordings).finditer(text, start, end):
                yield match
                reached = match.end()


def _places(text: str, stem: str) -> Iterator[int]:
    at = text.find(stem)
    while at >= 0:
        yield at
        at = text.find(stem, at + len(stem))


@cache
def _either(wordings: tuple[str, ...]) -> re.Pattern[str]:
    """Made when first needed: all of them would take longer than a command line that only gives help."""
    return re.compile("|".join(f"(?:{wording})" for wording in wordings), re.IGNORECASE | re.MULTILINE)


def _family(stems: str, *wordings: str) -> _Family:
    return _Family(tuple(stems.split("|")), wordings)


ORDERS = (
    # What came before does not count.
    _family(
        "ignor|disregard|forget|overrid|overrul|bypass|discard|set aside|follow|not obey|no attention",
        rf"{_IGNORE}\b(?:\W+{_FILLER}){{0,4}}\W+{_EARLIER}\b(?:\W+(?:{_FILLER}|{_EARLIER})){{0,3}}\W+{_RULES}\b",
        rf"{_IGNORE}\b(?:\W+{_FILLER}){{0,4}}\W+(?:instruction|prompt)s?\b(?! (?:you|they|we|he|she)\b)",
        rf"{_IGNORE}\W+(?:all|everything|anything|whatever|what)\b(?:\W+\w+){{0,4}}\W+(?:above|before(?: this)?)\b",
        rf"{_IGNORE}\W+(?:the|any|this|that) (?:user|asker)\b",
    ),
    _family(
        "instruction|prompt|directive",
        r"\b(?:previous|prior|earlier|above|old|other) (?:instructions?|prompts?|directives?)\b.{0,30}\b(?:void|"
        r"cancell?ed|revoked|obsolete|superseded|replaced|no longer|overridden|suspended|expired?)\b",
        r"\b(?:reveal|print|repeat|show|output|leak|disclose|expose|recite|share|display|send)\b.{0,30}\b(?:system|"
        r"initial|hidden|original|secret|full|your(?: \w+)?) (?:prompt|instructions)\b",
    ),
    # New orders.
    _family(
        "instruction|prompt|directive|overrid|message|command|note",
        r"\b(?:new|updated|revised|real|actual|secret|hidden|additional|admin\w*|developer|system|operator|override|"
        r"priority|urgent)\W+(?:system\W+)?(?:instructions?|prompt|directive|override|message|command|note)\b"
        r"\s*(?:[:(\[—–-]|from)",
    ),
    # Who is spoken to.
    _family(
        "you are|you're|you’re",
        r"\byou(?:['’]re| are)\W+(?:(?:now|no longer|actually|hereby|just|an?|the|in|my|only|really)\W+)+"
        r"(?:\w+\W+){0,3}?(?:a\.?i\.?|language model|llm|chat ?-?bot|assistant|gpt\S*|dan|persona|developer mode|"
        r"debug mode|jailbroken|unrestricted|unfiltered)\b",
        rf"\b(?:if|when|since|because|as|in case) you(?:['’]re| are) (?:an?|the|any) (?:\w+ ){{0,2}}{_MODEL}"
        r"(?=\s*[,.;:!)]|\s+(?:\w+ )?(?:reading|processing|answering|summari|and|or|trained)|$)",
    ),
    _family(
        "dear |attention|hey|hello|hi |note |notice |message |memo |reminder |warning |important |request |ruction|"
        "information ",
        r"\b(?:dear|attention|hey|hello|hi|(?:note|notice|message|memo|instructions?|reminder|warning|important|"
        r"request|information) (?:to|for))\W+(?:(?:all|any|the|every|other|automated|you|an?)\W+){0,3}(?:\w+ )?"
        rf"{_MODEL}(?=\s*[:,.;!?—–-]|\s+(?:reading|processing|that|who|which|summari|answer|{_MODEL})|$)",
    ),
    _family(
        "reading|processing|summari|parsing|indexing|answering|using|any ",
        rf"\b{_MODEL}(?: (?:models?|agents?|systems?|assistants?))?(?:,| that is| that are| which is)? (?:reading|"
        r"processing|summari[sz]ing|parsing|indexing|answering from|using) (?:this|these|the (?:article|text|page|"
        r"above|following|sentence|passage))\b",
        rf"\bany {_MODEL} (?:that|which|who) (?:reads?|processes|summari[sz]es|uses|quotes)\b",
    ),
    # What the reply shall be.
    _family(
        "reply|respond|answer|treat",
        rf"{_TO_DO}(?:reply|respond|answer)\W+(?:(?:only|just|exactly|always|instead|solely|simply|back|to \w+ \w+)"
        r"\W+)*(?:only|just|exactly|solely|with|in|using|as if|by saying|not found)\b",
        rf"{_TO_DO}(?:answer|reply to|respond to|treat) (?:all|every|any|each) (?:\w+ )?(?:question|quer|prompt|"
        r"request|user)",
        rf"{_ORDERED}(?:do not|don['’]t|never|refuse to|decline to|stop)\W+(?:answer|respond|reply)(?:ing)?\W+"
        r"(?:\w+\W+){0,3}?(?:user|question|quer(?:y|ies)|prompt)s?\b",
    ),
    _family(
        "print|output|say |say:|write|type|repeat|return|emit|echo|display|recite|utter",
        rf"{_TO_DO}(?:print|output|say|write|type|repeat|return|emit|echo|display|recite|utter)\W+(?:(?:out|back|only|"
        r"exactly|just|precisely|instead|nothing (?:but|except)|verbatim)\W+)*(?:only|exactly|just|precisely|nothing|"
        r"verbatim|(?:the|this|these)\W+(?:\w+\W+)?(?:words?|phrase|string|token|code ?word|code|password|sentence|"
        r"following|text above|letters?|message|line|url|link))\b",
    ),
    _family(
        "answer|reply|replie|response|output|summar|completion|translation",
        rf"{_TO_DO}(?:print|output|say|write|type|repeat|return|include|insert|append|add|put|mention|cite|quote|give|"
        r"place|prepend|name|recommend|state|use)\b[^.!?\n]{0,80}?\b(?:in|to|of|into|as|from|after|before|with) (?:"
        rf"your|every|each|all|the|any) (?:\w+ )?{_REPLY}\b",
        rf"{_TO_DO}(?:begin|start|end|finish|prefix|preface|conclude|close|open|sign|precede|follow|limit|restrict|"
        r"keep|change|replace|set|translate|word|write|make|give|phrase)\W+(?:your|every|each|all|the|any) (?:\w+ )?"
        rf"{_REPLY}\b",
        rf"\b(?:your|every|each|any) (?:(?:single|final|next|future|only|whole|entire|first) )?{_REPLY}(?: \w+ \w+ "
        r"\w+)? (?:must|shall|has to|have to|needs to|should (?:be|say|contain|begin|start|end|include)|will be|is)\b",
        r"\b(?:the )?(?:only |one )?(?:correct|right|true|final|real|verified|official|only)(?: \w+)? answer to (?:the|"
        r"this|any|every|all|your|each) (?:user['’]s )?(?:questions?|users?|quer\w+|prompts?)\b",
    ),
    _family(
        "do not |don't |don’t |never |refuse to |decline to |stop |cite|tell ",
        rf"{_ORDERED}(?:do not|don['’]t|never|refuse to|decline to|stop)\W+(?:reveal|mention|cite|use|quote|disclose|"
        r"tell|summari[sz]e)\W+(?:\w+\W+){0,3}?(?:users?|questions?|instructions?|prompts?|evidence|other sentences|"
        r"other sources|citations?|this article)\b",
        r"\bcite\b.{0,30}(?:\[\d+\]|\b(?:sentence|source|number) (?:number )?\d+)",
        rf"{_OPENING}{_ALWAYS}tell (?:the |every |any |all |your )?(?:users?|asker|questioner|person asking|human)\b",
    ),
    _family(
        "from now on|from this point|henceforth|from here on|after reading this",
        r"\b(?:from now on|from this point(?: on)?|henceforth|from here on|after reading this)\b\W+(?:you (?:are|must|"
        r"shall|have to|act|answer|respond|reply|speak|only)|answer|respond|reply|speak|act|always|only|write|your|"
        r"pretend|behave|treat|call yourself|refuse|every (?:answer|reply|response|question))\b",
    ),
    _family(
        "asks|asked",
        r"\bwhen(?:ever)? (?:(?:the|a|any|some) (?:user|reader|person|human)s? asks?|you(?:['’]re| are) asked|asked)\b"
        r".{0,100}(?:,|\byou (?:must|will|should)|\balways)\W+(?:please )?(?:say|answer|reply|respond|state|claim|"
        r"tell (?:them|the|him|her)|print|output|refuse|insist)\b(?! they\b)",
    ),
    # Another part to play.
    _family(
        "pretend|role|speak|talk|act as|adopt|assume|take on|play|impersonate|simulate",
        rf"{_TO_DO}(?:pretend (?:to be|that you|you)|role-?play|speak (?:only )?(?:like|as)|talk (?:only )?(?:like|as)|"
        r"act as (?:if you|an? (?:\w+ )?(?:assistant|a\.?i|model|bot|persona|character|pirate|expert|terminal|"
        r"interpreter))|(?:adopt|assume|take on|play) the (?:persona|identity|role|character|voice) of|impersonate|"
        r"simulate an?)\b",
    ),
    _family(
        "your ",
        r"\byour (?:new |only |real |sole |true )+(?:name|persona|role|task|job|goal|mission|purpose|instructions?|"
        r"identity|objective) (?:is|are)\b|\byour (?:name|persona|task|role|goal|objective) is now\b",
    ),
    _family(
        " mode",
        r"\b(?:enter|enable|activate|switch to|enabled|activated|entering)\W+(?:\w+ )?(?:developer|debug|admin|dan|god|"
        r"jailbreak|unrestricted|maintenance) mode\b",
    ),
    # A reply or a citation ready made.
    _family("]", r"\[\d{1,3}\]\W{0,3}(?:the )?(?:correct |right |only |true |final |real )*answer\b"),
    _family(
        "answer:|answer :|assistant:|response:|reply:|system:|a:",
        r"^\W*(?:question|user|human|earlier|q)\s*:[^\n]{0,300}(?:\n\s*|\s)(?:answer|assistant|response|reply|a)\s*:",
        r"^\W*(?:answer|assistant|response|reply|final answer|system)\s*:[^\n]{0,200}\[\d+\]",
    ),
    _family(
        "not found",
        r"^\W*not found\W*$",
        r"\b(?:say|reply|respond|answer|write|output|print|return|with|only|be|exactly)\b\W+(?:\w+\W+)?[\"“'‘]?not "
        r"found\b",
    ),
)
"""In English."""

FOREIGN = (
    # What came before does not count: Romance, Germanic and Slavic languages that say so by a word like "ignore".
    _family(
        "ignor",
        r"\bignorier(?:e|en sie|t)\b.{0,40}\b(?:vorherig|bisherig|vorig|obig|vorangegangen|früher|vorausgehend)\w*\W+"
        r"(?:\w+\W+)?(?:anweisung|instruktion|vorgabe|befehl|regel|prompt)",
        r"\bignore[zr]?\b.{0,30}\b(?:instructions?|consignes?|directives?|ordres)\W+(?:\w+\W+)?(?:précédente?s?|"
        r"antérieure?s?|ci-dessus)",
        r"\bignor(?:a|e|en|ar|ate)\b.{0,30}\b(?:instrucciones|órdenes|indicaciones|reglas|instruções|ordens|regras|"
        r"comandos|istruzioni|indicazioni|regole|comandi)\W+(?:\w+\W+)?(?:anterior|previ|prévi|precedent|acima|sopra|"
        r"de arriba)",
        r"\b(?:zignoruj|ignoruj)\b.{0,40}\b(?:poprzedni|wcześniejsz|powyższ)\w*\W+(?:instrukcj|polece|wytyczn)",
        r"\bignorer(?:a)?\b.{0,30}\b(?:tidigare|föregående|tidligere|forrige|foregående)\W+(?:instruktion|instruks)",
    ),
    # The same by words of their own, in these and in Dutch, Turkish, Indonesian and Vietnamese.
    _family(
        "vergiss|vergessen sie|missachte|beachte|negeer|vergeet|oublie|pas compte|olvid|caso omiso|esqueça|"
        "desconsidere|dimentica|zapomnij|talimat|abaikan|bỏ qua|glöm|glem",
        r"\b(?:vergiss|vergessen sie|missachten?|beachten?)\b.{0,40}\b(?:vorherig|bisherig|vorig|obig|vorangegangen)\w*"
        r"\W+(?:\w+\W+)?(?:anweisung|instruktion|vorgabe|befehl|regel|prompt)",
        r"\b(?:negeer|vergeet)\b.{0,30}\b(?:vorige|eerdere|voorgaande|bovenstaande)\W+(?:instructies|opdrachten|regels|"
        r"prompts?)",
        r"\b(?:oublie[zr]?|pas compte des?)\b.{0,30}\b(?:instructions?|consignes?|directives?)\W+(?:\w+\W+)?(?:"
        r"précédente?s?|antérieure?s?|ci-dessus)",
        r"\b(?:olvid[ae]|caso omiso|esqueça|desconsidere|dimentica(?:te)?)\b.{0,30}\b(?:instrucciones|órdenes|reglas|"
        r"instruções|regras|istruzioni|regole)\W+(?:\w+\W+)?(?:anterior|previ|prévi|precedent|acima|sopra)",
        r"\bzapomnij\b.{0,40}\b(?:poprzedni|wcześniejsz|powyższ)\w*\W+(?:instrukcj|polece|wytyczn)",
        r"\bönceki\b.{0,20}\btalimat\w*\b.{0,20}\b(?:yok say|unut|görmezden gel|dikkate alma)",
        r"\babaikan\b.{0,30}\b(?:instruksi|perintah)\b.{0,20}\b(?:sebelumnya|di atas)",
        r"\bbỏ qua\b.{0,30}\b(?:hướng dẫn|chỉ dẫn|chỉ thị)\b.{0,20}\btrước",
        r"\b(?:glöm|glem)\b.{0,30}\b(?:tidigare|föregående|tidligere|forrige)\W+(?:instruktion|instruks)",
    ),
    # Russian, Ukrainian; Chinese, Japanese, Korean; Arabic, Persian, Hindi.
    _family(
        "игнорируй|ігноруй|забудь",
        r"(?:игнорируй|забудь)(?:те)?\b.{0,30}(?:предыдущ|прежн|вышеуказанн|предшествующ)\w*\W+(?:\w+\W+)?"
        r"(?:инструкци|указани|команд|правил)",
        r"(?:ігноруй|забудь)(?:те)?\b.{0,30}(?:попередн|вищезазначен)\w*\W+(?:\w+\W+)?(?:інструкці|вказів|команд)",
    ),
    _family(
        "指令|指示|提示|说明|說明|命令|规则|プロンプト|ルール|지시|명령|지침|프롬프트",
        r"(?:忽略|無視|无视|忘记|忘記|不要理会|不理会).{0,12}(?:指令|指示|提示|说明|說明|命令|规则)",
        r"(?:指示|命令|プロンプト|ルール)を?.{0,6}(?:無視|忘れて)",
        r"(?:이전|위의?|앞선|앞의).{0,10}(?:지시|명령|지침|프롬프트).{0,8}(?:무시|잊)",
    ),
    _family(
        "تجاهل|انس|دستور|निर्देश",
        r"(?:تجاهل|انسَ?).{0,20}(?:التعليمات|الأوامر|الإرشادات).{0,15}(?:السابقة|أعلاه)",
        r"دستور\w*.{0,12}(?:قبلی|پیشین).{0,20}(?:نادیده|فراموش)",
        r"(?:पिछले|पहले के|उपरोक्त).{0,12}निर्देश.{0,20}(?:अनदेखा|अनदेखी|भूल|नज़रअंदाज़)",
    ),
    # What the reply shall be.
    _family(
        "antwort|répond|respond|rispond|antwoord|odpowi|svara|du bist|sie sind|отвеча|ответь|"
        "回答|回复|回覆|输出|輸出|答え|出力|대답|답변|출력|أجب|اكتب",
        r"\bantworten? (?:sie )?(?:nur|ausschließlich|immer|stets) (?:mit|auf)\b",
        r"\brépond(?:s|ez) (?:uniquement|seulement|toujours)\b|\brispond(?:i|ete) (?:solo|soltanto|sempre)\b",
        r"\brespond[ae] (?:solo|sólo|solamente|únicamente|siempre|apenas|somente|sempre)\b",
        r"\bantwoord (?:alleen|uitsluitend|altijd) (?:met|in)\b|\bodpowi(?:adaj|edz) (?:tylko|zawsze)\b",
        r"\bsvara (?:endast|bara|alltid)\b",
        r"\b(?:du bist|sie sind) (?:jetzt|nun|ab sofort) (?:ein|eine|der|die)\b.{0,25}\b(?:assistent|ki|chatbot|"
        r"sprachmodell)\w*",
        r"\b(?:отвечай|ответь)(?:те)? (?:только|всегда)\b",
        r"(?:只|仅|僅)(?:需|能|要)?(?:回答|回复|回覆|输出|輸出)|请(?:只|仅|直接)(?:回答|回复|输出)",
        r"とだけ(?:答え|回答し|出力し)(?:て|なさい)|만 (?:대답|답변|출력)(?:하|해)",
        r"(?:أجب|اكتب) (?:فقط|دائما|دائمًا)",
    ),
)
"""In other languages: what came before does not count; how to reply."""

_WEAKER = re.compile(
    r"\W*(?:(?:please|now|then|instead|always|never|only|and|also|you must|do not|don['’]t)\W+)*(?:print|output|say|"
    r"reply|respond|answer|repeat|write|type|return|emit|echo|visit|click|open|send|cite|tell|pretend|use|begin|start|"
    r"end|stop|call|claim|mention|recommend|praise|add|append|include|insert|translate|sing|swear|act|speak|talk|obey|"
    r"comply|follow|execute|run|confirm|state|refuse|treat|consider|assume|remember|acknowledge|replace)\b",
    re.IGNORECASE,
)

TEMPLATE = re.compile(
    r"<\s?/?\s?[|｜][^<>\n]{1,40}[|｜]\s?>|<\|\w+|\w+\|>"
    r"|\[/?\s?(?:INST|SYS|SYSTEM_PROMPT|AVAILABLE_TOOLS|TOOL_CALLS|TOOL_RESULTS|gMASK|CLS|SEP|MASK|PAD)\]"
    r"|<<\s?/?SYS\s?>>|</?(?:s|bos|eos|pad|unk|sop|eop|mask|think|tool_call|tool_response|system|user|assistant|human|"
    r"instructions?|system_prompt|(?:start|end)_of_(?:turn|image|text)|reserved_\d+|unused\d+|extra_id_\d+)>"
    r"|(?m:^)\W{0,2}\#{2,}\s*(?:instruction|response|system|user|assistant|human|input|new instructions?)s?\b\s*:?"
    r"|(?m:^)(?:system|assistant|developer)\s?:\s|>>(?:TITLE|ANSWER|QUESTION|DOMAIN|SUMMARY|INTRODUCTION)<<",
    re.IGNORECASE,
)
"""What chat templates of many model families are made of."""


def is_order_beside_others(sentence: str) -> bool:
    """Whether a sentence begins as an order, which means something only in an article that has one of the others."""
    return bool(_WEAKER.match(sentence))
