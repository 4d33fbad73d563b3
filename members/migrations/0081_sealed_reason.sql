-- +goose Up
-- A migration cannot seal: no key is in the database. What stands here in plain
-- words is neither carried over nor thrown away: such a database is refused. No
-- house but those with demo data has any, and demo data is made anew.
-- +goose StatementBegin
DO $$
BEGIN
    IF EXISTS (SELECT FROM members.audit_why) THEN
        RAISE EXCEPTION 'members.audit_why holds reasons in plain words, which this version keeps sealed'
            USING HINT = 'Begin with an empty database: only houses with demo data have been made until now.';
    END IF;
END $$;
-- +goose StatementEnd
ALTER TABLE members.audit_why
    DROP COLUMN salt,
    DROP COLUMN why,
    ADD COLUMN key_id text NOT NULL CONSTRAINT audit_why_key_id_shape CHECK (key_id ~ '^[0-9a-f]{16}$'),
    ADD COLUMN sealed bytea NOT NULL CONSTRAINT audit_why_length CHECK (octet_length(sealed) BETWEEN 46 AND 20000);
COMMENT ON TABLE members.audit_why IS 'The reason of a deed with its salt, sealed with the key of the person whom it concerns, or else of who did it. It can be erased, and so can the key: the chain still holds.';
COMMENT ON COLUMN members.audit_why.key_id IS 'Which key of the person sealed it, a digest that tells nothing of the key: after a key was destroyed, none that follows is held against it.';
COMMENT ON COLUMN members.audit.why_digest IS 'SHA-256 of salt and reason; empty when no reason was given. Both stand sealed in audit_why.';

-- +goose Down
DELETE FROM members.audit_why;
ALTER TABLE members.audit_why DROP COLUMN sealed, DROP COLUMN key_id, ADD COLUMN salt bytea NOT NULL, ADD COLUMN why text NOT NULL;
COMMENT ON COLUMN members.audit.why_digest IS 'SHA-256 of salt and reason; empty when no reason was given. The words stand in audit_why, so that they can be erased and the chain still holds.';
