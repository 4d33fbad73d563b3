-- +goose Up
CREATE INDEX engagement_unsettled_ends ON jobs.engagement (ends_at) WHERE state IN ('confirmed', 'started', 'finished');

-- +goose Down
DROP INDEX jobs.engagement_unsettled_ends;
