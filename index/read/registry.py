"""The table of what can be read: each format and container, where its reader is, and which suffixes it goes by.

A new format is one module with one function (`index.read.types.Format`) and one line here; one that is also told by
its content has a line in `index.read.sniff`. Readers are imported when the first file of their kind comes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Literal, cast

from index.read.types import Container, Cutter, Format

Access = Literal["whole", "forward", "anywhere"]
"""How a reader reads: the whole file into memory; from begin to end (it may look at the first 64 kB and rewind); or
here and there, so that it needs a file on disk."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Where a reader is: a function of a module below `index.read`; beside it one that cuts a file, if any does."""

    module: str
    function: str
    access: Access
    suffixes: tuple[str, ...]
    cutter: str = ""


FORMATS: Mapping[str, Reader] = {
    "text": Reader("formats.plain", "read", "whole", (".txt", ".text")),
    "markdown": Reader("formats.markdown", "read", "whole", (".md", ".markdown")),
    "html": Reader("formats.html", "read", "whole", (".html", ".htm", ".xhtml", ".shtml")),
    "mhtml": Reader("formats.mhtml", "read", "whole", (".mhtml", ".mht")),
    "pdf": Reader("formats.pdf", "read", "whole", (".pdf",)),
    "docx": Reader("formats.docx", "read", "whole", (".docx", ".docm")),
    "mail": Reader("formats.mail", "read", "whole", (".eml",)),
    "mbox": Reader("formats.mail", "read_mbox", "forward", (".mbox",)),
    "feed": Reader("formats.feed", "read", "whole", (".rss", ".atom", ".rdf")),
    "newsml": Reader("formats.newsml", "read", "whole", (".xml",)),
    "json": Reader("formats.records", "read_json", "whole", (".json",)),
    "jsonl": Reader("formats.records", "read_lines", "forward", (".jsonl", ".ndjson"), "cut_lines"),
    "csv": Reader("formats.tables", "read_csv", "forward", (".csv", ".tsv")),
    "parquet": Reader("formats.tables", "read_parquet", "anywhere", (".parquet",)),
}

CONTAINERS: Mapping[str, Reader] = {
    "zip": Reader("containers.zip", "members", "anywhere", (".zip",)),
    "tar": Reader("containers.tar", "members", "forward", (".tar",)),
    "gzip": Reader("containers.compressed", "read_gzip", "forward", (".gz", ".tgz")),
    "bzip2": Reader("containers.compressed", "read_bzip2", "forward", (".bz2", ".tbz2")),
    "xz": Reader("containers.compressed", "read_xz", "forward", (".xz", ".txz")),
    "warc": Reader("containers.warc", "records", "forward", (".warc", ".arc")),
}

BY_SUFFIX: Mapping[str, str] = {
    suffix: name for table in (FORMATS, CONTAINERS) for name, reader in table.items() for suffix in reader.suffixes
}


def format_reader(name: str) -> Format:
    """The function that reads this format."""
    return cast(Format, _load(FORMATS[name].module, FORMATS[name].function))


def format_cutter(name: str) -> Cutter | None:
    """The function that cuts a file of this format in pieces, if there is one."""
    reader = FORMATS[name]
    return cast(Cutter, _load(reader.module, reader.cutter)) if reader.cutter else None


def container_reader(name: str) -> Container:
    """The function that opens this kind of container."""
    return cast(Container, _load(CONTAINERS[name].module, CONTAINERS[name].function))


def _load(module: str, function: str) -> object:
    return getattr(import_module(f"index.read.{module}"), function)
