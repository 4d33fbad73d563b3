-- +goose Up
CREATE INDEX offer_over ON matching.offer (until) WHERE state IN ('no', 'refused', 'expired', 'withdrawn', 'confirmed', 'thanked');

-- +goose Down
DROP INDEX matching.offer_over;
