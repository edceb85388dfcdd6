"""Messages in, a stream of text out, by a local transformers model. Knows nothing about questions or evidence."""

from __future__ import annotations

import copy
import threading
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from index.models import fingerprint
from index.processor import weights_dtype
from rag.types import Message, TextStream

if TYPE_CHECKING:
    import torch
    from transformers import BaseStreamer, DynamicCache

LOOKUP_TOKENS = 8
"""Draft tokens copied from the prompt per step (Saxena, "Prompt lookup decoding", 2023). An answer repeats its
evidence, and on a CPU checking nine tokens costs little more than writing one (docs/LOG.md)."""

STREAM_TIMEOUT_SECONDS = 600.0
"""No token for this long means the model's thread has died."""


class TransformersGenerator:
    """A Generator from a folder that transformers can load; bf16 where the processor has it.

    Making one reads a fingerprint only; the model is loaded by its first use. One reply is written at a time.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._loading = threading.Lock()
        self._writing = threading.Lock()
        self._prefix: tuple[torch.Tensor, DynamicCache] | None = None
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

    @property
    def context_tokens(self) -> int:
        """Prompt and reply together must fit."""
        return cast(int, self._model.config.max_position_embeddings)

    def load(self) -> None:
        """Read the weights now, so that the first reply does not wait for them."""
        _ = self._tokenizer, self._model

    def count_tokens(self, messages: Sequence[Message], /) -> int:
        """How many tokens the prompt takes, template included."""
        return int(self._encode(messages)["input_ids"].shape[1])

    def stream(self, messages: Sequence[Message], /, *, max_tokens: int) -> TextStream:
        """The reply, piece by piece, greedily: the same prompt gives the same reply.

        Closing the iterator early stops the model at its next step.
        """
        from transformers import TextIteratorStreamer

        with self._writing:
            streamer = TextIteratorStreamer(
                self._tokenizer, skip_prompt=True, skip_special_tokens=True, timeout=STREAM_TIMEOUT_SECONDS
            )
            stop = threading.Event()
            failure: list[BaseException] = []

            def write() -> None:
                try:
                    self._generate(messages, max_tokens, streamer, stop)
                except BaseException as error:  # noqa: BLE001 - carried over to the reader's thread, raised there
                    failure.append(error)
                    streamer.end()

            writer = threading.Thread(target=write, name="onrecord-generate", daemon=True)
            writer.start()
            try:
                yield from (piece for piece in streamer if piece)
            finally:
                stop.set()
                writer.join()
            if failure:
                raise failure[0]

    def _generate(
        self, messages: Sequence[Message], max_tokens: int, streamer: BaseStreamer, stop: threading.Event
    ) -> None:
        from transformers import GenerationConfig, StoppingCriteriaList

        def stopped(ids: torch.Tensor, scores: torch.Tensor) -> torch.Tensor:
            return ids.new_full((ids.shape[0],), int(stop.is_set())).bool()

        settings = GenerationConfig(
            do_sample=False,
            max_new_tokens=max_tokens,
            prompt_lookup_num_tokens=LOOKUP_TOKENS,
            eos_token_id=self._model.generation_config.eos_token_id,
            pad_token_id=self._tokenizer.pad_token_id or self._tokenizer.eos_token_id,
        )
        inputs = self._encode(messages)
        self._model.generate(
            **inputs,
            past_key_values=self._read_before(messages, inputs["input_ids"]),
            generation_config=settings,
            streamer=streamer,
            stopping_criteria=StoppingCriteriaList([stopped]),
        )

    def _read_before(self, messages: Sequence[Message], ids: torch.Tensor) -> DynamicCache | None:
        """Keys and values of all messages but the last: they are the same for every question, so they are kept.

        Always taken from the kept ones, the first time too: the same prompt must take the same path through bf16.
        """
        import torch
        from transformers import DynamicCache

        if len(messages) < 2:
            return None
        head = self._encode(messages[:-1], open_reply=False)["input_ids"]
        if not torch.equal(head, ids[:, : head.shape[1]]):
            return None  # a chat template that writes the last message into the first
        if self._prefix is None or not torch.equal(self._prefix[0], head):
            cache = DynamicCache()
            with torch.inference_mode():
                self._model(head, past_key_values=cache, logits_to_keep=1)
            self._prefix = (head, cache)
        return copy.deepcopy(self._prefix[1])

    def _encode(self, messages: Sequence[Message], *, open_reply: bool = True) -> Any:
        return self._tokenizer.apply_chat_template(
            [{"role": message.role, "content": message.content} for message in messages],
            add_generation_prompt=open_reply,
            return_tensors="pt",
            return_dict=True,
        )
