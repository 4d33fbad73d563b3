-- +goose Up
ALTER TABLE coaching.fact DROP CONSTRAINT fact_kind_known;
ALTER TABLE coaching.fact ADD CONSTRAINT fact_kind_known CHECK (kind IN ('offer_sent', 'offer_yes', 'offer_no', 'offer_expired', 'offer_reserve',
    'offer_thanked', 'offer_withdrawn', 'seat_asked', 'seat_refused', 'confirmed', 'shift', 'first_shift', 'no_show', 'called_off',
    'hours_proposed', 'hours_countered', 'hours_agreed', 'hours_disputed', 'feedback', 'billed', 'paid', 'pay_failed', 'pay_waits', 'pay_ready',
    'skill_confirmed'));

-- +goose Down
DELETE FROM coaching.fact WHERE kind IN ('pay_waits', 'pay_ready');
ALTER TABLE coaching.fact DROP CONSTRAINT fact_kind_known;
ALTER TABLE coaching.fact ADD CONSTRAINT fact_kind_known CHECK (kind IN ('offer_sent', 'offer_yes', 'offer_no', 'offer_expired', 'offer_reserve',
    'offer_thanked', 'offer_withdrawn', 'seat_asked', 'seat_refused', 'confirmed', 'shift', 'first_shift', 'no_show', 'called_off',
    'hours_proposed', 'hours_countered', 'hours_agreed', 'hours_disputed', 'feedback', 'billed', 'paid', 'pay_failed', 'skill_confirmed'));
