-- What near duplicates are found by without reading all texts again. Rebuildable from the
-- messages at any time, so it has no sequence number and does not go through the journal.
-- `recipe` names how it was made; rows of another recipe are made anew.
create table fingerprint (
    conversation_id varchar, recipe varchar, "text" bigint, prompt bigint, ratio double,
    minhash blob
);
create table meaning (conversation_id varchar, recipe varchar, vector blob);
