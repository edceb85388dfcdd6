"""Messages in, a stream of text out, by a local transformers model. Knows nothing about questions or evidence."""

from __future__ import annotations

import copy
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from index.models import fingerprint
from index.processor import weights_dtype
from rag.types import Message, TextStream

if TYPE_CHECKING:
    import torch
    from transformers import DynamicCache

LOOKUP_TOKENS = 8
"""Tokens guessed from the prompt per step. An answer repeats its evidence, and on a CPU checking nine tokens costs
little more than writing one: the weights are read once either way (docs/LOG.md)."""

LONGEST_MATCH = 3
"""Tokens that must have stood before the guess in the prompt, at most; one will do."""


@dataclass(frozen=True, slots=True)
class _Prompt:
    """A prompt that has been read: ids (1, n), keys and values of all n, and the next token's probabilities."""

    ids: torch.Tensor
    cache: DynamicCache
    next_token: torch.Tensor


class TransformersGenerator:
    """A Generator from a folder that transformers can load; bf16 where the processor has it.

    Making one reads a fingerprint only; the model is loaded by its first use. One reply is written at a time.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._loading = threading.Lock()
        self._writing = threading.Lock()
        self._prefix: tuple[torch.Tensor, DynamicCache] | None = None
        self._last: _Prompt | None = None
        self.id = fingerprint(folder)

    @cached_property
    def _tokenizer(self) -> Any:
        with self._loading:
            from transformers import AutoTokenizer

            return AutoTokenizer.from_pretrained(str(self._folder), local_files_only=True)

    @cached_property
    def _model(self) -> Any:
        with self._loading:
            from transformers import AutoModelForCausalLM

            model = AutoModelForCausalLM.from_pretrained(
                str(self._folder), local_files_only=True, dtype=weights_dtype()
            )
            return model.eval()

    @cached_property
    def _ends(self) -> frozenset[int]:
        ends = self._model.generation_config.eos_token_id
        return frozenset([ends] if isinstance(ends, int) else ends)

    @property
    def context_tokens(self) -> int:
        """Prompt and reply together must fit."""
        return cast(int, self._model.config.max_position_embeddings)

    def load(self) -> None:
        """Read the weights now, so that the first reply does not wait for them."""
        _ = self._tokenizer, self._model

    def count_tokens(self, messages: Sequence[Message], /) -> int:
        """How many tokens the prompt takes, template included."""
        return int(self._encode(messages).shape[1])

    def chance(self, messages: Sequence[Message], reply: str, /) -> float:
        """How likely the model is to begin its reply as this one begins: the probability of its first token."""
        first = self._tokenizer.encode(reply, add_special_tokens=False)[0]
        with self._writing:
            return float(self._read(messages).next_token[first])

    def stream(self, messages: Sequence[Message], /, *, max_tokens: int) -> TextStream:
        """The reply, piece by piece, greedily: the same prompt gives the same reply.

        Each step checks a guess copied from the prompt (Saxena, "Prompt lookup decoding", 2023): only tokens that the
        model itself would have chosen are kept. Closing the iterator stops the model after its current step.
        """
        with self._writing:
            prompt = self._read(messages)
            cache = copy.deepcopy(prompt.cache)
            known = prompt.ids[0].tolist()
            chosen = [int(prompt.next_token.argmax())]
            written: list[int] = []
            shown = ""
            done = False
            while not done:
                for token in chosen:
                    done = token in self._ends or len(written) == max_tokens
                    if done:
                        break
                    written.append(token)
                text = self._tokenizer.decode(written, skip_special_tokens=True)
                if done:
                    text = text.rstrip("\ufffd")
                if len(text) > len(shown) and not text.endswith("\ufffd"):  # half a character waits for the next token
                    yield text[len(shown) :]
                    shown = text
                if not done:
                    chosen = self._step(written[-1], lookup([*known, *written], LOOKUP_TOKENS), cache)

    def _step(self, last: int, guess: Sequence[int], cache: DynamicCache) -> list[int]:
        """Read the last token and a guess of what follows; the part of the guess that is right, and one token more."""
        import torch

        with torch.inference_mode():
            ids = torch.tensor([[last, *guess]])
            best = (
                self._model(ids, past_key_values=cache, logits_to_keep=ids.shape[1]).logits[0].argmax(dim=-1).tolist()
            )
        right = next((i for i, token in enumerate(guess) if token != best[i]), len(guess))
        if wrong := len(guess) - right:
            cache.crop(-wrong)
        return [int(token) for token in best[: right + 1]]

    def _read(self, messages: Sequence[Message]) -> _Prompt:
        """Read a prompt, or take the one just read: asking for a chance and then for the reply reads it once."""
        import torch

        ids = self._encode(messages)
        if self._last is None or not torch.equal(self._last.ids, ids):
            cache, done = self._opening(messages, ids)
            with torch.inference_mode():
                logits = self._model(ids[:, done:], past_key_values=cache, logits_to_keep=1).logits[0, -1]
            self._last = _Prompt(ids, cache, torch.softmax(logits.float(), dim=-1))
        return self._last

    def _opening(self, messages: Sequence[Message], ids: torch.Tensor) -> tuple[DynamicCache, int]:
        """Keys and values of all messages but the last, and how many tokens they are: the same for every question.

        They are always read apart, the first time too: the same prompt must take the same path through bf16.
        """
        import torch
        from transformers import DynamicCache

        head = self._encode(messages[:-1], open_reply=False) if len(messages) > 1 else ids[:, :0]
        if head.shape[1] == 0 or not torch.equal(head, ids[:, : head.shape[1]]):
            return DynamicCache(), 0  # nothing before, or a template that writes the last message into the first
        if self._prefix is None or not torch.equal(self._prefix[0], head):
            cache = DynamicCache()
            with torch.inference_mode():
                self._model(head, past_key_values=cache, logits_to_keep=1)
            self._prefix = (head, cache)
        return copy.deepcopy(self._prefix[1]), head.shape[1]

    def _encode(self, messages: Sequence[Message], *, open_reply: bool = True) -> torch.Tensor:
        """Token ids of the prompt, shape (1, n)."""
        encoded = self._tokenizer.apply_chat_template(
            [{"role": message.role, "content": message.content} for message in messages],
            add_generation_prompt=open_reply,
            return_tensors="pt",
            return_dict=True,
        )
        return cast("torch.Tensor", encoded["input_ids"])


def lookup(ids: Sequence[int], count: int) -> list[int]:
    """What followed when the last tokens stood there before: the longest match up to LONGEST_MATCH, its latest place.

    Args:
        ids: Prompt and reply so far.
        count: How many tokens to guess at the most.

    Returns:
        Up to `count` tokens, none when the last one is new.
    """
    for size in range(min(LONGEST_MATCH, len(ids) - 1), 0, -1):
        tail = list(ids[-size:])
        for start in range(len(ids) - size - 1, -1, -1):
            if list(ids[start : start + size]) == tail:
                return list(ids[start + size : start + size + count])
    return []
