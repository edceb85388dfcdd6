"""The marks that chat templates of many model families are made of, as one expression. Judges nothing."""

from __future__ import annotations

import re

_ANY = r"(?:system|assistant|developer|user|human)\s?:\s[^\n]*"
_MACHINE = r"(?:system|assistant)\s?:\s[^\n]*"
_NEXT = r"\n{1,3}[ \t]*"
_TOLD = (
    r"\W*(?:(?:please|now|then|instead|always|never|only|and|do not|don['’]t)\W+)*(?:you\b|your\b|the user\b|ignore|"
    r"disregard|forget|obey|comply|follow|execute|print|output|say|reply|respond|answer|repeat|write|return|tell|begin|"
    r"start|end|include|pretend|act as|speak|sign|cite|reveal|show|treat|refuse|recommend|praise|mention|translate)\b"
)

TEMPLATE = re.compile(
    r"<\s?/?\s?[|｜][^<>\n]{1,40}[|｜]\s?>|<\|\w|\w\|>"
    r"|\[/?\s?(?:INST|SYS|SYSTEM_PROMPT|AVAILABLE_TOOLS|TOOL_CALLS|TOOL_RESULTS|gMASK|CLS|SEP|MASK|PAD)\]"
    r"|<<\s?/?SYS\s?>>|</?(?:s|bos|eos|pad|unk|sop|eop|mask|think|tool_call|tool_response|system|user|assistant|human|"
    r"instructions?|system_prompt|(?:start|end)_of_(?:turn|image|text)|reserved_\d+|unused\d+|extra_id_\d+)>"
    r"|(?m:^)\W{0,2}\#{2,}\s*(?:instruction|response|system|user|assistant|human|input|new instructions?)s?\b\s*:?"
    # A role is a turn of a chat where it is told what to do, or where another turn is beside: "System: Water fails" is
    # none.
    rf"|(?m:^)(?:system|assistant|developer)\s?:\s+(?={_TOLD})"
    rf"|(?m:^){_MACHINE}(?:{_NEXT}{_ANY}){{1,4}}|(?m:^){_ANY}(?:{_NEXT}{_ANY}){{0,3}}{_NEXT}{_MACHINE}"
    r"|>>(?:TITLE|ANSWER|QUESTION|DOMAIN|SUMMARY|INTRODUCTION)<<",
    re.IGNORECASE,
)
"""What chat templates of many model families are made of."""
