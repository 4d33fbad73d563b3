-- +goose Up
ALTER TABLE payments.difference
    ADD COLUMN asked_by uuid,
    ADD COLUMN asked_at timestamptz,
    ADD COLUMN wish text NOT NULL DEFAULT '',
    ADD CONSTRAINT difference_asked_by FOREIGN KEY (cooperative_id, asked_by) REFERENCES members.role (cooperative_id, id),
    ADD CONSTRAINT difference_asked CHECK ((asked_by IS NULL) = (asked_at IS NULL) AND (asked_at IS NULL) = (wish = '')),
    ADD CONSTRAINT difference_four_eyes CHECK (asked_by <> explained_by),
    ADD CONSTRAINT difference_wish_length CHECK (char_length(wish) <= 300);
COMMENT ON COLUMN payments.difference.wish IS 'Why it may stay so, as the first of two says where the sum asks for two: about money and nobody; plain.';
CREATE INDEX difference_asker ON payments.difference (cooperative_id, asked_by) WHERE asked_by IS NOT NULL;

-- +goose Down
ALTER TABLE payments.difference DROP COLUMN asked_by, DROP COLUMN asked_at, DROP COLUMN wish;
