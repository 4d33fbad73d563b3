-- +goose Up
-- What a member shows alone stands beside what their coach asks: asking looks the
-- same whether the member shows themselves already or not.
DROP INDEX coaching.release_one_at_a_time;
CREATE UNIQUE INDEX release_one_at_a_time ON coaching.release (cooperative_id, member_id, client_id, alone) WHERE state IN ('asked', 'released');

-- +goose Down
DROP INDEX coaching.release_one_at_a_time;
CREATE UNIQUE INDEX release_one_at_a_time ON coaching.release (cooperative_id, member_id, client_id) WHERE state IN ('asked', 'released');
