"""Files inside files: what is read of them, what they are called, and where it ends."""

import bz2
import gzip
import io
import json
import lzma
import os
import subprocess
import sys
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from random import Random

import pytest

from index.read import Options, read
from index.types import Article

PAGE = (
    b"<!doctype html><html><head><title>Bridge opens</title></head><body><article><h1>Bridge opens</h1>"
    b"<p>The new bridge over the harbour opens on Monday, the mayor said after the council had met for five hours.</p>"
    b"<p>Nobody will have to pay a toll, and the old ferry keeps its timetable until the end of the year.</p>"
    b"</article></body></html>"
)
HTML = "Content-Type: text/html; charset=utf-8\r\n"


def zipped(files: Mapping[str, str | bytes] | Iterable[tuple[str, str | bytes]]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items() if isinstance(files, Mapping) else files:
            archive.writestr(name, content)
    return packed.getvalue()


def tarred(files: Mapping[str, str | bytes], mode: str = "w") -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode=mode) as archive:  # type: ignore[call-overload]
        for name, content in files.items():
            data = content.encode() if isinstance(content, str) else content
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return packed.getvalue()


def record(kind: str, url: str, media_type: str, block: bytes, extra: str = "") -> bytes:
    head = f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nContent-Type: {media_type}\r\n{extra}"
    return head.encode() + b"Content-Length: %d\r\n\r\n%s\r\n\r\n" % (len(block), block)


def response(url: str, head: str, body: bytes, status: str = "200 OK") -> bytes:
    return record(
        "response", url, "application/http; msgtype=response", f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body
    )


INFO = record("warcinfo", "urn:test", "application/warc-fields", b"software: made for a test\r\n")


def found(folder: Path, content: bytes, name: str) -> dict[str, str]:
    """Origin below the folder → text, or the reason."""
    path = folder / name
    path.write_bytes(content)
    return {
        item.origin.removeprefix(folder.resolve().as_posix() + "/"): item.text
        if isinstance(item, Article)
        else f"skipped: {item.reason}"
        for item in read([path], Options(keep_all=True, workers=1))
    }


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_members_are_read_in_their_order_and_called_by_their_place(
    tmp_path: Path, pack: Callable[[Mapping[str, str]], bytes]
) -> None:
    records = "".join(json.dumps({"text": text}) + "\n" for text in ("One.", "Two."))
    (tmp_path / "in").mkdir()
    (tmp_path / "in/news").write_bytes(pack({"b/z.txt": "Z.", "a.jsonl": records, "b/a.md": "# A\n\nWords."}))
    articles = [item for item in read([tmp_path]) if isinstance(item, Article)]
    origin = f"{tmp_path.resolve().as_posix()}/in/news"
    assert [(article.id, article.format) for article in articles] == [
        ("in/news!b/z.txt", "text"),
        ("in/news!a.jsonl#1", "jsonl"),
        ("in/news!a.jsonl#2", "jsonl"),
        ("in/news!b/a.md", "markdown"),
    ]
    assert [article.origin for article in articles] == [
        f"{origin}!{name}" for name in ("b/z.txt", "a.jsonl#1", "a.jsonl#2", "b/a.md")
    ]


@pytest.mark.parametrize(
    ("compress", "suffix"),
    [(gzip.compress, ".gz"), (bz2.compress, ".bz2"), (lzma.compress, ".xz"), (gzip.compress, "")],
)
def test_a_compressed_file_is_the_file_in_it(tmp_path: Path, compress: Callable[[bytes], bytes], suffix: str) -> None:
    assert found(tmp_path, compress(b"Words."), f"a.txt{suffix}") == {f"a.txt{suffix}": "Words."}
    assert found(tmp_path, compress(b'{"text": "One."}\n' * 2), f"b{suffix}") == {
        f"b{suffix}#1": "One.",
        f"b{suffix}#2": "One.",
    }
    assert found(tmp_path, compress(b"# Bridge\n\n*Words.*"), f"c.md{suffix}") == {f"c.md{suffix}": "Bridge\n\nWords."}
    assert found(tmp_path, compress(tarred({"x/a.txt": "Words."})), f"d.tar{suffix}") == {
        f"d.tar{suffix}!x/a.txt": "Words."
    }


