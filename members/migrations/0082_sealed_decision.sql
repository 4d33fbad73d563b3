-- +goose Up
-- As 0081: what stands here in plain words is neither carried over nor thrown
-- away. Such a database is refused.
-- +goose StatementBegin
DO $$
BEGIN
    IF EXISTS (SELECT FROM members.restriction) OR EXISTS (SELECT FROM members.review)
        OR EXISTS (SELECT FROM members.client WHERE refused_why IS NOT NULL) THEN
        RAISE EXCEPTION 'members.restriction, review or client holds plain words, which this version keeps sealed'
            USING HINT = 'Begin with an empty database: only houses with demo data have been made until now.';
    END IF;
END $$;
-- +goose StatementEnd
ALTER TABLE members.restriction DROP COLUMN why, DROP COLUMN lifted_why; -- and the constraints with them
ALTER TABLE members.restriction
    ADD COLUMN why        bytea NOT NULL,
    ADD COLUMN lifted_why bytea,
    ADD CONSTRAINT restriction_says_why CHECK (octet_length(why) BETWEEN 49 AND 8029),
    ADD CONSTRAINT restriction_lifted_whole CHECK (num_nulls(lifted_by, lifted_role, lifted_kind, lifted_why, lifted_at) IN (0, 5)),
    ADD CONSTRAINT restriction_lifted_says_why CHECK (octet_length(lifted_why) BETWEEN 49 AND 8029);
COMMENT ON COLUMN members.restriction.why IS 'Sealed with the key of person_id, as is lifted_why: 20 to 2000 characters.';

ALTER TABLE members.review DROP COLUMN words, DROP COLUMN answer;
ALTER TABLE members.review
    ADD COLUMN words  bytea NOT NULL,
    ADD COLUMN answer bytea,
    ADD CONSTRAINT review_words_length CHECK (octet_length(words) BETWEEN 49 AND 8029),
    ADD CONSTRAINT review_answered_whole CHECK (num_nulls(outcome, answer, answered_at) = CASE state WHEN 'answered' THEN 0 ELSE 3 END),
    ADD CONSTRAINT review_answer_length CHECK (octet_length(answer) BETWEEN 49 AND 8029);
COMMENT ON COLUMN members.review.words IS 'Sealed with the key of asked_by, as is answer: 20 to 2000 characters.';

ALTER TABLE members.client DROP COLUMN refused_why;
ALTER TABLE members.client
    ADD COLUMN refused_why bytea,
    ADD COLUMN refused_to  uuid CONSTRAINT client_refused_to REFERENCES members.person,
    ADD CONSTRAINT client_refused_why_length CHECK (octet_length(refused_why) BETWEEN 49 AND 8029),
    ADD CONSTRAINT client_refused_to_somebody CHECK ((refused_why IS NULL) = (refused_to IS NULL)),
    ADD CONSTRAINT client_refused_says_why CHECK (state <> 'refused' OR decided_by IS NOT NULL AND refused_why IS NOT NULL);
COMMENT ON COLUMN members.client.refused_why IS 'Sealed with the key of refused_to: the contact who was there the longest when it was written, or else who decided.';
CREATE INDEX client_refused_to ON members.client (refused_to) WHERE refused_to IS NOT NULL;

-- +goose Down
ALTER TABLE members.client DROP COLUMN refused_why, DROP COLUMN refused_to;
ALTER TABLE members.client
    ADD COLUMN refused_why text,
    ADD CONSTRAINT client_refused_says_why CHECK (state <> 'refused'
        OR decided_by IS NOT NULL AND refused_why IS NOT NULL AND char_length(refused_why) BETWEEN 20 AND 2000);
ALTER TABLE members.review DROP COLUMN words, DROP COLUMN answer;
ALTER TABLE members.review
    ADD COLUMN words  text NOT NULL,
    ADD COLUMN answer text,
    ADD CONSTRAINT review_words_length CHECK (char_length(words) BETWEEN 20 AND 2000),
    ADD CONSTRAINT review_answered_whole CHECK (num_nulls(outcome, answer, answered_at) = CASE state WHEN 'answered' THEN 0 ELSE 3 END),
    ADD CONSTRAINT review_answer_length CHECK (char_length(answer) BETWEEN 20 AND 2000);
ALTER TABLE members.restriction DROP COLUMN why, DROP COLUMN lifted_why;
ALTER TABLE members.restriction
    ADD COLUMN why        text NOT NULL,
    ADD COLUMN lifted_why text,
    ADD CONSTRAINT restriction_says_why CHECK (char_length(why) BETWEEN 20 AND 2000),
    ADD CONSTRAINT restriction_lifted_whole CHECK (num_nulls(lifted_by, lifted_role, lifted_kind, lifted_why, lifted_at) IN (0, 5)),
    ADD CONSTRAINT restriction_lifted_says_why CHECK (char_length(lifted_why) BETWEEN 20 AND 2000);
