-- +goose Up
CREATE TABLE members.passkey (
    id              uuid PRIMARY KEY,
    person_id       uuid NOT NULL CONSTRAINT passkey_person REFERENCES members.person ON DELETE CASCADE,
    name            text NOT NULL,
    credential_id   bytea NOT NULL CONSTRAINT passkey_credential_unique UNIQUE,
    public_key      bytea NOT NULL,
    sign_count      bigint NOT NULL,
    backup_eligible boolean NOT NULL,
    backup_state    boolean NOT NULL,
    added_at        timestamptz NOT NULL,
    used_on         date,
    CONSTRAINT passkey_name_length CHECK (char_length(name) BETWEEN 1 AND 60),
    CONSTRAINT passkey_sign_count_range CHECK (sign_count BETWEEN 0 AND 4294967295)
);
COMMENT ON TABLE members.passkey IS 'The public half of a key that stays on somebody''s own device.';
COMMENT ON COLUMN members.passkey.used_on IS 'The last day in the Netherlands on which it was used, so that its owner knows it again.';
CREATE INDEX passkey_of_person ON members.passkey (person_id, added_at);

CREATE TABLE members.passkey_challenge (
    challenge_hash bytea PRIMARY KEY,
    browser_hash   bytea NOT NULL,
    person_id      uuid CONSTRAINT passkey_challenge_person REFERENCES members.person ON DELETE CASCADE,
    data           jsonb NOT NULL,
    expires_at     timestamptz NOT NULL
);
COMMENT ON TABLE members.passkey_challenge IS 'What a browser was asked to sign: once, within five minutes. With a person: to add a passkey; without: to sign in.';
CREATE INDEX passkey_challenge_person ON members.passkey_challenge (person_id) WHERE person_id IS NOT NULL;
CREATE INDEX passkey_challenge_expires ON members.passkey_challenge (expires_at);

-- +goose Down
DROP TABLE members.passkey_challenge;
DROP TABLE members.passkey;
