"""Which files are read, what each one that is not says, and what an article is called."""

import json
import os
import unicodedata
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.address import canonical_url
from index.errors import UsageError
from index.read import FORMATS, Options, Skipped, read
from index.read.fields import split_names
from index.types import Article

WIKINEWS = Path(__file__).parents[2] / "shared/corpora/wikinews/corpus.jsonl"
SEEDS = Path(__file__).parents[2] / "shared/corpora/seeds"


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def only(path: Path) -> Article:
    (found,) = read([path])
    assert isinstance(found, Article), found
    return found


def reason(path: Path) -> str:
    (found,) = read([path])
    assert isinstance(found, Skipped), found
    assert found.origin == path.as_posix()
    return found.reason


def test_a_folder_is_read_in_the_order_of_its_paths(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a.txt", "a/b/c.md", "c/d.txt"):
        write(tmp_path, name, f"Text of {name}")
    articles = [found for found in read([tmp_path]) if isinstance(found, Article)]
    assert [article.id for article in articles] == ["a/b/c.md", "a/z.txt", "a.txt", "b.txt", "c/d.txt"]
    assert articles[0].origin == f"{tmp_path.as_posix()}/a/b/c.md"
    assert articles[0].text == "Text of a/b/c.md"


def test_an_address_names_the_article_in_every_format(tmp_path: Path) -> None:
    url = "https://Post.example/harbour/?utm_source=x"
    for name, content in {
        "a.txt": f"Harbour of Ostwick to close\nBy Jane Doe\n{url}\n\nThe harbour of Ostwick will be closed in spring.",
        "a.md": f"---\ntitle: Harbour\nurl: {url}\n---\n\nThe harbour of Ostwick will be closed in spring.",
        "a.json": json.dumps({"text": "The harbour of Ostwick will be closed in spring.", "url": url}),
        "a.csv": f"title,text,url\nHarbour,The harbour of Ostwick will be closed in spring.,{url}\n",
        "a.html": f'<html><link rel="canonical" href="{url}"><p>The harbour of Ostwick closes in spring.</p></html>',
    }.items():
        article = only(write(tmp_path, name, content))
        assert (name, article.url, article.id) == (name, url, "https://post.example/harbour")


def test_what_is_longer_than_any_article_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", "The harbour of Ostwick will be closed in spring. " * 41_000)
    assert reason(path) == "the text has 2,009,000 characters: no article has more than 2,000,000; split it"


def test_a_file_named_itself_is_called_by_its_file_name(tmp_path: Path) -> None:
    path = write(tmp_path, "deep/er/story.txt", "A text.")
    assert (only(path).id, only(path).origin) == ("story.txt", path.as_posix())


def test_an_origin_is_the_same_wherever_it_is_read_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "news/a.txt", "A text.")
    monkeypatch.chdir(tmp_path)
    assert only(Path("news")).origin == (tmp_path / "news/a.txt").resolve().as_posix()
    assert only(Path()).id == "news/a.txt"
    assert only(Path()).origin == only(Path("news")).origin


def test_several_paths_are_read_in_the_order_given(tmp_path: Path) -> None:
    paths = [write(tmp_path, "b.txt", "B"), write(tmp_path, "a.txt", "A")]
    assert [found.text for found in read(paths) if isinstance(found, Article)] == ["B", "A"]


def test_hidden_files_and_folders_are_left_out_unless_named(tmp_path: Path) -> None:
    write(tmp_path, ".git/a.txt", "no")
    hidden = write(tmp_path, ".draft.txt", "yes")
    assert list(read([tmp_path])) == []
    assert only(hidden).text == "yes"


def test_a_path_that_does_not_exist_is_an_error_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(
        UsageError, match=r"nowhere cannot be read \(No such file or directory\): name a file or folder"
    ):
        read([tmp_path, tmp_path / "nowhere"])


def test_links_out_are_named_and_links_inside_cannot_loop(tmp_path: Path) -> None:
    outside = write(tmp_path, "outside/secret.txt", "Not asked for.")
    real = write(tmp_path, "in/real/a.txt", "Asked for.")
    inside = tmp_path / "in"
    (inside / "again").symlink_to(inside)
    (inside / "circle").symlink_to(inside / "circle")
    (inside / "dead").symlink_to(inside / "nothing")
    (inside / "file.txt").symlink_to(real)
    (inside / "folder").symlink_to(inside / "real")
    (inside / "leak").symlink_to(outside.parent)
    (inside / "leak.txt").symlink_to(outside)
    found = {
        Path(item.origin).relative_to(inside).as_posix(): item.reason if isinstance(item, Skipped) else item.text
        for item in read([inside])
    }
    assert found == {
        "again": "a link to a folder that is read where it lies",
        "circle": "a link that leads nowhere",
        "dead": "a link that leads nowhere",
        "file.txt": "Asked for.",
        "folder": "a link to a folder that is read where it lies",
        "leak": f"a link that leads out of the folder, to {outside.parent}",
        "leak.txt": f"a link that leads out of the folder, to {outside}",
        "real/a.txt": "Asked for.",
    }


