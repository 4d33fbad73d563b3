-- +goose Up
CREATE INDEX engagement_start ON jobs.engagement (cooperative_id, starts_at);

-- +goose Down
DROP INDEX jobs.engagement_start;
