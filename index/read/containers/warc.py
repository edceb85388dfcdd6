"""A WARC file in, the pages that were fetched out, one record in memory at a time. Knows no formats.

warcio finds the records; what the server sent is taken apart here, where a broken or endless body can be told.
"""

from __future__ import annotations

import gzip
import io
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import redirect_stderr
from typing import BinaryIO, cast

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import ChunkedDataReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeadersParser, StatusAndHeadersParserException

from index.read.bounds import WHOLE_BYTES
from index.read.types import Hints, Member, Refused, Unreadable

_FETCHED = ("response", "resource", "conversion")
_ABOUT = ("warcinfo", "request", "metadata", "arc_header")
"""Records about the fetching: every WARC has them, and none is missed."""

_ARTICLE_TYPES = ("", "text/html", "application/xhtml+xml", "text/plain", "text/markdown", "text/xml", "text/csv",
                  "application/xml", "application/rss+xml", "application/atom+xml", "application/rdf+xml",
                  "application/json", "application/ld+json", "application/x-ndjson", "application/pdf")  # fmt: skip
_HTTP = StatusAndHeadersParser(["HTTP/1.0", "HTTP/1.1", "HTTP/2", "HTTP/2.0"], verify=False)
_BLOCK_BYTES = 65_536


class _NoArticleError(Exception):
    """What a record is that is counted, not listed."""


def records(stream: BinaryIO, hints: Hints) -> Iterator[Member | Refused]:
    """Every page that came with status 200; then one line that counts the other records, if pages were among them."""
    left_out: Counter[str] = Counter()
    found = 0
    for number, record in enumerate(_records(stream), start=1):
        said = record.rec_headers
        url = said.get_header("WARC-Target-URI") or said.get_header("uri")
        name = url or f"record {number}"
        try:
            body, media_type = _page(record)
            found += 1
            yield Member(body, name, url=url, media_type=media_type)
        except _NoArticleError as kind:
            left_out[str(kind)] += 1
        except Unreadable as problem:
            found += 1
            yield Refused(name, str(problem))
        _finish(record, number)
    if not found or any(kind not in _ABOUT for kind in left_out):
        counts = ", ".join(f"{count:,} {kind}" for kind, count in left_out.most_common())
        yield Refused("", f"records that hold no article: {counts or 'none at all'}")


class _Blocks:
    """A stream that gives what it has: where it breaks, no byte before the break is lost."""

    def __init__(self, stream: BinaryIO) -> None:
        self.read = getattr(stream, "read1", stream.read)


def _records(stream: BinaryIO) -> Iterator[ArcWarcRecord]:
    iterator = ArchiveIterator(_Blocks(stream), no_record_parse=True, arc2warc=True)
    number = 0
    while True:
        try:
            with redirect_stderr(io.StringIO()):  # it prints what is wrong, and counts it
                record = next(iterator, None)
        except (ArchiveLoadFailed, StatusAndHeadersParserException, ValueError) as error:
            reason = " ".join(str(error).split())
            raise Unreadable(f"damaged after record {number}: {reason}") from None
        if iterator.err_count:
            raise Unreadable(f"damaged: record {number} is not as long as it says")
        if record is None:
            return
        number += 1
        if record.length is None:
            raise Unreadable(f"truncated or damaged: record {number} does not say how long it is")
        yield record


def _finish(record: ArcWarcRecord, number: int) -> None:
    """Read what is left of a record, and make sure that all of it was there."""
    while record.raw_stream.read(_BLOCK_BYTES):
        pass
    if record.raw_stream.tell() < record.length:
        raise Unreadable(f"truncated: record {number} is cut off, and nothing follows it")


def _page(record: ArcWarcRecord) -> tuple[BinaryIO, str]:
    """What was fetched, and its media type."""
    if record.rec_type not in _FETCHED:
        raise _NoArticleError(record.rec_type)
    if record.length > WHOLE_BYTES:
        raise Unreadable(f"larger than {WHOLE_BYTES // 1_000_000} MB")
    body = io.BytesIO(record.raw_stream.read())
    if record.raw_stream.tell() < record.length:
        raise Unreadable("cut off: the file ends within it")
    headers = {"content-type": record.content_type or ""}
    if "application/http" in headers["content-type"] or record.format == "arc":
        headers, body = _fetched(body)
    media_type = headers.get("content-type", "")
    kind = media_type.split(";")[0].strip().lower()
    if kind not in _ARTICLE_TYPES:
        raise _NoArticleError(kind)
    if cut := record.rec_headers.get_header("WARC-Truncated"):
        raise Unreadable(f"cut off when it was fetched ({cut})")
    return _decoded(body, headers), media_type


def _fetched(answer: io.BytesIO) -> tuple[dict[str, str], io.BytesIO]:
    """The headers and the body of what a server sent."""
    try:
        head = _HTTP.parse(answer)
    except (EOFError, StatusAndHeadersParserException):
        raise Unreadable("what the server sent has no header") from None
    if head.get_statuscode() != "200":
        raise _NoArticleError(f"with status {head.get_statuscode()}")
    return {key.lower(): value for key, value in head.headers}, io.BytesIO(answer.read())


def _decoded(body: io.BytesIO, headers: Mapping[str, str]) -> BinaryIO:
    """The body without its transfer and content encodings; some archives say them and store it without."""
    if headers.get("transfer-encoding", "").lower() == "chunked":
        body = io.BytesIO(ChunkedDataReader(body).read())
    encoding = headers.get("content-encoding", "").strip().lower()
    start = body.getvalue()[:2]
    if encoding in {"gzip", "x-gzip"} and start == b"\x1f\x8b":
        return cast(BinaryIO, gzip.GzipFile(fileobj=body))
    if encoding == "deflate":
        return _inflated(body)
    if encoding in {"", "gzip", "x-gzip", "identity", "utf-8", "none"}:
        return body
    raise Unreadable(f"its content is compressed in a way that is not read ({encoding})")


def _inflated(body: io.BytesIO) -> io.BytesIO:
    """Of a deflated body: with the header of zlib, or bare, as some servers send it."""
    for window in (zlib.MAX_WBITS, -zlib.MAX_WBITS):
        unpacker = zlib.decompressobj(window)
        try:
            data = unpacker.decompress(body.getvalue(), WHOLE_BYTES)
        except zlib.error:
            continue
        if not unpacker.eof:
            raise Unreadable("its content is cut off, or unpacks to more than 200 MB")
        return io.BytesIO(data)
    return body
