-- +goose Up
CREATE TABLE matching.review (
    id             uuid PRIMARY KEY,
    cooperative_id uuid NOT NULL CONSTRAINT review_cooperative REFERENCES members.cooperative,
    member_id      uuid NOT NULL,
    shift_id       uuid NOT NULL,
    offer_id       uuid,
    rules          text[] NOT NULL,
    shows          boolean NOT NULL,
    words          bytea,
    asked_at       timestamptz NOT NULL,
    due_at         timestamptz NOT NULL,
    looker_id      uuid NOT NULL,
    alone          boolean NOT NULL,
    reminded_at    timestamptz,
    late_at        timestamptz,
    outcome        text,
    answer         bytea,
    answered_at    timestamptz,
    CONSTRAINT review_member FOREIGN KEY (cooperative_id, member_id) REFERENCES members.member (cooperative_id, id),
    CONSTRAINT review_shift FOREIGN KEY (cooperative_id, shift_id) REFERENCES jobs.shift (cooperative_id, id),
    CONSTRAINT review_offer FOREIGN KEY (cooperative_id, offer_id) REFERENCES matching.offer (cooperative_id, id) ON DELETE SET NULL (offer_id),
    CONSTRAINT review_looker FOREIGN KEY (cooperative_id, looker_id) REFERENCES members.role (cooperative_id, id),
    CONSTRAINT review_due_in_two_weeks CHECK (due_at - asked_at BETWEEN interval '335 hours' AND interval '337 hours'),
    CONSTRAINT review_words_length CHECK (octet_length(words) BETWEEN 30 AND 8029),
    CONSTRAINT review_late_after_due CHECK (late_at >= due_at),
    CONSTRAINT review_outcome_known CHECK (outcome IN ('stands', 'offered', 'mended')),
    CONSTRAINT review_answered_whole CHECK (num_nulls(outcome, answer, answered_at) IN (0, 3)),
    CONSTRAINT review_answer_length CHECK (octet_length(answer) BETWEEN 49 AND 8029)
);
COMMENT ON TABLE matching.review IS 'A member asks a person why they were asked for a shift, or not. A named person answers with reasons within fourteen days. No clock decides.';
COMMENT ON COLUMN matching.review.rules IS 'The rules that kept the member from the shift when they asked.';
COMMENT ON COLUMN matching.review.shows IS 'The member lets who looks read those of these rules that are about what they told of themselves.';
COMMENT ON COLUMN matching.review.words IS 'Sealed with the key of the member''s person, as is answer.';
COMMENT ON COLUMN matching.review.looker_id IS 'The role of the coach or coordinator who looks; a coordinator may take it over when it is late, or when they left.';
COMMENT ON COLUMN matching.review.alone IS 'Who looks is who decided: there was nobody else.';
COMMENT ON COLUMN matching.review.outcome IS 'stands; or corrected: offered, a person chose the member for the shift, or mended, what was known of them was wrong and is not any more.';
CREATE UNIQUE INDEX review_once ON matching.review (shift_id, member_id) WHERE answered_at IS NULL;
CREATE INDEX review_of_member ON matching.review (cooperative_id, member_id, asked_at DESC);
CREATE INDEX review_of_shift ON matching.review (cooperative_id, shift_id);
CREATE INDEX review_of_offer ON matching.review (cooperative_id, offer_id) WHERE offer_id IS NOT NULL;
CREATE INDEX review_of_looker ON matching.review (cooperative_id, looker_id);
CREATE INDEX review_open ON matching.review (cooperative_id, due_at) WHERE answered_at IS NULL;
CREATE INDEX review_answered ON matching.review (cooperative_id, answered_at DESC) WHERE answered_at IS NOT NULL;

-- +goose Down
DROP TABLE matching.review;