def test_a_link_that_is_named_is_followed(tmp_path: Path) -> None:
    write(tmp_path, "real/a.txt", "A text.")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    (tmp_path / "link.txt").symlink_to(tmp_path / "real/a.txt")
    assert only(tmp_path / "link").id == "a.txt"
    assert only(tmp_path / "link.txt").id == "link.txt"


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert reason(tmp_path / "pipe.txt") == "not a regular file"


def test_a_file_name_that_is_no_text_is_named_legibly(tmp_path: Path) -> None:
    try:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")).write_text("A text.")
    except OSError:
        pytest.skip("this file system takes only Unicode names")
    assert list(read([tmp_path])) == [
        Skipped(f"{tmp_path.as_posix()}/caf\\xe9.txt", "its name is not valid UTF-8: rename it")
    ]


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.bin.unknown", bytes(range(256)), "binary, and nothing that is read; .unknown says no more"),
        ("a", b"\0\1\2\0", "binary, and nothing that is read; no suffix says no more"),
        ("a.txt", b"", "empty"),
        ("a.txt", b" \r\n\t\n", "only white space"),
        ("a.md", b"\xef\xbb\xbf", "empty"),
        ("a.unknown", b"", "empty"),
        ("a.json", b"", "empty"),
        ("a.json", b"\n \n", "only white space"),
        ("a.jsonl", b"", "empty"),
        ("a.jsonl", b"\n \n", "only white space"),
        ("a.txt", b"AB\x03\x04\x00\x01", "binary: a NUL at byte 4"),
        ("a.jsonl", b"AB\x00\x03\n" * 9, "binary: a NUL at byte 2"),
        ("a.json", b'{"text": "x",\n}', "invalid JSON, line 2: Expecting property name enclosed in double quotes"),
        ("a.json", b"7", "a number, not an object"),
        ("a.json", b"[]", "an empty list"),
        ("a.json", b'{"articles": []}', "an empty list"),
        ("a.json", b'{"title": "x"}', "no text field"),
        ("a.md", b"---\ntitle: x\n---\n", "no text"),
        ("a.md", b"![only a picture](a.png)\n", "no text"),
        (
            "a.md",
            b"---\ntitle: x\nsource: a: b\n---\ntext",
            "broken front matter, line 3: mapping values are not allowed here",
        ),
    ],
)
def test_a_file_that_is_not_read_says_why(tmp_path: Path, name: str, content: bytes, expected: str) -> None:
    assert reason(write(tmp_path, name, content)) == expected


def test_brackets_without_end_are_invalid_json(tmp_path: Path) -> None:
    assert reason(write(tmp_path, "a.json", "[" * 200_000)).startswith("invalid JSON, line 1: ")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_named(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "A text.").chmod(0)
    write(tmp_path, "b/c.txt", "A text.").parent.chmod(0)
    found = list(read([tmp_path]))
    (tmp_path / "b").chmod(0o700)  # or nobody could clean up after the test
    assert found == [
        Skipped(f"{tmp_path.as_posix()}/a.txt", "unreadable: Permission denied"),
        Skipped(f"{tmp_path.as_posix()}/b", "unreadable: Permission denied"),
    ]


def test_a_file_that_fails_while_it_is_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, "a.txt", "A text.")

    def refuse(self: Path, mode: str = "r", buffering: int = -1) -> object:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert reason(path) == "unreadable: Permission denied"


def test_suffixes_are_read_without_case(tmp_path: Path) -> None:
    assert only(write(tmp_path, "A.TXT", "A text.")).text == "A text."


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("", ()),
        ("By Jane Doe", ("Jane Doe",)),
        ("A One, B Two and C Three", ("A One", "B Two", "C Three")),
        ("A One, B Two, and C Three & D Four; E Five", ("A One", "B Two", "C Three", "D Four", "E Five")),
        ("Alexandra Anders", ("Alexandra Anders",)),
        ("Sam Ode, Jr., and Ann Ode", ("Sam Ode, Jr.", "Ann Ode")),
        ("Ann Ode and Ann Ode", ("Ann Ode",)),
    ],
)
def test_names_are_told_apart(line: str, names: tuple[str, ...]) -> None:
    assert split_names(line) == names


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("HTTPS://News.Example/A/b/?z=1&utm_source=x&a=2&fbclid=9&gclid#top", "https://news.example/A/b?a=2&z=1"),
        ("http://news.example/", "http://news.example"),
        ("http://news.example/?id=7", "http://news.example?id=7"),
        ("http://news.example/caf%E9?q=%E9&utmost=1", "http://news.example/caf%E9?q=%E9&utmost=1"),
        ("https://[half", None),
    ],
)
def test_canonical_urls(url: str, canonical: str | None) -> None:
    assert canonical_url(url) == canonical


