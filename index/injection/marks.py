"""The marks that chat templates of many model families are made of, as one expression. Judges nothing."""

from __future__ import annotations

import re

TEMPLATE = re.compile(
    r"<\s?/?\s?[|｜][^<>\n]{1,40}[|｜]\s?>|<\|\w|\w\|>"
    r"|\[/?\s?(?:INST|SYS|SYSTEM_PROMPT|AVAILABLE_TOOLS|TOOL_CALLS|TOOL_RESULTS|gMASK|CLS|SEP|MASK|PAD)\]"
    r"|<<\s?/?SYS\s?>>|</?(?:s|bos|eos|pad|unk|sop|eop|mask|think|tool_call|tool_response|system|user|assistant|human|"
    r"instructions?|system_prompt|(?:start|end)_of_(?:turn|image|text)|reserved_\d+|unused\d+|extra_id_\d+)>"
    r"|(?m:^)\W{0,2}\#{2,}\s*(?:instruction|response|system|user|assistant|human|input|new instructions?)s?\b\s*:?"
    r"|(?m:^)(?:system|assistant|developer)\s?:\s|>>(?:TITLE|ANSWER|QUESTION|DOMAIN|SUMMARY|INTRODUCTION)<<",
    re.IGNORECASE,
)
"""What chat templates of many model families are made of."""
