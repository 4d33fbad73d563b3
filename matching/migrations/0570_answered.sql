-- +goose Up
CREATE INDEX offer_answered ON matching.offer (cooperative_id, until DESC)
    WHERE (answered_at IS NOT NULL OR state = 'expired') AND NOT asked AND chosen_by IS NULL;

-- +goose Down
DROP INDEX matching.offer_answered;