@given(st.text(alphabet="aA/?#&=.:%[]@;utm_ é", max_size=40))
def test_a_canonical_url_is_its_own_canonical_url(rest: str) -> None:
    once = canonical_url("HTTPS://h" + rest.replace(" ", ""))
    assert once is None or canonical_url(once) == once


quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@quick
@given(data=st.binary(max_size=300) | st.text(max_size=200).map(str.encode), suffix=st.sampled_from(list(FORMATS)))
def test_any_bytes_are_accounted_for(fresh: Callable[[], Path], data: bytes, suffix: str) -> None:
    folder = fresh()
    write(folder, "a" + suffix, data)
    found = list(read([folder]))
    assert found
    assert found == list(read([folder]))
    for item in found:
        assert item.origin.startswith(f"{folder.as_posix()}/a{suffix}")
        if isinstance(item, Article):
            assert item.text.strip()
            assert "\0" not in item.text
            item.id.encode()
            item.text.encode()


@quick
@given(texts=st.lists(st.text(st.characters(codec="utf-8"), min_size=1).map("x{}x".format), min_size=1, max_size=5))
def test_texts_survive_lines_of_json(fresh: Callable[[], Path], texts: list[str]) -> None:
    lines = "".join(json.dumps({"text": text}, ensure_ascii=False) + "\n" for text in texts)
    path = write(fresh(), "a.jsonl", lines)
    articles = [item for item in read([path], Options(keep_all=True)) if isinstance(item, Article)]
    assert len(articles) == len(texts)
    for number, (article, text) in enumerate(zip(articles, texts, strict=True), start=1):
        assert article.id == f"a.jsonl#{number}"
        is_noise = [c in {"\x1f", "\ufeff"} or (unicodedata.category(c) == "Cc" and not c.isspace()) for c in text]
        kept = "".join(c for c, noise in zip(text, is_noise, strict=True) if not noise)
        assert article.text.split() == unicodedata.normalize("NFC", kept).split()


@quick
@given(st.lists(st.sampled_from(["a.txt", "b.md", "a/b.json", "a/c/d.jsonl", "z.pdf", "ä.txt"]), unique=True))
def test_order_and_ids_do_not_depend_on_the_order_of_writing(fresh: Callable[[], Path], names: list[str]) -> None:
    first, second = fresh(), fresh()
    for folder, order in ((first, names), (second, names[::-1])):
        for name in order:
            write(folder, name, json.dumps({"text": name}))
    ids = [[item.id for item in read([folder]) if isinstance(item, Article)] for folder in (first, second)]
    assert ids[0] == ids[1]
    assert len(list(read([first]))) == len(names)


def test_the_hash_tells_every_part_that_is_said_apart(tmp_path: Path) -> None:
    base: dict[str, object] = {
        "text": "t",
        "title": "a",
        "source": "s",
        "authors": ["x", "y"],
        "published": "2025-12-22",
        "url": "http://h/a",
    }
    changed = [
        base | {"text": "T"},
        base | {"title": "b"},
        base | {"source": "as", "title": ""},
        base | {"authors": ["x, y"]},
        base | {"published": "2025-12-22T00:00Z"},
        base | {"published": None},
        base | {"url": "http://h/a/"},
    ]
    hashes = [
        only(write(tmp_path, f"{n}.json", json.dumps(item))).content_hash for n, item in enumerate([base, *changed])
    ]
    assert len(set(hashes)) == len(hashes)
    assert only(write(tmp_path, "copy.json", json.dumps(base | {"id": "other"}))).content_hash == hashes[0]


@pytest.mark.skipif(not WIKINEWS.exists(), reason="the shared corpora are not here")
def test_wikinews_is_read_whole() -> None:
    articles = [item for item in read([WIKINEWS]) if isinstance(item, Article)]
    assert len(articles) == len(list(read([WIKINEWS]))) == 295
    assert len({article.id for article in articles}) == 295
    assert (articles[0].id, articles[0].published) == ("wn-001", datetime(2019, 1, 4))


@pytest.mark.skipif(not SEEDS.exists(), reason="the shared corpora are not here")
def test_seeds_are_read_whole() -> None:
    articles = [item for item in read([SEEDS]) if isinstance(item, Article)]
    assert [bool(article.title) for article in articles] == [False, False, True, True]
    assert articles[3].published == datetime(2025, 12, 22, 15, 29)
