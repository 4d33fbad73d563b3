-- +goose Up
ALTER TABLE jobs.engagement
    ADD COLUMN stopped_at      timestamptz,
    ADD COLUMN stopped_role_id uuid,
    ADD CONSTRAINT engagement_stopped_role FOREIGN KEY (cooperative_id, stopped_role_id) REFERENCES members.role (cooperative_id, id),
    ADD CONSTRAINT engagement_stopped_by_a_human CHECK (num_nonnulls(stopped_at, stopped_role_id) IN (0, 2)),
    ADD CONSTRAINT engagement_stopped_was_begun CHECK (stopped_at IS NULL OR stopped_at >= starts_at AND stopped_at < ends_at AND called_off_at IS NULL
        AND state IN ('finished', 'agreed', 'billed', 'paid', 'closed'));
COMMENT ON COLUMN jobs.engagement.stopped_at IS 'When the client ended work that had begun: until then counts as planned, and its hours are still said.';
CREATE INDEX engagement_stopped_role ON jobs.engagement (cooperative_id, stopped_role_id) WHERE stopped_role_id IS NOT NULL;

-- +goose Down
ALTER TABLE jobs.engagement DROP COLUMN stopped_at, DROP COLUMN stopped_role_id;
