-- Tells a bundle that was merged without opening it: one under a passphrase is
-- known by it. x'' for merges from before.
ALTER TABLE merge ADD COLUMN imprint BLOB NOT NULL DEFAULT x'';
