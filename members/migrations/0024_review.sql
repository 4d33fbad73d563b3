-- +goose Up
CREATE TABLE members.review (
    id             uuid PRIMARY KEY,
    cooperative_id uuid NOT NULL CONSTRAINT review_cooperative REFERENCES members.cooperative,
    asked_by       uuid NOT NULL CONSTRAINT review_asker REFERENCES members.person,
    restriction_id uuid CONSTRAINT review_restriction REFERENCES members.restriction,
    client_id      uuid,
    deed_seq       bigint,
    decided_by     uuid NOT NULL CONSTRAINT review_decider REFERENCES members.person,
    decided_at     timestamptz NOT NULL,
    words          text NOT NULL,
    state          text NOT NULL,
    asked_at       timestamptz NOT NULL,
    due_at         timestamptz NOT NULL,
    taken_by       uuid CONSTRAINT review_taker REFERENCES members.person,
    taken_at       timestamptz,
    alone          boolean NOT NULL DEFAULT false,
    reminded_at    timestamptz,
    escalated_at   timestamptz,
    outcome        text,
    answer         text,
    answered_at    timestamptz,
    CONSTRAINT review_client FOREIGN KEY (cooperative_id, client_id) REFERENCES members.client (cooperative_id, id),
    CONSTRAINT review_deed FOREIGN KEY (cooperative_id, deed_seq) REFERENCES members.audit (cooperative_id, seq),
    CONSTRAINT review_of_one_decision CHECK (num_nonnulls(restriction_id, client_id, deed_seq) = 1),
    CONSTRAINT review_state_known CHECK (state IN ('asked', 'taken', 'answered')),
    CONSTRAINT review_due_in_two_weeks CHECK (due_at - asked_at BETWEEN interval '335 hours' AND interval '337 hours'),
    CONSTRAINT review_words_length CHECK (char_length(words) BETWEEN 20 AND 2000),
    CONSTRAINT review_taken_by_somebody CHECK ((state = 'asked') = (taken_by IS NULL) AND (taken_by IS NULL) = (taken_at IS NULL)),
    CONSTRAINT review_by_somebody_else CHECK (taken_by <> asked_by AND (alone OR taken_by <> decided_by)),
    CONSTRAINT review_answered_whole CHECK (num_nulls(outcome, answer, answered_at) = CASE state WHEN 'answered' THEN 0 ELSE 3 END),
    CONSTRAINT review_outcome_known CHECK (outcome IN ('upheld', 'overturned')),
    CONSTRAINT review_answer_length CHECK (char_length(answer) BETWEEN 20 AND 2000)
);
COMMENT ON TABLE members.review IS 'A second look at a decision, asked by the person it is about: asked → taken → answered, within fourteen days. No clock decides.';
COMMENT ON COLUMN members.review.alone IS 'The one who decided looks again, since the cooperative had no other coordinator.';
CREATE UNIQUE INDEX review_of_restriction ON members.review (restriction_id) WHERE restriction_id IS NOT NULL;
CREATE UNIQUE INDEX review_of_client ON members.review (cooperative_id, client_id) WHERE client_id IS NOT NULL;
CREATE UNIQUE INDEX review_of_deed ON members.review (cooperative_id, deed_seq) WHERE deed_seq IS NOT NULL;
CREATE INDEX review_open ON members.review (cooperative_id, due_at) WHERE state <> 'answered';
CREATE INDEX review_answered ON members.review (cooperative_id, answered_at DESC) WHERE state = 'answered';
CREATE INDEX review_of_asker ON members.review (asked_by);
CREATE INDEX review_of_decider ON members.review (decided_by);
CREATE INDEX review_of_taker ON members.review (taken_by);

-- +goose Down
DROP TABLE members.review;
