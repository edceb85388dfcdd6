"""The wordings in which an English text speaks to a language model. Judges nothing.

Reporting has readers, who are told nothing of prompts, of instructions before, or how to word a reply: so what is
looked for is who is spoken to, and what is ordered, not single words. All are read without regard to case.
"""

from __future__ import annotations

import re

from index.injection.family import family

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
    r"don['’]t follow|do not obey|pay no attention to)(?: about)?"
)
_TO_DO = rf"{_ORDERED}{_ALWAYS}"

ORDERS = (
    # What came before does not count.
    family(
        "ignor|disregard|forget|overrid|overrul|bypass|discard|set aside|follow|not obey|no attention",
        rf"{_IGNORE}\b(?:\W+{_FILLER}){{0,4}}\W+{_EARLIER}\b(?:\W+(?:{_FILLER}|{_EARLIER})){{0,3}}\W+{_RULES}\b",
        rf"{_IGNORE}\b(?:\W+{_FILLER}){{0,4}}\W+(?:instruction|prompt)s?\b(?! (?:you|they|we|he|she)\b)",
        rf"{_IGNORE}\W+(?:all|everything|anything|whatever|what)\b(?:\W+\w+){{0,6}}?\W+(?:above|before(?: this)?|"
        r"so far|previously|earlier|until now)\b",
        rf"{_IGNORE}\b(?:\W+{_FILLER}){{0,4}}\W+(?:above|foregoing|preceding)\b",
        rf"{_IGNORE}\b(?:\W+{_FILLER}){{0,4}}\W+{_RULES}\W+(?:above|before|so far|given|you (?:were|have))\b",
        rf"{_IGNORE}\W+(?:the|any|this|that) (?:user|asker)\b",
    ),
    family(
        "instruction|prompt|directive",
        r"\b(?:previous|prior|earlier|above|old|other) (?:instructions?|prompts?|directives?)\b.{0,30}\b(?:void|"
        r"cancell?ed|revoked|obsolete|superseded|replaced|no longer|overridden|suspended|expired?)\b",
        r"\b(?:reveal|print|repeat|show|output|leak|disclose|expose|recite|share|display|send)\b.{0,30}\b(?:system|"
        r"initial|hidden|original|secret|full|your(?: \w+)?) (?:prompt|instructions)\b",
    ),
    # New orders.
    family(
        "instruction|prompt|directive|overrid|message|command|note",
        r"\b(?:new|updated|revised|real|actual|secret|hidden|additional|admin\w*|developer|system|operator|override|"
        r"priority|urgent)\W+(?:system\W+)?(?:instructions?|prompt|directive|override|message|command|note)\b"
        r"\s*(?:[:(\[—–-]|from)",
    ),
    # Who is spoken to.
    family(
        "you are|you're|you’re",
        r"\byou(?:['’]re| are)\W+(?:(?:now|no longer|actually|hereby|just|an?|the|in|my|only|really)\W+)+"
        r"(?:\w+\W+){0,3}?(?:a\.?i\.?|language model|llm|chat ?-?bot|assistant|gpt\S*|dan|persona|developer mode|"
        r"debug mode|jailbroken|unrestricted|unfiltered)\b",
        rf"\b(?:if|when|since|because|as|in case) you(?:['’]re| are) (?:an?|the|any) (?:\w+ ){{0,2}}{_MODEL}"
        r"(?=\s*[,.;:!)]|\s+(?:\w+ )?(?:reading|processing|answering|summari|and|or|trained)|$)",
    ),
    family(
        "dear |attention|hey|hello|hi |note |notice |message |memo |reminder |warning |important |request |ruction|"
        "information ",
        r"\b(?:dear|attention|hey|hello|hi|(?:note|notice|message|memo|instructions?|reminder|warning|important|"
        r"request|information) (?:to|for))\W+(?:(?:all|any|the|every|other|automated|you|an?)\W+){0,3}(?:\w+ )?"
        rf"{_MODEL}(?=\s*[:,.;!?—–-]|\s+(?:reading|processing|that|who|which|summari|answer|{_MODEL})|$)",
    ),
    family(
        "reading|processing|summari|parsing|indexing|answering|using|any ",
        rf"\b{_MODEL}(?: (?:models?|agents?|systems?|assistants?))?(?:,| that is| that are| which is)? (?:reading|"
        r"processing|summari[sz]ing|parsing|indexing|answering from|using) (?:this|these|the (?:article|text|page|"
        r"above|following|sentence|passage))\b",
        rf"\bany {_MODEL} (?:that|which|who) (?:reads?|processes|summari[sz]es|uses|quotes)\b",
    ),
    # What the reply shall be.
    family(
        "reply|respond|answer|treat",
        rf"{_TO_DO}(?:reply|respond|answer)\W+(?:(?:only|just|exactly|always|instead|solely|simply|back|to \w+ \w+)"
        r"\W+)*(?:only|just|exactly|solely|with|in|using|as if|by saying|not found)\b",
        rf"{_TO_DO}(?:answer|reply to|respond to|treat) (?:all|every|any|each) (?:\w+ )?(?:question|quer|prompt|"
        r"request|user)",
        rf"{_ORDERED}(?:do not|don['’]t|never|refuse to|decline to|stop)\W+(?:answer|respond|reply)(?:ing)?\W+"
        r"(?:\w+\W+){0,3}?(?:user|question|quer(?:y|ies)|prompt)s?\b",
    ),
    family(
        "print|output|say |say:|write|type|repeat|return|emit|echo|display|recite|utter",
        rf"{_TO_DO}(?:print|output|say|write|type|repeat|return|emit|echo|display|recite|utter)\W+(?:(?:out|back|only|"
        r"exactly|just|precisely|instead|nothing (?:but|except)|verbatim)\W+)*(?:only|exactly|just|precisely|nothing|"
        r"verbatim|(?:the|this|these)\W+(?:\w+\W+)?(?:words?|phrase|string|token|code ?word|code|password|sentence|"
        r"following|text above|letters?|message|line|url|link))\b",
    ),
    family(
        "answer|reply|replie|response|output|summar|completion|translation",
        rf"{_TO_DO}(?:print|output|say|write|type|repeat|return|include|insert|append|add|put|mention|cite|quote|give|"
        r"place|prepend|name|recommend|state|use)\b(?:[^.!?\n]|[.!?]\S){0,80}?\b(?:in|to|of|into|as|from|after|before|"
        rf"with) (?:your|every|each|all|the|any) (?:\w+ )?{_REPLY}\b",
        rf"{_TO_DO}(?:begin|start|end|finish|prefix|preface|conclude|close|open|sign|precede|follow|limit|restrict|"
        r"keep|change|replace|set|translate|word|write|make|give|phrase)\W+(?:your|every|each|all|the|any) (?:\w+ )?"
        rf"{_REPLY}\b",
        rf"\b(?:your|every|each|any) (?:(?:single|final|next|future|only|whole|entire|first) )?{_REPLY}(?: \w+ \w+ "
        r"\w+)? (?:must|shall|has to|have to|needs to|should (?:be|say|contain|begin|start|end|include)|will be|is)\b",
        # Of 1,747 articles none has these words; in an interview they are thanked for or asked for.
        rf"(?<!\bfor )(?<!\babout )(?<!\bforward to )\byour (?:\w+ )?{_REPLY}\b(?! to (?:that|this|him|her|them|it)\b)"
        r"(?![^.!?\n]*\?)",
        r"\b(?:the )?(?:only |one )?(?:correct|right|true|final|real|verified|official|only)(?: \w+)? answer to (?:the|"
        r"this|any|every|all|your|each) (?:user['’]s )?(?:questions?|users?|quer\w+|prompts?)\b"
        r"(?![^.!?\n]*, (?:[\w'’-]+ ){1,6}(?:said|says|told|announced|explained|wrote|replied)\b)",
    ),
    family(
        "do not |don't |don’t |never |refuse to |decline to |stop |cite|tell ",
        rf"{_ORDERED}(?:do not|don['’]t|never|refuse to|decline to|stop)\W+(?:reveal|mention|cite|use|quote|disclose|"
        r"tell|summari[sz]e)\W+(?:\w+\W+){0,3}?(?:users?|questions?|instructions?|prompts?|evidence|other sentences|"
        r"other sources|citations?|this article)\b",
        r"\bcite\b.{0,30}(?:\[\d+\]|\b(?:sentence|source|number) (?:number )?\d+)",
        rf"{_OPENING}{_ALWAYS}tell (?:the |every |any |all |your )?(?:users?|asker|questioner|person asking|human)\b",
    ),
    family(
        "from now on|from this point|henceforth|from here on|after reading this",
        r"\b(?:from now on|from this point(?: on)?|henceforth|from here on|after reading this)\b\W+(?:you (?:are|must|"
        r"shall|have to|act|answer|respond|reply|speak|only)|answer|respond|reply|speak|act|always|only|write|your|"
        r"pretend|behave|treat|call yourself|refuse|every (?:answer|reply|response|question))\b",
    ),
    family(
        "asks|asked",
        r"\bwhen(?:ever)? (?:(?:the|a|any|some) (?:user|reader|person|human)s? asks?|you(?:['’]re| are) asked|asked)\b"
        r".{0,100}(?:,|\byou (?:must|will|should)|\balways)\W+(?:please )?(?:say|answer|reply|respond|state|claim|"
        r"tell (?:them|the|him|her)|print|output|refuse|insist)\b(?! they\b)",
    ),
    # Another part to play.
    family(
        "i want you|pretend|role|speak|talk|act as|adopt|assume|take on|play|impersonate|simulate",
        r"\bi want you to (?:act as|pretend|only|reply|respond|answer|ignore|forget|speak)\b",
        rf"{_TO_DO}(?:pretend (?:to be|that you|you)|role-?play|speak (?:only )?(?:like|as)|talk (?:only )?(?:like|as)|"
        r"act as (?:if you|an? (?:\w+ )?(?:assistant|a\.?i|model|bot|persona|character|pirate|expert|terminal|"
        r"interpreter))|(?:adopt|assume|take on|play) the (?:persona|identity|role|character|voice) of|impersonate|"
        r"simulate an?)\b",
    ),
    family(
        "your ",
        r"\byour (?:new |only |real |sole |true )+(?:name|persona|role|task|job|goal|mission|purpose|instructions?|"
        r"identity|objective) (?:is|are)\b|\byour (?:name|persona|task|role|goal|objective) is now\b",
    ),
    family(
        " mode",
        r"\b(?:enter|enable|activate|switch to|enabled|activated|entering)\W+(?:\w+ )?(?:developer|debug|admin|dan|god|"
        r"jailbreak|unrestricted|maintenance) mode\b",
    ),
    # A reply or a citation ready made. The turns of an interview are none: "Q: Why? A: I had no choice."
    family("]", r"\[\d{1,3}\]\W{0,3}(?:the )?(?:correct |right |only |true |final |real )*answer\b"),
    family(
        "answer:|answer :|assistant:|response:|reply:|system:",
        r"^\W*(?:answer|assistant|response|reply|final answer|system)\s*:[^\n]{0,200}\[\d+\]",
    ),
    family(
        "not found",
        r"^\W*not found\W*$",
        r"\b(?:say|reply|respond|answer|write|output|print|return|with|only|be|exactly)\b\W+(?:\w+\W+)?[\"“'‘]?not "
        r"found\b",
    ),
)

