-- +goose Up
CREATE TABLE members.sign_in (
    id           uuid PRIMARY KEY,
    email        text NOT NULL,
    browser_hash bytea NOT NULL,
    locale       text NOT NULL,
    asked_at     timestamptz NOT NULL,
    expires_at   timestamptz NOT NULL,
    link_hash    bytea,
    code_hash    text,
    tries        integer NOT NULL DEFAULT 0,
    used_at      timestamptz,
    CONSTRAINT sign_in_ten_minutes CHECK (expires_at = asked_at + interval '10 minutes'),
    CONSTRAINT sign_in_tries_range CHECK (tries BETWEEN 0 AND 5),
    CONSTRAINT sign_in_sent_whole CHECK ((link_hash IS NULL) = (code_hash IS NULL)),
    CONSTRAINT sign_in_used_was_sent CHECK (used_at IS NULL OR link_hash IS NOT NULL)
);
COMMENT ON TABLE members.sign_in IS 'One request to sign in. Known and unknown addresses look the same here; rows go a day after they were asked.';
CREATE UNIQUE INDEX sign_in_link ON members.sign_in (link_hash);
CREATE INDEX sign_in_email ON members.sign_in (email, asked_at);
CREATE INDEX sign_in_browser ON members.sign_in (browser_hash, asked_at DESC);
CREATE INDEX sign_in_asked ON members.sign_in (asked_at);

CREATE TABLE members.session (
    token_hash text PRIMARY KEY,
    data       jsonb NOT NULL,
    person_id  uuid NOT NULL GENERATED ALWAYS AS ((data ->> 'person')::uuid) STORED,
    expires_at timestamptz NOT NULL,
    CONSTRAINT session_person FOREIGN KEY (person_id) REFERENCES members.person ON DELETE CASCADE
);
COMMENT ON COLUMN members.session.person_id IS 'Read out of data, so that one DELETE signs a person out everywhere.';
CREATE INDEX session_person ON members.session (person_id);
CREATE INDEX session_expires ON members.session (expires_at);

-- +goose Down
DROP TABLE members.session;
DROP TABLE members.sign_in;
