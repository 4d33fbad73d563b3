-- +goose Up
ALTER TABLE jobs.gig ADD COLUMN emptied_at timestamptz;
COMMENT ON COLUMN jobs.gig.emptied_at IS 'When description and address were taken out, years after the last of its work.';
CREATE INDEX gig_full ON jobs.gig (posted_at) WHERE emptied_at IS NULL;
CREATE INDEX engagement_missed ON jobs.engagement (ends_at) WHERE state IN ('cancelled', 'absent');
CREATE INDEX engagement_over ON jobs.engagement (ends_at) WHERE state IN ('paid', 'closed');

-- +goose Down
DROP INDEX jobs.engagement_missed, jobs.engagement_over, jobs.gig_full;
ALTER TABLE jobs.gig DROP COLUMN emptied_at;
