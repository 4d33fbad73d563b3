-- +goose Up
ALTER TABLE jobs.engagement
    ADD COLUMN unbilled_at  timestamptz,
    ADD COLUMN unbilled_why text,
    ADD CONSTRAINT engagement_unbilled_is_whole CHECK (num_nonnulls(unbilled_at, unbilled_why) IN (0, 2)),
    ADD CONSTRAINT engagement_unbilled_why_known CHECK (unbilled_why IN ('person', 'floor', 'figure')),
    ADD CONSTRAINT engagement_unbilled_is_not_billed CHECK (unbilled_at IS NULL OR state NOT IN ('billed', 'paid', 'closed'));
COMMENT ON COLUMN jobs.engagement.unbilled_at IS 'Since when the law keeps this work off a bill. It is tried again each week; the office puts right what stands in the way.';
CREATE INDEX engagement_unbilled ON jobs.engagement (cooperative_id, unbilled_at) WHERE unbilled_at IS NOT NULL;

-- +goose Down
ALTER TABLE jobs.engagement DROP COLUMN unbilled_at, DROP COLUMN unbilled_why;
