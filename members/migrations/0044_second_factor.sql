-- +goose Up
CREATE TABLE members.code_app (
    person_id    uuid PRIMARY KEY CONSTRAINT code_app_person REFERENCES members.person ON DELETE CASCADE,
    secret       bytea NOT NULL,
    begun_at     timestamptz NOT NULL,
    confirmed_at timestamptz,
    last_step    bigint NOT NULL DEFAULT 0
);
COMMENT ON TABLE members.code_app IS 'An app that shows codes (RFC 6238). It counts once the first code was right.';
COMMENT ON COLUMN members.code_app.secret IS 'Sealed with MEENT_KEY, for this person alone.';
COMMENT ON COLUMN members.code_app.last_step IS 'The half minute of the last code that was used: none of it or before works again.';

CREATE TABLE members.recovery_code (
    person_id uuid NOT NULL CONSTRAINT recovery_code_person REFERENCES members.person ON DELETE CASCADE,
    code_hash bytea NOT NULL,
    PRIMARY KEY (person_id, code_hash)
);
COMMENT ON TABLE members.recovery_code IS 'Codes of 80 random bits for who has lost the app, hashed with the person''s id; a used one is gone.';

CREATE TABLE members.factor_guess (
    person_id uuid NOT NULL CONSTRAINT factor_guess_person REFERENCES members.person ON DELETE CASCADE,
    at        timestamptz NOT NULL
);
COMMENT ON TABLE members.factor_guess IS 'When a person tried a code of an app: ten in an hour, then they wait. Rows go after that hour.';
CREATE INDEX factor_guess_of_person ON members.factor_guess (person_id, at);
CREATE INDEX factor_guess_at ON members.factor_guess (at);

-- +goose Down
DROP TABLE members.factor_guess;
DROP TABLE members.recovery_code;
DROP TABLE members.code_app;
