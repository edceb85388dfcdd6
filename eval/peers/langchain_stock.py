"""LangChain's retrieval as its tutorial on search builds it: slices of 1,000 characters, FAISS. Nothing tuned."""

from __future__ import annotations

from collections.abc import Sequence

from langchain_community.vectorstores import FAISS
from langchain_core.documents import Document
from langchain_huggingface import HuggingFaceEmbeddings
from langchain_text_splitters import RecursiveCharacterTextSplitter

from eval.peers.exchange import Text, serve


class LangChain:
    """A Peer; see there."""

    def __init__(self, encoder: str) -> None:
        self._embeddings = HuggingFaceEmbeddings(model_name=encoder)

    def index(self, texts: Sequence[Text], /) -> None:
        """Slice, encode, and keep in memory."""
        whole = [Document(page_content=each.text, metadata={"id": each.article_id}) for each in texts]
        slices = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200).split_documents(whole)
        self._store = FAISS.from_documents(slices, self._embeddings)

    def search(self, question: str, k: int, /) -> list[tuple[str, str]]:
        """The k slices nearest to the question."""
        return [(found.metadata["id"], found.page_content) for found in self._store.similarity_search(question, k=k)]


if __name__ == "__main__":
    serve(LangChain)
