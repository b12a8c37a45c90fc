-- Derived. What was taken in as one from a report or a workbook; the count revisions
-- before it on its chain. hash is the source's SHA-256 in hexadecimal.
CREATE TABLE batch (
    id INTEGER PRIMARY KEY, rev INTEGER, void INTEGER NOT NULL,
    hash TEXT NOT NULL, source TEXT NOT NULL, count INTEGER NOT NULL
) STRICT;
CREATE INDEX batch_hash ON batch (hash);
