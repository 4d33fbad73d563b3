-- +goose Up
ALTER TABLE coaching.fact DROP CONSTRAINT fact_kind_known;
ALTER TABLE coaching.fact ADD CONSTRAINT fact_kind_known CHECK (kind IN ('offer_sent', 'offer_yes', 'offer_no', 'offer_expired', 'offer_reserve',
    'offer_thanked', 'offer_withdrawn', 'seat_asked', 'seat_refused', 'confirmed', 'shift', 'first_shift', 'no_show',
    'hours_proposed', 'hours_countered', 'hours_agreed', 'billed', 'paid', 'pay_failed', 'skill_confirmed'));
-- The caseload reads few facts of each kind, the newest first, from the index alone.
CREATE INDEX fact_of_kind ON coaching.fact (cooperative_id, member_id, kind, at DESC) INCLUDE (minutes);
CREATE INDEX question_waits ON coaching.question (cooperative_id, member_id, asked_at) WHERE state = 'asked';

-- +goose Down
DROP INDEX coaching.fact_of_kind, coaching.question_waits;
DELETE FROM coaching.fact WHERE kind IN ('first_shift', 'no_show', 'skill_confirmed');
ALTER TABLE coaching.fact DROP CONSTRAINT fact_kind_known;
ALTER TABLE coaching.fact ADD CONSTRAINT fact_kind_known CHECK (kind IN ('offer_sent', 'offer_yes', 'offer_no', 'offer_expired', 'offer_reserve',
    'offer_thanked', 'offer_withdrawn', 'seat_asked', 'seat_refused', 'confirmed', 'shift', 'hours_proposed', 'hours_countered', 'hours_agreed', 'billed', 'paid', 'pay_failed'));
