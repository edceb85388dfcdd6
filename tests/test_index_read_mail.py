"""E-mail: who sent it, which part is the letter, what is attached, mailboxes with broken letters in them."""

import base64
import io
from collections.abc import Callable, Iterator
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.read.formats import mail
from index.read.types import Fault, Fields, Hints, Unreadable

HEAD = (
    b"From: =?utf-8?q?Jane_D=C3=B6e?= <jane@ostwick.example>\r\n"
    b"Subject: =?utf-8?b?SMOkZmVuIGNsb3Nl?=\r\n =?utf-8?q?_soon?=\r\n"
    b"Date: Mon, 22 Dec 2025 15:29:00 +0900 (KST)\r\nMessage-ID: <1@ostwick.example>\r\n"
)
_UNPARTED = "damaged: the line between its parts does not occur"


def found(
    data: bytes, read: Callable[[io.BytesIO, Hints], Iterator[Fields | Fault]] = mail.read
) -> list[Fields | Fault]:
    return list(read(io.BytesIO(data), Hints("a.eml")))


def fields(data: bytes) -> Fields:
    (one,) = found(data)
    assert isinstance(one, Fields), one
    return one


def test_headers() -> None:
    one = fields(HEAD + b"\r\nThe harbour closes.\r\n\r\nIt opens in May.\r\n")
    assert one.text == "The harbour closes.\n\nIt opens in May."
    assert (one.title, one.authors, one.source) == ("Häfen close soon", ("Jane Döe",), "")
    assert one.dating is not None
    assert (one.dating.moment.isoformat(), one.dating.source, one.dating.sure) == (
        "2025-12-22T15:29:00+09:00",
        "mail header",
        "stated",
    )
    assert (one.id, one.record) == ("1@ostwick.example", None)


@pytest.mark.parametrize(
    ("sender", "listed", "authors", "source"),
    [
        ("The Ostwick Post <news@post.example>", True, (), "The Ostwick Post"),
        ("Jane Doe at The Ostwick Post <news@post.example>", True, ("Jane Doe",), "The Ostwick Post"),
        ("Jane Doe | The Ostwick Post <news@post.example>", False, ("Jane Doe",), "The Ostwick Post"),
        ("Jane Doe <jane@post.example>", False, ("Jane Doe",), ""),
        ("news@post.example", True, (), "Ostwick daily"),
        ("news@post.example", False, (), ""),
    ],
)
def test_who_sent_it(sender: str, listed: bool, authors: tuple[str, ...], source: str) -> None:
    head = f"From: {sender}\n" + "List-Id: Ostwick daily <daily.post.example>\n" * listed
    one = fields(f"{head}\nText.".encode())
    assert (one.authors, one.source) == (authors, source)


def test_the_html_of_a_newsletter_is_read_and_not_its_plain_stub() -> None:
    message = EmailMessage()
    message["From"] = "The Ostwick Post <news@post.example>"
    message.set_content("View this letter in your browser: https://post.example/1")
    message.add_alternative("<p>The harbour <b>closes</b>.</p><p>It opens in May.</p>", subtype="html")
    assert fields(message.as_bytes()).text == "The harbour closes.\n\nIt opens in May."


def test_what_is_attached_is_named_and_pictures_are_not() -> None:
    message = EmailMessage()
    message["From"] = "jane@post.example"
    message.set_content("See the report.")
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="report.pdf")
    message.add_attachment(b"GIF8", maintype="image", subtype="gif", disposition="inline", filename="logo.gif")
    one, fault = found(message.as_bytes())
    assert isinstance(one, Fields)
    assert one.text == "See the report."
    assert fault == Fault("attachments are not read, save them as files of their own: report.pdf", 1)


@pytest.mark.parametrize(
    ("charset", "encoding", "text"),
    [
        ("iso-8859-1", "cp1252", "“The harbour” — café"),
        ("ks_c_5601-1987", "cp949", "오스트윅 항구가 문을 닫는다"),
        ("us-ascii", "utf-8", "café, harbour"),
        ("utf-8", "utf-8", "naïve 港"),
    ],
)
@pytest.mark.parametrize("transfer", ["8bit", "base64"])
def test_charsets(charset: str, encoding: str, text: str, transfer: str) -> None:
    body = text.encode(encoding)
    body = base64.encodebytes(body) if transfer == "base64" else body
    head = f"From: a@b.example\nContent-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: {transfer}\n\n"
    assert fields(head.encode() + body).text == text


def test_wrapped_lines_are_joined_and_short_ones_are_not() -> None:
    text = (
        "The harbour of Ostwick will be closed for three weeks in spring while\n"
        "divers repair the oldest of its quays, it was said.\n"
        "Ferries:\n- north\n- south\n\nBye"
    )
    joined = text.replace("while\ndivers", "while divers")
    assert fields(b"From: a@b.example\n\n" + text.encode()).text == joined
    flowed = b"From: a@b.example\nContent-Type: text/plain; format=flowed\n\nOne \nline.\nAnother.\n"
    assert fields(flowed).text == "One line.\nAnother."


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n", "only white space"),
        (b"just words\nand more\n", "no e-mail: it has neither From, Subject, Date nor Message-ID"),
        (b"From: a@b.example\n\n \n", "no text"),
        (b"From: a@b.example\nContent-Type: application/pdf; name=x.pdf\n\n%PDF", "no text, only attachments: x.pdf"),
        (b"From: a@b.example\nContent-Type: multipart/encrypted; boundary=x\n\n--x\n\n--x--\n", mail._ENCRYPTED),
        (b"From: a@b.example\n\n-----BEGIN PGP MESSAGE-----\nabc\n", mail._ENCRYPTED),
        (b"From: a@b.example\nContent-Type: multipart/mixed; boundary=x\n\nText.", _UNPARTED),
        (b"From: a@b.example\nContent-Transfer-Encoding: base64\n\nQQ=QQ=A\n", "damaged: broken base64"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_says_why(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable) as problem:
        found(data)
    assert str(problem.value) == reason


def test_a_letter_that_is_cut_off_says_so() -> None:
    data = b"From: a@b.example\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\nThe harbour clo"
    one, fault = found(data)
    assert isinstance(one, Fields)
    assert fault == Fault("cut off: its last part has no end", 1)


def test_a_mailbox() -> None:
    begin = b"From a@b.example Mon Dec 22 15:29:00 2025\nFrom: a@b.example\n"
    letters = [
        begin + b"Subject: One\n\nText.\n\nFrom London, at 15:29.\n",
        begin + b"\n \n",
        begin + b"Subject: Three\n\n>From here on.\n>>From there.\n",
    ]
    one, two, three = found(b"\n".join(letters), mail.read_mbox)
    assert isinstance(one, Fields)
    assert isinstance(three, Fields)
    assert (one.title, one.text, one.record) == ("One", "Text.\n\nFrom London, at 15:29.", 1)
    assert two == Fault("no text", 2)
    assert (three.title, three.text, three.record) == ("Three", "From here on.\n>From there.", 3)
    with pytest.raises(Unreadable, match="no message in it"):
        found(b"nothing here", mail.read_mbox)


@given(st.binary(max_size=200), st.booleans())
def test_no_bytes_do_harm(noise: bytes, headed: bool) -> None:
    for read in (mail.read, mail.read_mbox):
        start = b"From x 1:11 2025\n" if read is mail.read_mbox else b""
        try:
            found(start + (b"From: a@b.example\nContent-Type: " if headed else b"") + noise, read)
        except Unreadable as problem:
            assert "\n" not in str(problem)
