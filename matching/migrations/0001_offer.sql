-- +goose Up
CREATE TABLE matching.offer (
    id              uuid PRIMARY KEY,
    cooperative_id  uuid NOT NULL,
    shift_id        uuid NOT NULL,
    member_id       uuid NOT NULL,
    state           text NOT NULL,
    points          integer NOT NULL,
    weights_version integer NOT NULL,
    explanation     jsonb NOT NULL,
    sent_at         timestamptz NOT NULL,
    until           timestamptz NOT NULL,
    answered_at     timestamptz,
    decided_at      timestamptz,
    reason          text,
    CONSTRAINT offer_within_cooperative UNIQUE (cooperative_id, id),
    CONSTRAINT offer_once UNIQUE (shift_id, member_id),
    CONSTRAINT offer_shift FOREIGN KEY (cooperative_id, shift_id) REFERENCES jobs.shift (cooperative_id, id),
    CONSTRAINT offer_member FOREIGN KEY (cooperative_id, member_id) REFERENCES members.member (cooperative_id, id),
    CONSTRAINT offer_state_known CHECK (state IN ('sent', 'yes', 'no', 'expired', 'withdrawn', 'confirmed', 'reserve', 'thanked')),
    CONSTRAINT offer_points_are_the_explanation CHECK (points = (explanation->>'total')::integer),
    CONSTRAINT offer_window CHECK (until > sent_at),
    CONSTRAINT offer_answer_has_its_time CHECK (state NOT IN ('yes', 'no') OR answered_at IS NOT NULL),
    CONSTRAINT offer_end_has_its_time CHECK ((state IN ('expired', 'withdrawn', 'confirmed', 'reserve', 'thanked')) = (decided_at IS NOT NULL)),
    CONSTRAINT offer_reason_only_with_no CHECK (reason IS NULL OR state = 'no'),
    CONSTRAINT offer_reason_known CHECK (reason IN ('too_far', 'wrong_time', 'not_my_work', 'too_heavy', 'ill', 'something_else'))
);
COMMENT ON TABLE matching.offer IS 'One seat of a shift put to one member, with its explanation. sent → yes | no | expired | withdrawn; yes → confirmed | reserve | withdrawn; reserve → confirmed | thanked.';
COMMENT ON COLUMN matching.offer.reason IS 'Optional, and never read by matching: saying no is free.';
CREATE INDEX offer_of_member ON matching.offer (cooperative_id, member_id, sent_at DESC);
CREATE INDEX offer_of_shift ON matching.offer (cooperative_id, shift_id, state);

-- +goose Down
DROP TABLE matching.offer;
