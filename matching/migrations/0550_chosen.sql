-- +goose Up
ALTER TABLE matching.offer
    ADD COLUMN chosen_by  uuid,
    ADD COLUMN chosen_why bytea,
    ADD CONSTRAINT offer_chosen_by FOREIGN KEY (cooperative_id, chosen_by) REFERENCES members.role (cooperative_id, id),
    ADD CONSTRAINT offer_chosen_only_by_somebody CHECK (chosen_why IS NULL OR chosen_by IS NOT NULL),
    ADD CONSTRAINT offer_chosen_why_length CHECK (octet_length(chosen_why) BETWEEN 30 AND 1229);
COMMENT ON COLUMN matching.offer.chosen_by IS 'The role of the coordinator who chose the member by hand: every rule holds, the points did not decide. NULL: the points did.';
COMMENT ON COLUMN matching.offer.chosen_why IS 'Sealed with the key of the member''s person, who reads it: at most 300 characters. NULL with chosen_by: of who was erased.';
CREATE INDEX offer_chosen_by ON matching.offer (cooperative_id, chosen_by) WHERE chosen_by IS NOT NULL;

-- +goose Down
DROP INDEX matching.offer_chosen_by;
ALTER TABLE matching.offer DROP COLUMN chosen_by, DROP COLUMN chosen_why;
