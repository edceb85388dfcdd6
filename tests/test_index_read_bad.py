"""Bad input: nothing crashes, nothing is lost silently, and each file gets one clear line."""

import gzip
import io
import json
import tarfile
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.read import FORMATS, Options, Skipped, read
from index.read.bounds import DEPTH
from index.types import Article

ENGLISH = "The mayor’s office said “we are ready”, and the council — which had met on Monday — agreed with her plan."
FRENCH = (
    "Le préfet a déclaré lundi à Genève que l'été dernier était très sec, et qu'il n'était pas question de céder."
    " Les travaux, commencés il y a trois ans, ont coûté plus de vingt millions d'euros à la région."
)
KOREAN = (
    "시장은 화요일에 새 다리가 오월에 열린다고 밝혔다. 시의회는 지난주에 예산안을 통과시켰으며 공사는 끝났다."
    " 주민들은 오랫동안 이 다리를 기다려 왔다고 말했다. 통행료는 없으며, 자전거 도로도 함께 마련된다."
)
PARAGRAPH = "The council met on Monday and voted for the new bridge, which will open in May after three years of work. "


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def reasons(path: Path) -> dict[str, str]:
    """What was skipped: the origin from the file's name on → the reason."""
    origin = path.resolve().parent.as_posix() + "/"
    return {item.origin.removeprefix(origin): item.reason for item in read([path]) if isinstance(item, Skipped)}


