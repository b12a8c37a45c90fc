-- The ledger is the set of revisions; everything below "derived" is rebuilt from them.

-- k = desk number << 40 | seq. record is NULL for the revision that creates its record.
CREATE TABLE revision (
    k      INTEGER PRIMARY KEY,
    record INTEGER,
    kind   INTEGER NOT NULL,
    op     INTEGER NOT NULL,
    clock  INTEGER NOT NULL,
    author TEXT NOT NULL,
    reason TEXT NOT NULL,
    base   BLOB NOT NULL,
    fields BLOB NOT NULL,
    hash   BLOB NOT NULL
) STRICT;
CREATE INDEX revision_record ON revision (record) WHERE record IS NOT NULL;

-- Local: aliases of desks, and which chain this program writes.
CREATE TABLE desk (
    number INTEGER PRIMARY KEY,
    id     BLOB NOT NULL UNIQUE,
    head   INTEGER NOT NULL,   -- seq of the newest revision
    hash   BLOB NOT NULL,      -- its hash
    clock  INTEGER NOT NULL    -- the latest clock on the chain
) STRICT;
CREATE TABLE local (
    name  TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Small numbers for units and items inside roll-up keys. Append only.
CREATE TABLE alias (
    n      INTEGER PRIMARY KEY,
    record INTEGER NOT NULL UNIQUE
) STRICT;

-- Derived. rev is NULL while the creating revision stands.
CREATE TABLE unit (
    id INTEGER PRIMARY KEY, rev INTEGER, void INTEGER NOT NULL,
    name TEXT NOT NULL, parent INTEGER NOT NULL
) STRICT;
CREATE TABLE item (
    id INTEGER PRIMARY KEY, rev INTEGER, void INTEGER NOT NULL,
    name TEXT NOT NULL, measure TEXT NOT NULL, channel INTEGER NOT NULL
) STRICT;
CREATE TABLE publicity (
    id INTEGER PRIMARY KEY, rev INTEGER, void INTEGER NOT NULL,
    unit INTEGER NOT NULL, item INTEGER NOT NULL, day INTEGER NOT NULL,
    value INTEGER NOT NULL, flags INTEGER NOT NULL, note TEXT NOT NULL
) STRICT;
CREATE TABLE site (
    id INTEGER PRIMARY KEY, rev INTEGER, void INTEGER NOT NULL,
    name TEXT NOT NULL, plan INTEGER NOT NULL, rooms INTEGER, activated INTEGER NOT NULL
) STRICT;
CREATE TABLE reserve (
    id INTEGER PRIMARY KEY, rev INTEGER, void INTEGER NOT NULL,
    site INTEGER NOT NULL, at INTEGER NOT NULL, rooms INTEGER NOT NULL, ready INTEGER NOT NULL,
    occupied INTEGER NOT NULL, cleaning INTEGER NOT NULL, unavailable INTEGER NOT NULL
) STRICT;
CREATE INDEX reserve_site ON reserve (site, at);
CREATE TABLE cases (
    id INTEGER PRIMARY KEY, rev INTEGER, void INTEGER NOT NULL,
    at INTEGER NOT NULL, count INTEGER NOT NULL
) STRICT;
CREATE INDEX cases_at ON cases (at);
CREATE TABLE inspection (
    id INTEGER PRIMARY KEY, rev INTEGER, void INTEGER NOT NULL,
    unit INTEGER NOT NULL, day INTEGER NOT NULL, form INTEGER NOT NULL,
    visits INTEGER NOT NULL, problems INTEGER NOT NULL, directives INTEGER NOT NULL
) STRICT;
CREATE INDEX inspection_day ON inspection (day);
CREATE TABLE problem (
    id INTEGER PRIMARY KEY, rev INTEGER, void INTEGER NOT NULL,
    inspection INTEGER NOT NULL, unit INTEGER NOT NULL, deadline INTEGER NOT NULL, state INTEGER NOT NULL
) STRICT;
CREATE INDEX problem_inspection ON problem (inspection);
CREATE INDEX problem_standing ON problem (state) WHERE state <> 3 AND void = 0;

-- Roll-ups of publicity entries that are not voided. k packs mask, level,
-- period, unit alias and item alias: see rollup.go.
CREATE TABLE rollup (
    k INTEGER PRIMARY KEY,
    n INTEGER NOT NULL,   -- entries
    q INTEGER NOT NULL,   -- their quantity
    a INTEGER NOT NULL    -- how many are approximate
) STRICT;
