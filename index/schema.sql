-- One archive: articles, their passages with vectors, and the full-text index. Everything else is derived from this file.
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE articles (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    source TEXT NOT NULL,
    authors TEXT NOT NULL,          -- a JSON list
    published TEXT,                 -- ISO 8601 as read, with a zone where one was known
    published_at REAL,              -- the same moment in seconds since 1970 UTC (no zone: taken as UTC), for filters
    url TEXT,
    origin TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    language TEXT NOT NULL,
    section TEXT NOT NULL,
    published_from TEXT NOT NULL,
    published_sure TEXT,
    published_until TEXT,
    given_by TEXT NOT NULL,         -- a JSON list of [field, what gave it]
    format TEXT NOT NULL,
    removed TEXT NOT NULL,          -- a JSON list of [kind, text, at]
    mentions TEXT NOT NULL          -- a JSON list of [start, end, first, last]: the dates the text speaks of
);
CREATE INDEX articles_by_origin ON articles (origin);
CREATE INDEX articles_by_time ON articles (published_at);
-- All that is counted by, and what a filter asks: read from the rows themselves, which lie behind the texts, 30,000
-- articles take 250 ms to count instead of 30.
CREATE INDEX articles_by_source ON articles (source, language, published_at);

-- AUTOINCREMENT: an id is never used twice, so a derived index can be compared with this table by ids alone.
CREATE TABLE passages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    article INTEGER NOT NULL REFERENCES articles (number) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    start INTEGER NOT NULL,         -- offsets count characters of articles.text
    "end" INTEGER NOT NULL,
    vector BLOB NOT NULL,           -- float32, little-endian, length 1
    UNIQUE (article, ordinal)
);

-- The text of a passage is stored once, in its article: the full-text index reads it through this view.
CREATE VIEW passage_words AS
SELECT p.id AS id, p.article AS article, a.title AS title, substr(a.text, p.start + 1, p."end" - p.start) AS text,
    a.source || ' ' || a.authors || ' ' || a.section AS about
FROM passages p JOIN articles a ON a.number = p.article;

CREATE VIRTUAL TABLE words USING fts5 (
    title, text, about, content = 'passage_words', content_rowid = 'id',
    tokenize = 'porter unicode61 remove_diacritics 2'
);

-- index/names: names folded (no case, no accents) → in how many articles each spelling stands.
CREATE TABLE names (
    folded TEXT NOT NULL, spelling TEXT NOT NULL, articles INTEGER NOT NULL, PRIMARY KEY (folded, spelling)
) WITHOUT ROWID;

-- A surname → the fuller names that it may stand for, and in how many articles each of them stands.
CREATE TABLE short_names (
    word TEXT NOT NULL, folded TEXT NOT NULL, articles INTEGER NOT NULL, PRIMARY KEY (word, folded)
) WITHOUT ROWID;

-- The words of names, to find what is misspelt by its beginning or its end.
CREATE TABLE name_words (
    word TEXT NOT NULL,
    spelling TEXT NOT NULL,
    articles INTEGER NOT NULL,
    backwards TEXT NOT NULL,
    PRIMARY KEY (word, spelling)
) WITHOUT ROWID;
CREATE INDEX name_words_backwards ON name_words (backwards);

-- Words in small letters → in how many articles: what is mostly written small is no name.
CREATE TABLE small_words (word TEXT PRIMARY KEY, articles INTEGER NOT NULL) WITHOUT ROWID;

-- index/copies: each article that is long enough in little, to compare it with many others at once.
CREATE TABLE sketches (
    article INTEGER PRIMARY KEY REFERENCES articles (number) ON DELETE CASCADE,
    phrases INTEGER NOT NULL,
    hashes BLOB NOT NULL            -- 64 numbers of four bytes, little-endian
);

-- What two articles that are alike have in common, by which they find each other. The keys of an article follow from its
-- sketch and address: they are deleted by what they are, and need no second index.
-- Those of the latest articles wait in a table of their own, which takes few pages.
CREATE TABLE keys (key INTEGER NOT NULL, article INTEGER NOT NULL, PRIMARY KEY (key, article)) WITHOUT ROWID;
CREATE TABLE new_keys (key INTEGER NOT NULL, article INTEGER NOT NULL, PRIMARY KEY (key, article)) WITHOUT ROWID;

-- Pairs that were compared and found alike, each both ways.
CREATE TABLE likenesses (
    article INTEGER NOT NULL,
    other INTEGER NOT NULL,
    share REAL NOT NULL,            -- how much of the article's wording stands in the other
    PRIMARY KEY (article, other)
) WITHOUT ROWID;

-- Every article that is not alone: a group is known by the number of its origin, which is a member too.
CREATE TABLE copies (
    article INTEGER PRIMARY KEY REFERENCES articles (number) ON DELETE CASCADE,
    origin INTEGER NOT NULL,
    newer INTEGER                   -- the next version of the same article, by the same outlet or at the same address
);
CREATE INDEX copies_by_origin ON copies (origin);
CREATE INDEX copies_by_newer ON copies (newer) WHERE newer IS NOT NULL;
