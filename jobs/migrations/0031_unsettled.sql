-- +goose Up
CREATE INDEX engagement_unsettled ON jobs.engagement (cooperative_id, member_id) WHERE state IN ('confirmed', 'started', 'finished');

-- +goose Down
DROP INDEX jobs.engagement_unsettled;
