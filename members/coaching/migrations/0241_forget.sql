-- +goose Up
COMMENT ON TABLE coaching.fact IS 'What happened to a member, as other domains report it. Rows are only added, or taken out when they are not so; they go after two years. ref is a random id of theirs.';

-- +goose Down
COMMENT ON TABLE coaching.fact IS 'What happened to a member, as other domains report it. Rows are only added, and go after two years; ref is a random id of theirs.';
