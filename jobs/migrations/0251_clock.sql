-- +goose Up
ALTER TABLE jobs.engagement
    ADD COLUMN checked_in_at timestamptz,
    ADD COLUMN check_in_received_at timestamptz,
    ADD COLUMN check_in_id uuid,
    ADD COLUMN checked_out_at timestamptz,
    ADD COLUMN check_out_received_at timestamptz,
    ADD COLUMN check_out_id uuid,
    ADD COLUMN clock_break_minutes integer,
    ADD COLUMN clock_helper_id uuid,
    ADD CONSTRAINT engagement_check_in_is_whole CHECK (num_nulls(checked_in_at, check_in_received_at, check_in_id) IN (0, 3)),
    ADD CONSTRAINT engagement_check_out_is_whole CHECK (num_nulls(checked_out_at, check_out_received_at, check_out_id, clock_break_minutes) IN (0, 4)),
    ADD CONSTRAINT engagement_in_before_out CHECK (checked_out_at IS NULL OR checked_in_at IS NOT NULL AND checked_out_at > checked_in_at),
    ADD CONSTRAINT engagement_pressed_before_received CHECK (checked_in_at <= check_in_received_at AND checked_out_at <= check_out_received_at),
    ADD CONSTRAINT engagement_clock_break_range CHECK (clock_break_minutes BETWEEN 0 AND 720),
    ADD CONSTRAINT engagement_clock_helper FOREIGN KEY (cooperative_id, clock_helper_id) REFERENCES members.role (cooperative_id, id);
COMMENT ON COLUMN jobs.engagement.checked_in_at IS 'When the member says they pressed "I am here"; a phone without internet sends it later. Never where.';
COMMENT ON COLUMN jobs.engagement.check_in_id IS 'Drawn in the form: the same press sent twice is one.';
CREATE INDEX engagement_clock_helper ON jobs.engagement (cooperative_id, clock_helper_id) WHERE clock_helper_id IS NOT NULL;

-- +goose Down
DROP INDEX jobs.engagement_clock_helper;
ALTER TABLE jobs.engagement DROP COLUMN checked_in_at, DROP COLUMN check_in_received_at, DROP COLUMN check_in_id, DROP COLUMN checked_out_at,
    DROP COLUMN check_out_received_at, DROP COLUMN check_out_id, DROP COLUMN clock_break_minutes, DROP COLUMN clock_helper_id;
