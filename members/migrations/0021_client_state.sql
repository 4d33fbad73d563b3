-- +goose Up
ALTER TABLE members.client
    ADD COLUMN state       text NOT NULL DEFAULT 'approved',
    ADD COLUMN decided_at  timestamptz,
    ADD COLUMN decided_by  uuid CONSTRAINT client_decided_by REFERENCES members.person,
    ADD COLUMN refused_why text,
    ADD CONSTRAINT client_state_known CHECK (state IN ('asked', 'approved', 'refused')),
    ADD CONSTRAINT client_asked_is_undecided CHECK (state <> 'asked' OR decided_at IS NULL),
    ADD CONSTRAINT client_decided_by_somebody CHECK ((decided_at IS NULL) = (decided_by IS NULL)),
    ADD CONSTRAINT client_refused_says_why CHECK (state <> 'refused'
        OR decided_by IS NOT NULL AND refused_why IS NOT NULL AND char_length(refused_why) BETWEEN 20 AND 2000);
ALTER TABLE members.client ALTER COLUMN state DROP DEFAULT;
COMMENT ON COLUMN members.client.state IS 'asked → approved | refused; refused → approved by a review. Who was registered by the office began as approved.';
CREATE INDEX client_waiting ON members.client (cooperative_id, created_at) WHERE state = 'asked';
CREATE INDEX client_decided_by ON members.client (decided_by) WHERE decided_by IS NOT NULL;

-- +goose Down
ALTER TABLE members.client
    DROP COLUMN refused_why, DROP COLUMN decided_by, DROP COLUMN decided_at, DROP COLUMN state;
