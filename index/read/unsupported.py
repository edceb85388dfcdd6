"""The first bytes and the suffix of a file in, why it is no article out. Knows nothing of what can be read."""

from __future__ import annotations

from collections.abc import Mapping

_IMAGE = "an image: text in it is not read"
_AUDIO = "a sound recording"
_VIDEO = "a video"
_PROGRAM = "a program"
_FONT = "a font"
_OLD_OFFICE = "an old Office file (.doc, .xls, .ppt, .msg): save it as .docx, .csv or .pdf"

_SIGNATURES: tuple[tuple[int, bytes, str], ...] = (  # where, what, and what it is
    (0, b"\x89PNG", _IMAGE),
    (0, b"\xff\xd8\xff", _IMAGE),
    (0, b"GIF8", _IMAGE),
    (8, b"WEBP", _IMAGE),
    (0, b"II*\0", _IMAGE),
    (0, b"MM\0*", _IMAGE),
    (0, b"\0\0\1\0", _IMAGE),  # .ico
    (0, b"8BPS", _IMAGE),
    (4, b"ftypavif", _IMAGE),
    (4, b"ftypheic", _IMAGE),
    (4, b"ftypmif1", _IMAGE),
    (4, b"ftypM4A", _AUDIO),
    (4, b"ftyp", _VIDEO),
    (0, b"\x1aE\xdf\xa3", _VIDEO),  # .mkv, .webm
    (8, b"AVI LIST", _VIDEO),
    (0, b"FLV\x01", _VIDEO),
    (0, b"\0\0\1\xba", _VIDEO),
    (8, b"WAVEfmt", _AUDIO),
    (0, b"ID3", _AUDIO),
    (0, b"OggS", _AUDIO),
    (0, b"fLaC", _AUDIO),
    (0, b"\xff\xfb", _AUDIO),  # .mp3 without a tag
    (0, b"\x7fELF", _PROGRAM),
    (0, b"MZ\x90\0", _PROGRAM),
    (0, b"\xca\xfe\xba\xbe", _PROGRAM),
    (0, b"\xcf\xfa\xed\xfe", _PROGRAM),
    (0, b"\0asm", _PROGRAM),
    (0, b"wOFF", _FONT),
    (0, b"wOF2", _FONT),
    (0, b"OTTO\0", _FONT),
    (0, b"\0\1\0\0\0", _FONT),
    (0, b"\0\0\0\1Bud1", "a folder's settings"),
    (0, b"SQLite format 3\0", "a database: export its articles as .csv or .jsonl"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _OLD_OFFICE),
    (0, b"{\\rtf", "RTF is not supported: save it as .docx or .txt"),
    (0, b"%!PS", "PostScript is not supported: convert it to .pdf"),
    (30, b"mimetypeapplication/vnd.oasis.opendocument", "OpenDocument is not supported: save it as .docx or .pdf"),
    (30, b"mimetypeapplication/epub", "e-books are not supported: save its pages as .html or .txt"),
    (0, b"7z\xbc\xaf\x27\x1c", "7z is not supported: pack it as .zip or .tar.gz"),
    (0, b"Rar!\x1a\x07", "RAR is not supported: pack it as .zip or .tar.gz"),
    (0, b"\x28\xb5\x2f\xfd", "Zstandard is not supported: pack it as .gz"),
    (0, b"ORC", "ORC is not supported: save it as .parquet"),
)

_KINDS: Mapping[str, str] = {  # what is no article whatever is in it, by suffix
    _IMAGE: ".png .jpg .jpeg .gif .webp .bmp .tif .tiff .ico .svg .svgz .avif .heic .psd .ai .eps",
    _AUDIO: ".mp3 .wav .ogg .oga .opus .flac .m4a .aac .wma .aiff",
    _VIDEO: ".mp4 .m4v .mov .avi .mkv .webm .wmv .flv .mpg .mpeg .3gp .vtt .srt",
    _PROGRAM: ".exe .dll .so .dylib .msi .apk .jar .class .o .a .pyc .wasm .deb .rpm .dmg .iso",
    _FONT: ".ttf .otf .woff .woff2 .eot",
    "a web page's style": ".css .scss .sass .less",
    "program code": ".js .mjs .cjs .ts .tsx .jsx .map .py .ipynb .java .c .h .cc .cpp .cs .go .rs .rb .sh .bat .ps1 .r "
    ".sql .swift .kt .lua .pl",
    "settings": ".ini .cfg .conf .toml .yaml .yml .lock .plist .env .properties .ds_store .lnk .url .webloc",
    "a log": ".log",
    "a spreadsheet: save it as .csv": ".xlsx .xlsm .xlsb .numbers",
    "a presentation: save it as .pdf": ".pptx .pptm .key",
    "Pages is not supported: save it as .docx or .pdf": ".pages",
    "machine data": ".pkl .npy .npz .pt .bin .dat .db .sqlite .idx .faiss .h5 .feather .arrow .avro .cdx .cdxj .part",
}
_BY_SUFFIX = {suffix: reason for reason, suffixes in _KINDS.items() for suffix in suffixes.split()}
_BY_NAME = {"thumbs.db": "a folder's settings", "desktop.ini": "a folder's settings", "icon\r": "a folder's settings"}


def refusal(head: bytes, name: str, suffix: str) -> str | None:
    """Why a file that begins like this is no article; None if it may be one."""
    for at, signature, reason in _SIGNATURES:
        if head.startswith(signature, at):
            return reason
    if head.startswith(b"PK\x03\x04"):
        return _office(head)
    return _BY_NAME.get(name.rpartition("/")[2].lower()) or _BY_SUFFIX.get(suffix)


def _office(head: bytes) -> str | None:
    """What else is a zip file by its build."""
    first = head[30:100]
    if not first.startswith((b"[Content_Types].xml", b"_rels/", b"docProps/", b"META-INF/")):
        return None
    if b"xl/workbook" in head or b"xl/worksheets" in head:
        return "a spreadsheet: save it as .csv"
    if b"ppt/slides" in head or b"ppt/presentation" in head:
        return "a presentation: save it as .pdf"
    return _PROGRAM if first.startswith(b"META-INF/MANIFEST.MF") else None
