-- +goose Up
ALTER TABLE matching.offer
    ADD COLUMN asked        boolean NOT NULL DEFAULT false,
    ADD COLUMN decided_by   uuid,
    ADD COLUMN refused_why  text,
    ADD COLUMN refused_text text,
    DROP CONSTRAINT offer_state_known,
    DROP CONSTRAINT offer_end_has_its_time;
ALTER TABLE matching.offer
    ADD CONSTRAINT offer_state_known CHECK (state IN ('asked', 'sent', 'yes', 'no', 'refused', 'expired', 'withdrawn', 'confirmed', 'reserve', 'thanked')),
    ADD CONSTRAINT offer_end_has_its_time CHECK ((state IN ('refused', 'expired', 'withdrawn', 'confirmed', 'reserve', 'thanked')) = (decided_at IS NOT NULL)),
    ADD CONSTRAINT offer_asked_by_the_member CHECK (state NOT IN ('asked', 'refused') OR asked),
    ADD CONSTRAINT offer_decided_by FOREIGN KEY (cooperative_id, decided_by) REFERENCES members.role (cooperative_id, id),
    ADD CONSTRAINT offer_only_asks_are_decided_by_somebody CHECK (decided_by IS NULL OR asked),
    ADD CONSTRAINT offer_refusal_has_its_human CHECK (state <> 'refused' OR decided_by IS NOT NULL),
    ADD CONSTRAINT offer_refusal_says_why CHECK ((state = 'refused') = (refused_why IS NOT NULL)),
    ADD CONSTRAINT offer_refused_why_known CHECK (refused_why IN ('somebody_else', 'other_skills', 'gig_changed', 'something_else')),
    ADD CONSTRAINT offer_refused_text_length CHECK (char_length(refused_text) BETWEEN 1 AND 300),
    ADD CONSTRAINT offer_refused_text_only_then CHECK (refused_text IS NULL OR state = 'refused');
COMMENT ON TABLE matching.offer IS 'One seat of a shift put to one member, or asked by one, with its explanation. sent → yes | no | expired | withdrawn; asked → yes | refused | withdrawn | expired; yes → confirmed | reserve | withdrawn; reserve → confirmed | thanked.';
COMMENT ON COLUMN matching.offer.asked IS 'The member asked for the seat. Until then is the time to decide.';
COMMENT ON COLUMN matching.offer.decided_by IS 'The role of the client''s contact or coordinator who decided about what was asked. No machine refuses anyone.';
COMMENT ON COLUMN matching.offer.refused_why IS 'Told to the member, and never read by matching.';
CREATE INDEX offer_decided_by ON matching.offer (cooperative_id, decided_by) WHERE decided_by IS NOT NULL;
CREATE INDEX offer_to_decide ON matching.offer (cooperative_id, until) WHERE state = 'asked';

-- +goose Down
DELETE FROM matching.offer WHERE state IN ('asked', 'refused');
ALTER TABLE matching.offer
    DROP CONSTRAINT offer_state_known,
    DROP CONSTRAINT offer_end_has_its_time,
    DROP COLUMN asked,
    DROP COLUMN decided_by,
    DROP COLUMN refused_why,
    DROP COLUMN refused_text;
ALTER TABLE matching.offer
    ADD CONSTRAINT offer_state_known CHECK (state IN ('sent', 'yes', 'no', 'expired', 'withdrawn', 'confirmed', 'reserve', 'thanked')),
    ADD CONSTRAINT offer_end_has_its_time CHECK ((state IN ('expired', 'withdrawn', 'confirmed', 'reserve', 'thanked')) = (decided_at IS NOT NULL));