def test_containers_inside_containers(tmp_path: Path) -> None:
    inner = zipped({"deep/a.txt": b"Deep.", "b.tar": tarred({"c.txt.gz": gzip.compress(b"Deeper.")})})
    assert found(tmp_path, gzip.compress(tarred({"in.zip": inner, "z.txt": "Shallow."})), "a.tgz") == {
        "a.tgz!in.zip!deep/a.txt": "Deep.",
        "a.tgz!in.zip!b.tar!c.txt.gz": "Deeper.",
        "a.tgz!z.txt": "Shallow.",
    }


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_names_inside_are_only_labels(tmp_path: Path, pack: Callable[[Mapping[str, str]], bytes]) -> None:
    (tmp_path / "secret.txt").write_text("Not asked for.")
    folder = tmp_path / "in"
    folder.mkdir()
    names = ["../secret.txt", "../../up.txt", "/etc/passwd", "C:\\news\\a.txt", "line\nend.txt", "a#1.txt", "b!c.txt"]
    packed = pack({name: f"Text {number}." for number, name in enumerate(names)})
    assert found(folder, packed, "a") == {
        f"a!{name}".replace("\n", "\\x0a"): f"Text {number}." for number, name in enumerate(names)
    }
    assert sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")) == ["in", "in/a", "secret.txt"]


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_hidden_members_are_left_out(tmp_path: Path, pack: Callable[[Mapping[str, str]], bytes]) -> None:
    hidden: dict[str, str] = {".git/a.txt": "no", "a/.b.txt": "no", "__MACOSX/a.txt": "no", "./c/../d.txt": "yes"}
    assert found(tmp_path, pack(hidden), "a") == {"a!./c/../d.txt": "yes"}
    assert found(tmp_path, pack({".hidden": "no"}), "b") == {"b": "skipped: it holds no files"}


def test_empty_containers(tmp_path: Path) -> None:
    assert found(tmp_path, zipped({}), "a.zip") == {"a.zip": "skipped: it holds no files"}
    assert found(tmp_path, tarred({}), "a.tar") == {"a.tar": "skipped: it holds no files"}
    assert found(tmp_path, gzip.compress(b""), "a.gz") == {"a.gz": "skipped: empty"}
    assert found(tmp_path, zipped({"folder/": b""}), "b.zip") == {"b.zip": "skipped: it holds no files"}


def test_what_is_no_plain_file_inside_is_named(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for name, kind in [("soft", tarfile.SYMTYPE), ("hard", tarfile.LNKTYPE), ("pipe", tarfile.FIFOTYPE)]:
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
    assert found(tmp_path, packed.getvalue(), "a.tar") == {
        "a.tar!soft": "skipped: a link inside a tar file",
        "a.tar!hard": "skipped: a link inside a tar file",
        "a.tar!pipe": "skipped: not a regular file",
    }
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = 0o120777 << 16
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as zip_file:
        zip_file.writestr(link, "/etc/passwd")
    assert found(tmp_path, packed.getvalue(), "a.zip") == {"a.zip!link.txt": "skipped: a link inside a zip file"}


def test_pages_of_a_warc(tmp_path: Path) -> None:
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE), PAGE)
    deflated = zlib.compressobj(wbits=-15)
    bare = deflated.compress(PAGE) + deflated.flush()
    bodies = {
        "plain": ("", PAGE),
        "chunked": ("Transfer-Encoding: chunked\r\n", chunked),
        "gzip": ("Content-Encoding: gzip\r\n", gzip.compress(PAGE)),
        "deflate": ("Content-Encoding: deflate\r\n", zlib.compress(PAGE)),
        "bare-deflate": ("Content-Encoding: deflate\r\n", bare),
        "said-but-not-done": ("Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n", PAGE),
    }
    responses = [response(f"https://post.example/{name}", HTML + head, body) for name, (head, body) in bodies.items()]
    for parts, name in (([INFO, *responses], "a.warc"), (map(gzip.compress, [INFO, *responses]), "a.warc.gz")):
        (tmp_path / name).write_bytes(b"".join(parts))
        articles = list(read([tmp_path / name]))
        assert [article.origin for article in articles] == [
            f"{tmp_path.resolve().as_posix()}/{name}!https://post.example/{each}" for each in bodies
        ]
        for article in articles:
            assert isinstance(article, Article), article
            assert article.url == article.origin.partition("!")[2]
            assert article.title == "Bridge opens"
            assert "five hours" in article.text
            assert article.format == "html"


