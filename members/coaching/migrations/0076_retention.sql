-- +goose Up
CREATE INDEX fact_over ON coaching.fact (at);
CREATE INDEX question_over ON coaching.question (answered_at) WHERE state = 'answered';
CREATE INDEX report_over ON coaching.report (closed_at) WHERE state = 'closed';
COMMENT ON TABLE coaching.fact IS 'What happened to a member, as other domains report it. Rows are only added, and go after two years; ref is a random id of theirs.';

-- +goose Down
COMMENT ON TABLE coaching.fact IS 'What happened to a member, as other domains report it. Rows are only added; ref is a random id of theirs.';
DROP INDEX coaching.fact_over, coaching.question_over, coaching.report_over;
