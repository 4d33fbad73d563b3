-- +goose Up
-- What came to, or left, the shared account and is nobody's may be a cooperative's own:
-- two of its people say so.
ALTER TABLE payments.difference
    ADD COLUMN claimed_by uuid,
    ADD COLUMN claimed_at timestamptz,
    ADD COLUMN claim_note text NOT NULL DEFAULT '',
    ADD COLUMN claim_account text,
    ADD COLUMN claim_subject uuid,
    ADD COLUMN claim_agreed_by uuid,
    ADD CONSTRAINT difference_claimed_by FOREIGN KEY (cooperative_id, claimed_by) REFERENCES members.role (cooperative_id, id),
    ADD CONSTRAINT difference_claim_agreed_by FOREIGN KEY (cooperative_id, claim_agreed_by) REFERENCES members.role (cooperative_id, id),
    ADD CONSTRAINT difference_claim_four_eyes CHECK (claim_agreed_by IS NULL OR claimed_by IS NOT NULL AND claim_agreed_by <> claimed_by),
    ADD CONSTRAINT difference_claimed CHECK ((claimed_by IS NULL) = (claimed_at IS NULL) AND (claimed_by IS NULL) = (claim_note = '')
        AND num_nonnulls(claim_account, claim_subject) = CASE WHEN claimed_by IS NULL THEN 0 ELSE 1 END),
    ADD CONSTRAINT difference_claims_what_nobody_has CHECK (claimed_by IS NULL OR kind = 'unknown'),
    ADD CONSTRAINT difference_claim_account CHECK (claim_account ~ '^coop:[a-z]+$'),
    ADD CONSTRAINT difference_claim_note_length CHECK (char_length(claim_note) <= 300);
COMMENT ON COLUMN payments.difference.claimed_by IS 'Who says that it is this cooperative''s; a second person must agree.';
COMMENT ON COLUMN payments.difference.claim_note IS 'What it is: about money and nobody; plain.';
COMMENT ON COLUMN payments.difference.claim_account IS 'To or from which account of the cooperative it is booked then; none: it is booked, as claim_subject.';
CREATE INDEX difference_claimer ON payments.difference (cooperative_id, claimed_by) WHERE claimed_by IS NOT NULL;
CREATE INDEX difference_claim_agreer ON payments.difference (cooperative_id, claim_agreed_by) WHERE claim_agreed_by IS NOT NULL;

-- +goose Down
ALTER TABLE payments.difference DROP COLUMN claimed_by, DROP COLUMN claimed_at, DROP COLUMN claim_note, DROP COLUMN claim_account, DROP COLUMN claim_subject, DROP COLUMN claim_agreed_by;