def test_records_of_a_warc_that_are_no_articles_are_counted(tmp_path: Path) -> None:
    url = "https://post.example/a"
    images = response(url, "Content-Type: image/png\r\n", b"\x89PNG") * 3
    style = response(url, "Content-Type: text/css\r\n", b"p {}")
    text = response(url, "Content-Type: text/plain\r\n", b"Words.")
    missing = response(url, HTML, PAGE, status="404 Not Found")
    asked = record("request", url, "application/http; msgtype=request", b"GET /a HTTP/1.1\r\n\r\n")
    assert found(tmp_path, INFO + asked + images + text + style + missing, "a.warc") == {
        "a.warc!https://post.example/a": "Words.",
        "a.warc": "skipped: records that hold no article: 3 image/png, 1 warcinfo, 1 request, 1 text/css, "
        "1 with status 404",
    }
    assert found(tmp_path, INFO + asked + text, "b.warc") == {"b.warc!https://post.example/a": "Words."}
    assert found(tmp_path, INFO, "c.warc") == {"c.warc": "skipped: records that hold no article: 1 warcinfo"}


def test_pages_of_a_warc_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    url = "https://post.example/a"
    pages = [
        (
            response(f"{url}1", HTML + "Content-Encoding: br\r\n", b"\x0b\x02"),
            "compressed in a way that is not read (br)",
        ),
        (
            response(f"{url}2", HTML + "Content-Encoding: gzip\r\n", gzip.compress(PAGE)[:-20]),
            "truncated: its end is missing",
        ),
        (response(f"{url}3", HTML, b""), "empty"),
        (record("response", f"{url}4", "application/http", b""), "what the server sent has no header"),
        (
            record("resource", f"{url}5", "text/html", PAGE, "WARC-Truncated: length\r\n"),
            "cut off when it was fetched (length)",
        ),
        (response(f"{url}6", HTML, PAGE), "Bridge opens"),
    ]
    answers = found(tmp_path, b"".join(page for page, _ in pages), "a.warc")
    assert list(answers) == [f"a.warc!{url}{number}" for number in range(1, 7)]
    for answer, (_, expected) in zip(answers.values(), pages, strict=True):
        assert expected in answer


def test_records_other_than_answers(tmp_path: Path) -> None:
    kinds = ("resource", "conversion", "metadata")
    packed = b"".join(record(kind, f"https://post.example/{kind}", "text/plain", b"Words.") for kind in kinds)
    assert found(tmp_path, gzip.compress(packed), "a.warc.gz") == {
        "a.warc.gz!https://post.example/resource": "Words.",
        "a.warc.gz!https://post.example/conversion": "Words.",
    }


def test_the_time_of_the_file_dates_what_lies_in_it_only_if_it_is_asked_for(tmp_path: Path) -> None:
    for name, content in {
        "a.txt": b"Words.",
        "b.jsonl": b'{"text": "Words."}',
        "c.zip": zipped({"d.txt": "Words."}),
    }.items():
        (tmp_path / name).write_bytes(content)
        os.utime(tmp_path / name, (1_700_000_000, 1_700_000_000))
    without = [item for item in read([tmp_path]) if isinstance(item, Article)]
    asked = [item for item in read([tmp_path], Options(file_time=True)) if isinstance(item, Article)]
    assert [article.published for article in without] == [None] * 3
    assert [article.published and article.published.isoformat() for article in asked] == [
        "2023-11-14T22:13:20+00:00",
        "2023-11-14T22:13:20+00:00",
        None,  # when it was packed says nothing
    ]
    assert [article.published_from for article in asked] == ["file time", "file time", ""]
    assert asked[0].published_sure == "inferred"
    assert asked[0].content_hash != without[0].content_hash


MEASURE = """
import resource, sys
from pathlib import Path
from index.read import Options, Skipped, read
found = skipped = 0
for item in read([Path(sys.argv[1])], Options(workers=1)):
    skipped += isinstance(item, Skipped)
    found += 1
print(found, skipped, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@pytest.mark.soak
def test_a_large_warc_takes_no_more_memory_than_a_small_one(tmp_path: Path) -> None:
    random = Random(1)
    words = [f"word{number}" for number in range(5_000)]
    peaks = []
    for count in (50, 2_000):
        path = tmp_path / f"{count}.warc"
        with path.open("wb") as file:
            for number in range(count):
                body = " ".join(random.choices(words, k=12_000)).encode()  # 100 kB
                file.write(response(f"https://post.example/{number}", "Content-Type: text/plain\r\n", body))
        done = subprocess.run(
            [sys.executable, "-c", MEASURE, path],
            capture_output=True,
            text=True,
            check=True,
            cwd=Path(__file__).parents[1],
        )
        found, skipped, peak = map(int, done.stdout.split())
        assert (found, skipped) == (count, 0)
        peaks.append(peak * (1 if sys.platform == "darwin" else 1024))
    assert (tmp_path / "2000.warc").stat().st_size > 190_000_000
    assert peaks[1] < peaks[0] + 30_000_000
