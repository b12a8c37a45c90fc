-- Two PCs may have written one sequence number of one desk (a copied program
-- folder): then the chain branches, and each branch has a number of its own.
CREATE TABLE desk_new (
    number    INTEGER PRIMARY KEY,
    id        BLOB NOT NULL,
    parent    INTEGER NOT NULL,  -- number of the chain this one branches from; 0 for none
    start     INTEGER NOT NULL,  -- seq of the first revision kept under this number
    head      INTEGER NOT NULL,  -- seq of the newest revision; start-1 for none yet
    hash      BLOB NOT NULL,     -- its hash
    clock     INTEGER NOT NULL,  -- the latest clock on the chain
    signer    BLOB NOT NULL,     -- who sealed the head of a chain that came in a bundle
    signature BLOB NOT NULL      -- the seal
) STRICT;
INSERT INTO desk_new SELECT number, id, 0, 1, head, hash, clock, x'', x'' FROM desk;
DROP TABLE desk;
ALTER TABLE desk_new RENAME TO desk;

-- Derived. Records that several desks state differently, none having seen the other.
CREATE TABLE clash (record INTEGER PRIMARY KEY) STRICT;
-- Derived. Records of which only corrections have come so far.
CREATE TABLE waiting (record INTEGER PRIMARY KEY) STRICT;

-- Local: desks known by their card or accepted at a merge.
CREATE TABLE peer (
    key       BLOB PRIMARY KEY,
    name      TEXT NOT NULL,
    unit      TEXT NOT NULL,
    recipient TEXT NOT NULL,     -- '' for a desk known only by its chain
    signature BLOB NOT NULL,     -- under its card
    own_name  TEXT NOT NULL,     -- what this desk calls it; '' for its own name
    scope     INTEGER NOT NULL,  -- 0 by the units, 1 this desk's chains only, 2 everything
    accepted  INTEGER NOT NULL,  -- 1: its revisions are merged
    at        INTEGER NOT NULL,  -- when; ms since 1970
    has_at    INTEGER NOT NULL   -- of when peer_has is; ms since 1970, 0 for never
) STRICT, WITHOUT ROWID;
-- Local: what a peer's ledger is known to hold.
CREATE TABLE peer_has (
    peer BLOB NOT NULL,          -- key
    desk BLOB NOT NULL,
    seq  INTEGER NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (peer, desk, hash)
) STRICT, WITHOUT ROWID;

-- Local: what came in, and how each chain stood before.
CREATE TABLE merge (
    number  INTEGER PRIMARY KEY,
    bundle  BLOB NOT NULL,
    file    TEXT NOT NULL,
    sender  BLOB NOT NULL,
    name    TEXT NOT NULL,
    unit    TEXT NOT NULL,
    created INTEGER NOT NULL,    -- ms since 1970
    at      INTEGER NOT NULL,
    carried INTEGER NOT NULL, new INTEGER NOT NULL, corrected INTEGER NOT NULL, voided INTEGER NOT NULL,
    clashing INTEGER NOT NULL, here INTEGER NOT NULL, waiting INTEGER NOT NULL,
    own     INTEGER NOT NULL,    -- the own chain's number and head then: nothing newer may stand on what is undone
    own_head INTEGER NOT NULL,
    undone  INTEGER NOT NULL     -- when; 0 while it stands
) STRICT;
CREATE TABLE merge_chain (
    merge  INTEGER NOT NULL,
    number INTEGER NOT NULL,
    first  INTEGER NOT NULL,
    last   INTEGER NOT NULL,
    hash   BLOB NOT NULL,        -- before first
    clock  INTEGER NOT NULL,
    signer BLOB NOT NULL,
    signature BLOB NOT NULL,
    PRIMARY KEY (merge, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX merge_chain_number ON merge_chain (number, first);

-- Local: what went out.
CREATE TABLE bundle (
    number    INTEGER PRIMARY KEY,
    id        BLOB NOT NULL UNIQUE,
    file      TEXT NOT NULL,
    size      INTEGER NOT NULL,
    at        INTEGER NOT NULL,
    revisions INTEGER NOT NULL
) STRICT;
CREATE TABLE bundle_chain (
    bundle INTEGER NOT NULL,
    number INTEGER NOT NULL,
    first  INTEGER NOT NULL,
    last   INTEGER NOT NULL,
    PRIMARY KEY (bundle, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE bundle_peer (
    bundle    INTEGER NOT NULL,
    peer      BLOB NOT NULL,     -- key; x'' for whoever knows the passphrase
    name      TEXT NOT NULL,
    delivered INTEGER NOT NULL,  -- ms since 1970; 0 while no receipt came
    code      TEXT NOT NULL,     -- why it was refused; '' when merged
    PRIMARY KEY (bundle, peer)
) STRICT, WITHOUT ROWID;
