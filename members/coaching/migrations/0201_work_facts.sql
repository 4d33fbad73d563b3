-- +goose Up
ALTER TABLE coaching.fact DROP CONSTRAINT fact_kind_known;
ALTER TABLE coaching.fact ADD CONSTRAINT fact_kind_known CHECK (kind IN ('offer_sent', 'offer_yes', 'offer_no', 'offer_expired', 'offer_reserve',
    'offer_thanked', 'offer_withdrawn', 'seat_asked', 'seat_refused', 'confirmed', 'shift', 'first_shift', 'no_show', 'called_off',
    'hours_proposed', 'hours_countered', 'hours_agreed', 'hours_disputed', 'feedback', 'billed', 'paid', 'pay_failed', 'skill_confirmed'));

-- +goose Down
DELETE FROM coaching.fact WHERE kind IN ('called_off', 'hours_disputed', 'feedback');
ALTER TABLE coaching.fact DROP CONSTRAINT fact_kind_known;
ALTER TABLE coaching.fact ADD CONSTRAINT fact_kind_known CHECK (kind IN ('offer_sent', 'offer_yes', 'offer_no', 'offer_expired', 'offer_reserve',
    'offer_thanked', 'offer_withdrawn', 'seat_asked', 'seat_refused', 'confirmed', 'shift', 'first_shift', 'no_show',
    'hours_proposed', 'hours_countered', 'hours_agreed', 'billed', 'paid', 'pay_failed', 'skill_confirmed'));
