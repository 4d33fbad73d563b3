-- +goose Up
ALTER TABLE jobs.engagement
    ADD COLUMN absent_upheld_at      timestamptz,
    ADD COLUMN absent_upheld_role_id uuid,
    ADD COLUMN absent_upheld_why     bytea,
    ADD COLUMN there_at              timestamptz,
    ADD COLUMN there_role_id         uuid,
    ADD CONSTRAINT engagement_upheld_role FOREIGN KEY (cooperative_id, absent_upheld_role_id) REFERENCES members.role (cooperative_id, id),
    ADD CONSTRAINT engagement_there_role FOREIGN KEY (cooperative_id, there_role_id) REFERENCES members.role (cooperative_id, id),
    ADD CONSTRAINT engagement_upheld_is_whole CHECK (num_nonnulls(absent_upheld_at, absent_upheld_role_id, absent_upheld_why) IN (0, 3)),
    ADD CONSTRAINT engagement_upheld_after_denied CHECK (absent_upheld_at IS NULL OR absent_denied_at IS NOT NULL),
    ADD CONSTRAINT engagement_upheld_why_length CHECK (octet_length(absent_upheld_why) BETWEEN 30 AND 2029),
    ADD CONSTRAINT engagement_there_by_a_human CHECK (num_nonnulls(there_at, there_role_id) IN (0, 2)),
    ADD CONSTRAINT engagement_there_or_absent CHECK (there_at IS NULL OR state <> 'absent');
CREATE INDEX engagement_upheld_role ON jobs.engagement (cooperative_id, absent_upheld_role_id) WHERE absent_upheld_role_id IS NOT NULL;
CREATE INDEX engagement_there_role ON jobs.engagement (cooperative_id, there_role_id) WHERE there_role_id IS NOT NULL;
CREATE INDEX engagement_denied ON jobs.engagement (cooperative_id, absent_denied_at) WHERE absent_denied_at IS NOT NULL AND absent_upheld_at IS NULL;
COMMENT ON COLUMN jobs.engagement.absent_upheld_at IS 'When a coordinator, who looked at what the member said, left it as it was.';
COMMENT ON COLUMN jobs.engagement.absent_upheld_why IS 'Sealed with the key of the member''s person, who reads it: at most 500 characters.';
COMMENT ON COLUMN jobs.engagement.there_at IS 'When a coordinator found that the member was there: the client cannot say again that they did not come.';

-- +goose Down
ALTER TABLE jobs.engagement
    DROP COLUMN absent_upheld_at,
    DROP COLUMN absent_upheld_role_id,
    DROP COLUMN absent_upheld_why,
    DROP COLUMN there_at,
    DROP COLUMN there_role_id;
