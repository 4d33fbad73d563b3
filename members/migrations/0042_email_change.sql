-- +goose Up
CREATE TABLE members.email_change (
    id         uuid PRIMARY KEY,
    person_id  uuid NOT NULL CONSTRAINT email_change_person REFERENCES members.person ON DELETE CASCADE,
    old_email  text NOT NULL,
    new_email  text NOT NULL,
    asked_at   timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    code_hash  text,
    tries      integer NOT NULL DEFAULT 0,
    used_at    timestamptz,
    CONSTRAINT email_change_plain CHECK (new_email = lower(new_email) AND char_length(new_email) <= 254),
    CONSTRAINT email_change_ten_minutes CHECK (expires_at = asked_at + interval '10 minutes'),
    CONSTRAINT email_change_tries_range CHECK (tries BETWEEN 0 AND 5),
    CONSTRAINT email_change_used_was_sent CHECK (used_at IS NULL OR code_hash IS NOT NULL)
);
COMMENT ON TABLE members.email_change IS 'One request for another e-mail address. Free and taken addresses look the same here; rows go a day after they were asked.';
CREATE INDEX email_change_person ON members.email_change (person_id, asked_at DESC);
CREATE INDEX email_change_asked ON members.email_change (asked_at);

-- +goose Down
DROP TABLE members.email_change;
