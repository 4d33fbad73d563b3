-- +goose Up
CREATE INDEX engagement_unsettled_shift ON jobs.engagement (cooperative_id, shift_id) WHERE state IN ('confirmed', 'started', 'finished');

-- +goose Down
DROP INDEX jobs.engagement_unsettled_shift;
