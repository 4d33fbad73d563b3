-- +goose Up
ALTER TABLE members.session
    ADD COLUMN id uuid GENERATED ALWAYS AS ((data ->> 'id')::uuid) STORED,
    ADD COLUMN ended_at timestamptz,
    ADD COLUMN by_hand boolean NOT NULL DEFAULT false,
    ADD CONSTRAINT session_by_hand_ended CHECK (NOT by_hand OR ended_at IS NOT NULL);
COMMENT ON COLUMN members.session.id IS 'Read out of data: what pages name the session by, since the token is a secret. A new token keeps it.';
COMMENT ON COLUMN members.session.ended_at IS 'When it ended: the row stays for an hour, so that no request under way brings the session back.';
COMMENT ON COLUMN members.session.by_hand IS 'The person ended it from the list: under no token does it go on.';
CREATE INDEX session_of_person ON members.session (person_id, id);
CREATE INDEX session_ended ON members.session (ended_at) WHERE ended_at IS NOT NULL;
DROP INDEX members.session_person;

-- +goose Down
CREATE INDEX session_person ON members.session (person_id);
DROP INDEX members.session_ended;
DROP INDEX members.session_of_person;
ALTER TABLE members.session DROP COLUMN by_hand, DROP COLUMN ended_at, DROP COLUMN id;
