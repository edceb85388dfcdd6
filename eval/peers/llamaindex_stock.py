"""LlamaIndex's retrieval as its starter tutorial builds it: its default slices and store. Nothing tuned."""

from __future__ import annotations

from collections.abc import Sequence

from llama_index.core import Document, Settings, VectorStoreIndex
from llama_index.embeddings.huggingface import HuggingFaceEmbedding

from eval.peers.exchange import Text, serve


class LlamaIndex:
    """A Peer; see there."""

    def __init__(self, encoder: str) -> None:
        Settings.embed_model = HuggingFaceEmbedding(model_name=encoder)

    def index(self, texts: Sequence[Text], /) -> None:
        """Slice, encode, and keep in memory."""
        self._index = VectorStoreIndex.from_documents([Document(text=each.text, id_=each.article_id) for each in texts])

    def search(self, question: str, k: int, /) -> list[tuple[str, str]]:
        """The k slices nearest to the question."""
        retrieved = self._index.as_retriever(similarity_top_k=k).retrieve(question)
        return [(found.node.ref_doc_id, found.node.get_content()) for found in retrieved]


if __name__ == "__main__":
    serve(LlamaIndex)
