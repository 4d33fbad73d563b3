-- +goose Up
ALTER TABLE matching.offer
    ADD COLUMN helper_id uuid,
    ADD CONSTRAINT offer_helper FOREIGN KEY (cooperative_id, helper_id) REFERENCES members.role (cooperative_id, id);
COMMENT ON COLUMN matching.offer.helper_id IS 'The role that answered or asked in the name of the member, who lets them; NULL: the member did, or nobody yet.';
CREATE INDEX offer_helper ON matching.offer (cooperative_id, helper_id) WHERE helper_id IS NOT NULL;

-- +goose Down
DROP INDEX matching.offer_helper;
ALTER TABLE matching.offer DROP COLUMN helper_id;