def zipped(*files: tuple[str, str | bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return packed.getvalue()


def tarred(*files: tuple[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for name, content in files:
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return packed.getvalue()


def response(url: str, body: bytes) -> bytes:
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n" + body
    head = f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nContent-Type: application/http\r\n"
    return head.encode() + b"Content-Length: %d\r\n\r\n%s\r\n\r\n" % (len(block), block)


@pytest.mark.parametrize("suffix", FORMATS)
def test_empty_files(tmp_path: Path, suffix: str) -> None:
    assert reasons(write(tmp_path, f"a{suffix}", b"")) == {f"a{suffix}": "empty"}


@pytest.mark.parametrize("suffix", [*FORMATS, "", ".unknown"])
def test_binary_files(tmp_path: Path, suffix: str) -> None:
    path = write(tmp_path, f"a{suffix}", bytes(range(256)) * 40)
    ((origin, reason),) = reasons(path).items()
    assert origin == path.name
    assert "\n" not in reason
    assert len(reason) < 200


def test_truncated_files(tmp_path: Path) -> None:
    packed = zipped(("a.txt", PARAGRAPH), ("b.txt", PARAGRAPH))
    assert reasons(write(tmp_path, "a.zip", packed[:-30])) == {
        "a.zip": "truncated: a zip file has its directory at its end, and it is not there"
    }
    assert reasons(write(tmp_path, "a.txt.gz", gzip.compress(PARAGRAPH.encode())[:-9])) == {
        "a.txt.gz": "truncated: its end is missing"
    }
    assert reasons(write(tmp_path, "b.gz", gzip.compress(PARAGRAPH.encode())[:5])) == {
        "b.gz": "truncated: its end is missing"
    }
    whole = tarred(("a.txt", b"Words."), ("b.txt", PARAGRAPH.encode() * 20))
    assert reasons(write(tmp_path, "a.tar", whole[: 512 * 2 + 512 + 200])) == {
        "a.tar!b.txt": "damaged: unexpected end of data",
        "a.tar": "truncated or damaged: unexpected end of data",
    }
    assert reasons(write(tmp_path, "b.tar", whole[: 512 * 2 + 200])) == {
        "b.tar": "truncated or damaged: truncated header"
    }
    pages = [response(f"https://post.example/{n}", b"Words.") for n in range(3)]
    cut = "cut off: the file ends within it"
    end = "truncated: record 3 is cut off, and nothing follows it"
    for name, packed in (("a.warc", b"".join(pages)[:-9]), ("b.warc.gz", gzip.compress(b"".join(pages)[:-9]))):
        assert reasons(write(tmp_path, name, packed)) == {f"{name}!https://post.example/2": cut, name: end}
    assert reasons(write(tmp_path, "c.warc", b"".join(pages)[: len(pages[0]) + 40])) == {
        "c.warc": "truncated or damaged: record 2 does not say how long it is"
    }
    compressed = b"".join(map(gzip.compress, pages))
    missing = "truncated: its end is missing"
    assert reasons(write(tmp_path, "d.warc.gz", compressed[:-12])) == {
        "d.warc.gz!https://post.example/2": missing,
        "d.warc.gz": missing,
    }
    lines = [json.dumps({"text": f"Text {n}."}) for n in range(3)]
    assert reasons(write(tmp_path, "a.jsonl", "\n".join(lines)[:-5])) == {
        "a.jsonl#3": "invalid JSON, line 3: Unterminated string starting at"
    }


def test_what_comes_before_the_break_is_read(tmp_path: Path) -> None:
    pages = b"".join(response(f"https://post.example/{n}", b"Words %d." % n) for n in range(100))
    path = write(tmp_path, "a.warc.gz", gzip.compress(pages)[:-10])
    assert len([item for item in read([path]) if isinstance(item, Article)]) == 99
    path = write(tmp_path, "a.tar", tarred(*((f"{n}.txt", b"Words.") for n in range(5)))[: 1024 * 4 - 300])
    assert [type(item) for item in read([path])] == [Article, Article, Article, Article, Skipped]


def test_damaged_archives(tmp_path: Path) -> None:
    text = PARAGRAPH.encode() * 50
    packed = bytearray(zipped(("a.txt", text), ("b.txt", b"Words.")))
    packed[45] ^= 0xFF
    ((origin, reason),) = reasons(write(tmp_path, "a.zip", bytes(packed))).items()
    assert (origin, reason.split(":")[0]) == ("a.zip!a.txt", "damaged")
    packed = bytearray(tarred(("a.txt", b"Words."), ("b.txt", b"Words.")))
    packed[1024] ^= 0xFF
    assert reasons(write(tmp_path, "a.tar", bytes(packed))) == {"a.tar": "truncated or damaged: bad checksum"}
    assert reasons(write(tmp_path, "a.gz", gzip.compress(b"Words.") + b"rubbish")) == {
        "a.gz": "damaged: Not a gzipped file (b'ru')"
    }
    pages = [response(f"https://post.example/{n}", b"Words.") for n in range(3)]
    pages[1] = pages[1].replace(b"Length: 51", b"Length: 49")
    ((_, reason),) = reasons(write(tmp_path, "a.warc", b"".join(pages))).items()
    assert reason == "damaged: record 2 is not as long as it says"
    pages[1] = b"WARC/1.1 nonsense\r\n\r\n\r\n"
    ((_, reason),) = reasons(write(tmp_path, "b.warc", b"".join(pages))).items()
    assert reason == "truncated or damaged: record 2 does not say how long it is"


def test_encrypted_archives(tmp_path: Path) -> None:
    packed = bytearray(zipped(("a.txt", PARAGRAPH), ("b.txt", PARAGRAPH)))
    packed[6] |= 1  # the flag in the header and in the directory
    packed[packed.find(b"PK\1\2") + 8] |= 1
    assert reasons(write(tmp_path, "a.zip", bytes(packed))) == {"a.zip!a.txt": "encrypted: unpack it with its password"}


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (FRENCH, "cp1252"),
        (ENGLISH, "cp1252"),
        (KOREAN, "euc-kr"),
        *((text, code) for text in (ENGLISH, KOREAN) for code in ("utf-16", "utf-16-le", "utf-16-be", "utf-8-sig")),
    ],
)
@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.json", "a.jsonl", "a"])
def test_encodings(tmp_path: Path, name: str, text: str, encoding: str) -> None:
    content = text if "json" not in name else json.dumps({"text": text}, ensure_ascii=False) + "\n"
    (found,) = read([write(tmp_path, name, content.encode(encoding))])
    assert isinstance(found, Article), found
    assert found.text == text


def test_zip_bombs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    suspect = (
        "given up, it may be a zip bomb: it unpacks to more than 100 times its size; what came before that is read; "
        "unpack the rest by hand"
    )
    monkeypatch.setattr("index.read.bounds.FREE_BYTES", 1_000_000)
    packer = zlib.compressobj(9, wbits=31)
    gz = b"".join(packer.compress(b"words " * 200_000) for _ in range(60)) + packer.flush()
    assert len(gz) < 250_000
    start = time.perf_counter()
    assert reasons(write(tmp_path, "ratio.jsonl.gz", gz)) == {"ratio.jsonl.gz": suspect}
    assert reasons(write(tmp_path, "ratio.txt.gz", gz)) == {"ratio.txt.gz": suspect}
    nested = zipped(*((f"{n}.gz", gz) for n in range(3)))
    assert reasons(write(tmp_path, "nested.zip", nested)) == {"nested.zip": suspect}
    assert reasons(write(tmp_path, "twice.gz", gzip.compress(gz))) == {"twice.gz": suspect}
    many = zipped(*((f"{n}.txt", bytes(1_000_000)) for n in range(120)))
    found = reasons(write(tmp_path, "many.zip", many))
    assert found["many.zip"] == suspect
    assert time.perf_counter() - start < 20


def test_what_holds_itself_has_an_end(tmp_path: Path) -> None:
    packed = b"Words."
    for _ in range(DEPTH):
        packed = zipped(("a", packed))
    assert reasons(write(tmp_path, "deep.zip", packed)) == {}
    assert reasons(write(tmp_path, "deeper.zip", zipped(("a", packed)))) == {
        f"deeper.zip{'!a' * DEPTH}": f"packed more than {DEPTH} times over: unpack it by hand"
    }


def test_more_members_than_can_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.read.bounds.MEMBERS", 10)
    packed = zipped(*((f"{n}.txt", f"Words {n}.") for n in range(20)))
    found = list(read([write(tmp_path, "a.zip", packed)]))
    assert [isinstance(item, Article) for item in found] == [True] * 10 + [False]
    assert found[-1] == Skipped(
        f"{tmp_path.resolve().as_posix()}/a.zip", "refused: it holds more than 10 files; unpack it by hand"
    )


def test_a_header_that_claims_too_much_is_not_believed(tmp_path: Path) -> None:
    header = tarfile.TarInfo("long")
    header.type, header.size = tarfile.GNUTYPE_LONGNAME, 8_000_000_000
    assert reasons(write(tmp_path, "a.tar", header.tobuf(tarfile.GNU_FORMAT) + bytes(2048))) == {
        "a.tar": "refused: a name in it is longer than 1 MB"
    }
    packed = bytearray(zipped(("a.txt", PARAGRAPH)))
    at = packed.find(b"PK\5\6")
    packed[at + 12 : at + 16] = b"\xfe\xff\xff\xff"
    ((_, reason),) = reasons(write(tmp_path, "a.zip", bytes(packed))).items()
    assert reason.startswith("damaged: ")


def test_files_too_large_to_be_read_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.read.opening.WHOLE_BYTES", 1_000_000)
    large = json.dumps([{"text": PARAGRAPH * 12_000}])
    how = "which is read whole: split it, or save it as .jsonl, .csv, .mbox or .warc, which are read piece by piece"
    why = f"larger than 1 MB, too large for json, {how}"
    assert reasons(write(tmp_path, "a.json", large)) == {"a.json": why}
    assert reasons(write(tmp_path, "a.zip", zipped(("a.json", large)))) == {"a.zip!a.json": why}
    assert reasons(write(tmp_path, "a.jsonl", f"{large[1:-1]}\n")) == {}


def test_three_broken_lines_among_a_thousand(tmp_path: Path) -> None:
    lines = [json.dumps({"text": f"Text {number}."}) for number in range(1, 1001)]
    lines[9], lines[499], lines[999] = '{"text": ', "7", '{"title": "x"}'
    path = write(tmp_path, "a.jsonl", "\n".join(lines))
    assert reasons(path) == {
        "a.jsonl#10": "invalid JSON, line 10: Expecting value",
        "a.jsonl#500": "a number, not an object",
        "a.jsonl#1000": "no text field",
    }
    assert sum(isinstance(item, Article) for item in read([path])) == 997


def test_a_date_in_the_future_is_kept_as_it_is_stated(tmp_path: Path) -> None:
    (article,) = read([write(tmp_path, "a.json", '{"text": "Words.", "published": "2199-01-01"}')])
    assert isinstance(article, Article)
    assert article.published is not None
    assert article.published.year == 2199


def test_a_feed_without_dates(tmp_path: Path) -> None:
    feed = "<rss version='2.0'><channel><title>Post</title>" + "".join(
        f"<item><title>Bridge {n}</title><link>https://post.example/{n}</link><description>{PARAGRAPH}</description></item>"
        for n in range(2)
    )
    articles = list(read([write(tmp_path, "a.rss", feed + "</channel></rss>")]))
    assert [isinstance(article, Article) and article.published for article in articles] == [None, None]


def test_two_articles_with_one_id_are_both_given(tmp_path: Path) -> None:
    lines = [json.dumps({"id": "x", "text": f"Text {number}."}) for number in (1, 2)]
    articles = list(read([write(tmp_path, "a.jsonl", "\n".join(lines))]))
    assert [isinstance(article, Article) and article.id for article in articles] == ["x", "x"]


def page(body: str) -> str:
    return f"<!doctype html><html><head><title>Bridge</title></head><body>{body}</body></html>"


def test_a_page_of_one_hundred_thousand_levels(tmp_path: Path) -> None:
    for tag in ("div", "b", "blockquote", "ul><li", "table><tr><td"):
        body = f"<{tag}>" * 100_000 + f"<p>{PARAGRAPH * 5}</p>"
        (found,) = read([write(tmp_path, "a.html", page(body))])
        if isinstance(found, Skipped):
            assert "nested" in found.reason
        else:
            assert "which will open in May" in found.text


def test_a_page_of_fifty_megabytes_on_one_line(tmp_path: Path) -> None:
    path = write(tmp_path, "a.html", page(f"<p>{PARAGRAPH}</p>" * (50_000_000 // len(PARAGRAPH))))
    start = time.perf_counter()
    assert reasons(path) == {"a.html": "more than 10 MB of HTML: no page with one article is that large"}
    assert time.perf_counter() - start < 10


quick = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


SEEDS = [
    zipped(("a.txt", PARAGRAPH), ("b/c.jsonl", '{"text": "x"}\n' * 3)),
    tarred(("a.txt", PARAGRAPH.encode()), ("b.txt", b"Words.")),
    gzip.compress(tarred(("a.txt", b"Words."))),
    response("https://post.example/", PARAGRAPH.encode()) * 2,
    gzip.compress(response("https://post.example/", PARAGRAPH.encode())),
    page(f"<p>{PARAGRAPH}</p>").encode(),
    json.dumps({"text": PARAGRAPH}).encode(),
    f"From: a@b.example\r\nSubject: x\r\nMIME-Version: 1.0\r\n\r\n{PARAGRAPH}".encode(),
    f"title,text\nx,{PARAGRAPH}\n".encode(),
    f"<rss><channel><item><title>x</title><description>{PARAGRAPH}</description></item></channel></rss>".encode(),
    PARAGRAPH.encode("utf-16-le"),
]


@quick
@given(
    seed=st.sampled_from(SEEDS),
    cuts=st.tuples(st.integers(0, 400), st.integers(0, 400)),
    noise=st.binary(max_size=8),
    suffix=st.sampled_from([*FORMATS, "", ".bin"]),
)
def test_broken_files_are_accounted_for(
    fresh: Callable[[], Path], seed: bytes, cuts: tuple[int, int], noise: bytes, suffix: str
) -> None:
    first, last = sorted(cuts)
    path = write(fresh(), f"a{suffix}", seed[:first] + noise + seed[last:])
    found = list(read([path], Options(workers=1)))
    assert found
    for item in found:
        assert item.origin.startswith(path.resolve().as_posix())
        if isinstance(item, Skipped):
            assert item.reason.strip()
            assert "\n" not in item.reason
