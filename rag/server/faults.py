"""What went wrong between us and a model server in, an error in our words out: what, where, and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.errors import ModelError, ModelUnknown, ServerFailed, ServerRefused, ServerUnreachable
from rag.server.address import KEY_VARIABLE

if TYPE_CHECKING:
    from openai import APIStatusError, OpenAIError

SAID_CHARACTERS = 200
"""Of what a server says about its fault; some send a page."""


@dataclass(frozen=True, slots=True)
class Faults:
    """The faults of one server. Its key is never repeated, not even where the server does."""

    url: str
    key: str

    @property
    def where(self) -> str:
        """What every message speaks of."""
        return f"the model server at {self.url}"

    def told(self, error: OpenAIError) -> ModelError:
        """What the openai library raised."""
        from openai import APIConnectionError, APIStatusError, APITimeoutError

        match error:
            case APITimeoutError():
                return ServerUnreachable(f"{self.where} takes no connection; is it running, is the address right?")
            case APIConnectionError():
                cause = self._clean(str(error.__cause__ or error))
                return ServerUnreachable(f"{self.where} does not answer ({cause}); is it running?")
            case APIStatusError():
                return self._refusal(error, error.status_code)
            case _:
                return ServerFailed(f"{self.where} broke off: {self._said(error)}; ask again, or look at its log")

    def silence(self, seconds: float) -> ModelError:
        """It took a request and sent nothing for so long."""
        return ServerUnreachable(
            f"{self.where} has sent nothing for {seconds:.0f} s; is it busy, or the model too large for its machine? "
            "Look at its log, or name a smaller model"
        )

    def broken_off(self, so_far: str, cause: object) -> ModelError:
        """The connection ended in the middle of a reply."""
        return ServerFailed(
            f"{self.where} broke off after {so_far!r} ({self._clean(str(cause))}); ask again, or look at its log"
        )

    def nonsense(self, what: object) -> ModelError:
        """What it sent is no reply."""
        return ServerFailed(
            f"{self.where} sent what is no reply of OpenAI's protocol ({self._clean(str(what))}); is it a model "
            "server, and is this the address that ends in /v1?"
        )

    def endless(self, max_tokens: int) -> ModelError:
        """It goes on after as many tokens as it was to write."""
        return ServerFailed(
            f"{self.where} was asked for {max_tokens} tokens and goes on writing after them; it does not keep to "
            "max_tokens: name another server, or set a limit where it is started"
        )

    def only_thought(self, model: str) -> ModelError:
        """A reply without a word for us."""
        return ServerFailed(
            f"{model} on {self.where} thinks before it answers and used all its tokens for that; name a model that "
            "does not, or start the server with thinking off (llama.cpp: --reasoning-budget 0)"
        )

    def _refusal(self, error: APIStatusError, status: int) -> ModelError:
        said = f"HTTP {status}: {self._said(error)}"
        kind: type[ModelError] = ServerRefused
        match status:
            case 401 | 403 if self.key:
                text = f"does not take the key in {KEY_VARIABLE} (HTTP {status})"
            case 401 | 403:
                text = f"asks for a key (HTTP {status}): set {KEY_VARIABLE}"
            case 404:
                kind = ModelUnknown
                text = f"has no such model, or is elsewhere ({said}); its address ends in /v1"
            case 429:
                text = f"is too busy ({said}); ask again later"
            case _ if status < 400:
                there = error.response.headers.get("location", "nowhere")
                text = f"sends us on to {there}, which is not followed; name the right address"
            case _ if status < 500 and "context" in said.casefold():
                text = (
                    f"has too small a window for the prompt ({said}); start it with a larger one (llama.cpp: -c, "
                    "vLLM: --max-model-len, Ollama: OLLAMA_CONTEXT_LENGTH)"
                )
            case _ if status < 500:
                text = f"does not take the request ({said})"
            case _:
                kind = ServerFailed
                text = f"failed ({said}); look at its log"
        return kind(f"{self.where} {text}")

    def _said(self, error: OpenAIError) -> str:
        body = getattr(error, "body", None)
        said = body.get("message") if isinstance(body, Mapping) else body
        return self._clean(said if isinstance(said, str) and said.strip() else str(error))

    def _clean(self, text: str) -> str:
        """One short line without the key."""
        line = " ".join((text.replace(self.key, "[key]") if self.key else text).split())
        return line if len(line) <= SAID_CHARACTERS else f"{line[:SAID_CHARACTERS]} ..."
