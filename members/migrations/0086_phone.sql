-- +goose Up
CREATE TABLE members.phone (
    person_id    uuid PRIMARY KEY CONSTRAINT phone_person REFERENCES members.person ON DELETE CASCADE,
    sealed       bytea NOT NULL,
    mark         bytea NOT NULL CONSTRAINT phone_of_one_person UNIQUE,
    key_id       text NOT NULL,
    confirmed_at timestamptz NOT NULL,
    CONSTRAINT phone_mark_length CHECK (octet_length(mark) = 32),
    CONSTRAINT phone_key_id_shape CHECK (key_id ~ '^[0-9a-f]{16}$')
);
COMMENT ON TABLE members.phone IS 'The mobile number with which a person signs in: confirmed by a code that was sent to it. What the person says of a number elsewhere is not here.';
COMMENT ON COLUMN members.phone.sealed IS 'The number, sealed with the person''s key.';
COMMENT ON COLUMN members.phone.mark IS 'What the number is found by: a keyed hash, with the program''s key that key_id names.';
CREATE INDEX phone_rotation ON members.phone (key_id, person_id);

CREATE TABLE members.phone_change (
    id         uuid PRIMARY KEY,
    person_id  uuid NOT NULL CONSTRAINT phone_change_person REFERENCES members.person ON DELETE CASCADE,
    sealed     bytea NOT NULL,
    mark       bytea NOT NULL,
    asked_at   timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    code_hash  text,
    tries      integer NOT NULL DEFAULT 0,
    used_at    timestamptz,
    CONSTRAINT phone_change_mark_length CHECK (octet_length(mark) = 32),
    CONSTRAINT phone_change_ten_minutes CHECK (expires_at = asked_at + interval '10 minutes'),
    CONSTRAINT phone_change_tries_range CHECK (tries BETWEEN 0 AND 5),
    CONSTRAINT phone_change_used_was_sent CHECK (used_at IS NULL OR code_hash IS NOT NULL)
);
COMMENT ON TABLE members.phone_change IS 'One request to sign in with a number. Free and taken numbers look the same here; rows go a day after they were asked.';
COMMENT ON COLUMN members.phone_change.mark IS 'As of phone: how often a number was asked for is counted by it, whoever asks.';
CREATE INDEX phone_change_person ON members.phone_change (person_id, asked_at DESC);
CREATE INDEX phone_change_mark ON members.phone_change (mark, asked_at);
CREATE INDEX phone_change_asked ON members.phone_change (asked_at);

-- +goose Down
DROP TABLE members.phone_change;
DROP TABLE members.phone;
