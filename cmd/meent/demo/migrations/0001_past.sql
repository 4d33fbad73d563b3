-- +goose Up
CREATE TABLE demo.past (
    only_row boolean PRIMARY KEY DEFAULT true,
    begun_at timestamptz NOT NULL,
    CONSTRAINT past_one_row CHECK (only_row)
);
COMMENT ON TABLE demo.past IS 'A row stands here while the demo is given its past: a start that finds one was cut off, and begins anew.';

-- +goose Down
DROP TABLE demo.past;
