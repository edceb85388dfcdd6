"""LangChain as its tutorials on search and on RAG build it: slices of 1,000 characters, FAISS. Nothing tuned."""

from __future__ import annotations

from collections.abc import Sequence

from langchain_community.vectorstores import FAISS
from langchain_core.documents import Document
from langchain_core.prompts import ChatPromptTemplate
from langchain_huggingface import ChatHuggingFace, HuggingFaceEmbeddings, HuggingFacePipeline
from langchain_text_splitters import RecursiveCharacterTextSplitter

from eval.peers.exchange import Reply, Text, serve

PROMPT = (
    "You are an assistant for question-answering tasks. Use the following pieces of retrieved context to answer the "
    "question. If you don't know the answer, just say that you don't know. Use three sentences maximum and keep the "
    "answer concise.\nQuestion: {question} \nContext: {context} \nAnswer:"
)
"""The prompt of LangChain's tutorial, as its hub has it under rlm/rag-prompt; quoted, for it is what is measured."""

GIVEN = 4
"""Slices put before the model: what `similarity_search` returns when nobody says how many, as in the tutorial."""

LONGEST_REPLY = 128
"""In tokens: room for three sentences."""


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


class LangChainAnswers:
    """A Writer; see there. The model runs in the number format of its folder, and chooses the likeliest word."""

    def __init__(self, peer: LangChain, model: str) -> None:
        pipeline = HuggingFacePipeline.from_model_id(
            model_id=model,
            task="text-generation",
            pipeline_kwargs={"max_new_tokens": LONGEST_REPLY, "do_sample": False, "return_full_text": False},
        )
        self._peer = peer
        self._chain = ChatPromptTemplate.from_messages([("human", PROMPT)]) | ChatHuggingFace(llm=pipeline)

    def answer(self, question: str, /) -> Reply:
        """One call of the model with the first slices, one under another."""
        given = tuple(words for _, words in self._peer.search(question, GIVEN))
        message = self._chain.invoke({"question": question, "context": "\n\n".join(given)})
        return Reply(str(message.content).strip(), given)


if __name__ == "__main__":
    serve(LangChain, LangChainAnswers)
