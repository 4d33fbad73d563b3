-- +goose Up
CREATE TABLE members.client_refusal (
    id             uuid PRIMARY KEY,
    cooperative_id uuid NOT NULL,
    member_id      uuid NOT NULL,
    client_id      uuid NOT NULL,
    by_id          uuid NOT NULL,
    by_role        uuid NOT NULL,
    by_kind        text NOT NULL,
    code           text NOT NULL,
    why            bytea NOT NULL,
    at             timestamptz NOT NULL,
    until          date NOT NULL,
    ended_at       timestamptz,
    ended_how      text,
    CONSTRAINT refusal_member FOREIGN KEY (cooperative_id, member_id) REFERENCES members.member (cooperative_id, id),
    CONSTRAINT refusal_client FOREIGN KEY (cooperative_id, client_id) REFERENCES members.client (cooperative_id, id),
    CONSTRAINT refusal_by_person FOREIGN KEY (cooperative_id, by_role, by_id, by_kind)
        REFERENCES members.role (cooperative_id, id, person_id, kind),
    CONSTRAINT refusal_by_client CHECK (by_kind = 'client'),
    CONSTRAINT refusal_code_known CHECK (code IN ('work', 'agreements', 'contact', 'safety', 'something_else')),
    CONSTRAINT refusal_says_why CHECK (octet_length(why) BETWEEN 39 AND 2029),
    CONSTRAINT refusal_not_for_ever CHECK (until <= (at AT TIME ZONE 'Europe/Amsterdam')::date + interval '12 months'),
    CONSTRAINT refusal_ended_whole CHECK ((ended_at IS NULL) = (ended_how IS NULL)),
    CONSTRAINT refusal_ended_known CHECK (ended_how IN ('client', 'review', 'time'))
);
COMMENT ON TABLE members.client_refusal IS 'A client who would rather work with somebody else than this member, until a day, and why. The member is told, and can ask for a second look.';
COMMENT ON COLUMN members.client_refusal.why IS 'Sealed with the key of the member''s person: 10 to 500 characters.';
CREATE UNIQUE INDEX refusal_one ON members.client_refusal (cooperative_id, member_id, client_id) WHERE ended_at IS NULL;
CREATE INDEX refusal_of_client ON members.client_refusal (cooperative_id, client_id);
CREATE INDEX refusal_by ON members.client_refusal (cooperative_id, by_role);
CREATE INDEX refusal_until ON members.client_refusal (until);

ALTER TABLE members.review
    ADD COLUMN refusal_id uuid CONSTRAINT review_refusal REFERENCES members.client_refusal,
    DROP CONSTRAINT review_of_one_decision,
    ADD CONSTRAINT review_of_one_decision CHECK (num_nonnulls(restriction_id, client_id, deed_seq, refusal_id) = 1);
CREATE UNIQUE INDEX review_of_refusal ON members.review (refusal_id) WHERE refusal_id IS NOT NULL;

-- +goose Down
DELETE FROM members.review WHERE refusal_id IS NOT NULL;
ALTER TABLE members.review
    DROP COLUMN refusal_id, -- and its constraint
    ADD CONSTRAINT review_of_one_decision CHECK (num_nonnulls(restriction_id, client_id, deed_seq) = 1);
DROP TABLE members.client_refusal;