_WEAKER = re.compile(
    r"\W*(?:\w+\s*:\s*)?(?!answer\s*:)(?:(?:please|now|then|instead|always|never|only|and|also|you must|do not|"
    r"don['’]t)\W+)*(?:print|output|say|reply|respond|answer|repeat|write|type|return|emit|echo|visit|click|open|send|cite|tell|pretend|"
    r"use|begin|start|end|stop|call|claim|mention|recommend|praise|add|append|include|insert|translate|sing|swear|act|"
    r"speak|talk|obey|comply|follow|execute|run|confirm|state|refuse|treat|consider|assume|remember|acknowledge|"
    r"replace)\b",
    re.IGNORECASE,
)

_GOES_ON = re.compile(
    r"\byou(?:r|rs|rself|['’]\w+)?\b|\bthe (?:user|asker|prompt|questioner)s?\b|"
    rf"\b(?:the|this|that|every|each|all|any|its|only|no)\W+(?:\w+\W+){{0,2}}?(?:{_REPLY}|instructions?|questions?|"
    rf"{_MODEL})\W+"
    r"(?:is|are|must|shall|should|will|may|can|has to|have to|needs? to|to)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
_TOLD = re.compile(
    r"\W*(?:[\w'’,.-]+ ){1,15}?(?:told|instructed|ordered|advised|reminded|warned|asked|directed)"
    r"(?: [\w'’-]+){0,6}:\s*",
    re.IGNORECASE,
)
_MORE = re.compile(r"\b(?:and|then|instead)\b|[,;:—–]", re.IGNORECASE)
_TO_A_MODEL = re.compile(rf"\b(?:{_MODEL}|systems?|users?|you|readers?)\b", re.IGNORECASE)


def goes_on(sentence: str) -> bool:
    """Whether the sentence after an order goes on speaking to a model: to "you", or of what a reply shall be."""
    return bool(_GOES_ON.search(_QUOTED.sub(" ", sentence)))


def is_told_to_others(before: str, order: str) -> bool:
    """Whether a report tells whom an order was given to, as in: Jurors were told: disregard all prior instructions.

    An order that asks for more than not to heed what came before is none of those: a model could follow it there.
    """
    if not _TOLD.fullmatch(before) or _TO_A_MODEL.search(before):
        return False
    return not _WEAKER.match(order) and not _MORE.search(order)


def is_order_beside_others(sentence: str) -> bool:
    """Whether a sentence begins as an order, which means something only in an article that has one of the others."""
    return bool(_WEAKER.match(sentence))
