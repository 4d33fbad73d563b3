-- +goose Up
ALTER TABLE coaching.fact ADD COLUMN seq bigint GENERATED ALWAYS AS IDENTITY;
COMMENT ON COLUMN coaching.fact.seq IS 'The order of what happened at once.';
DROP INDEX coaching.fact_timeline;
CREATE INDEX fact_timeline ON coaching.fact (cooperative_id, member_id, at DESC, seq DESC);

-- +goose Down
DROP INDEX coaching.fact_timeline;
ALTER TABLE coaching.fact DROP COLUMN seq;
CREATE INDEX fact_timeline ON coaching.fact (cooperative_id, member_id, at DESC, id DESC);
