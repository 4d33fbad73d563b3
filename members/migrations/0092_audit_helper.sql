-- +goose Up
-- Links without a helper keep the hash that they have; one with a helper is
-- hashed together with them.
ALTER TABLE members.audit
    ADD COLUMN helper_id uuid CONSTRAINT audit_helper REFERENCES members.person,
    ADD CONSTRAINT audit_helper_helps_somebody CHECK (helper_id IS NULL OR by_id IS NOT NULL AND by_id <> helper_id);
COMMENT ON COLUMN members.audit.helper_id IS 'Who did it in the name of by_id, who lets them: act for me.';
CREATE INDEX audit_of_helper ON members.audit (helper_id, at DESC) WHERE helper_id IS NOT NULL;

-- +goose Down
DROP INDEX members.audit_of_helper;
ALTER TABLE members.audit DROP COLUMN helper_id;
