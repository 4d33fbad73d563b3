-- +goose Up
ALTER TABLE matching.offer
    ADD COLUMN coach_until  timestamptz,
    ADD COLUMN coach_id     uuid,
    ADD COLUMN passed_on_at timestamptz,
    ADD COLUMN held_back_at timestamptz,
    ADD COLUMN held_why     bytea,
    DROP CONSTRAINT offer_state_known;
ALTER TABLE matching.offer
    ADD CONSTRAINT offer_state_known CHECK (state IN ('waiting_coach', 'asked', 'sent', 'yes', 'no', 'refused', 'expired', 'withdrawn', 'confirmed', 'reserve', 'thanked')),
    ADD CONSTRAINT offer_coach FOREIGN KEY (cooperative_id, coach_id) REFERENCES members.role (cooperative_id, id),
    ADD CONSTRAINT offer_waits_for_a_coach_until CHECK (state <> 'waiting_coach' OR coach_until IS NOT NULL AND coach_id IS NULL),
    ADD CONSTRAINT offer_coach_in_the_window CHECK (state <> 'waiting_coach' OR coach_until < until),
    ADD CONSTRAINT offer_coach_did_one_thing CHECK (num_nonnulls(passed_on_at, held_back_at) = num_nonnulls(coach_id)),
    ADD CONSTRAINT offer_held_back_only_by_a_coach CHECK (held_why IS NULL OR held_back_at IS NOT NULL),
    ADD CONSTRAINT offer_held_why_length CHECK (octet_length(held_why) BETWEEN 30 AND 1229);
COMMENT ON TABLE matching.offer IS 'One seat of a shift put to one member, or asked by one, with its explanation. waiting_coach → sent | withdrawn; sent → yes | no | expired | withdrawn; asked → yes | refused | withdrawn | expired; yes → confirmed | reserve | withdrawn; reserve → confirmed | thanked. What a coach held back the member can still ask.';
COMMENT ON COLUMN matching.offer.coach_until IS 'When it goes to the member by itself; NULL: no coach saw it first.';
COMMENT ON COLUMN matching.offer.coach_id IS 'The role of the coach who passed it on or held it back; NULL: nobody did.';
COMMENT ON COLUMN matching.offer.held_why IS 'Sealed with the key of the member''s person, who reads it: at most 300 characters.';
CREATE INDEX offer_coach ON matching.offer (cooperative_id, coach_id) WHERE coach_id IS NOT NULL;
CREATE INDEX offer_waits_for_coach ON matching.offer (cooperative_id, member_id) WHERE state = 'waiting_coach';

-- +goose Down
DELETE FROM matching.offer WHERE state = 'waiting_coach';
ALTER TABLE matching.offer
    DROP CONSTRAINT offer_state_known,
    DROP COLUMN coach_until,
    DROP COLUMN coach_id,
    DROP COLUMN passed_on_at,
    DROP COLUMN held_back_at,
    DROP COLUMN held_why;
ALTER TABLE matching.offer
    ADD CONSTRAINT offer_state_known CHECK (state IN ('asked', 'sent', 'yes', 'no', 'refused', 'expired', 'withdrawn', 'confirmed', 'reserve', 'thanked'));
