-- +goose Up
CREATE TABLE coaching.fact (
    id             uuid PRIMARY KEY,
    cooperative_id uuid NOT NULL,
    member_id      uuid NOT NULL,
    kind           text NOT NULL,
    at             timestamptz NOT NULL,
    minutes        integer NOT NULL,
    ref            text NOT NULL,
    CONSTRAINT fact_once UNIQUE (cooperative_id, member_id, kind, ref),
    CONSTRAINT fact_member FOREIGN KEY (cooperative_id, member_id) REFERENCES members.member (cooperative_id, id),
    CONSTRAINT fact_kind_known CHECK (kind IN ('offer_sent', 'offer_yes', 'offer_no', 'offer_expired', 'offer_reserve',
        'offer_thanked', 'offer_withdrawn', 'seat_asked', 'seat_refused', 'confirmed', 'shift', 'hours_proposed', 'hours_countered', 'hours_agreed', 'billed', 'paid', 'pay_failed')),
    CONSTRAINT fact_minutes_not_negative CHECK (minutes >= 0),
    CONSTRAINT fact_ref_is_an_id CHECK (ref ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$')
);
COMMENT ON TABLE coaching.fact IS 'What happened to a member, as other domains report it. Rows are only added; ref is a random id of theirs.';
CREATE INDEX fact_timeline ON coaching.fact (cooperative_id, member_id, at DESC, id DESC);

-- +goose Down
DROP TABLE coaching.fact;
