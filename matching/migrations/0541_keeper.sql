-- +goose Up
CREATE TABLE matching.keeper (
    id          uuid PRIMARY KEY,
    seen_at     timestamptz NOT NULL,
    state       text NOT NULL,
    members     bigint NOT NULL DEFAULT 0,
    looked      bigint NOT NULL DEFAULT 0,
    wrong       bigint NOT NULL DEFAULT 0,
    faults      bigint NOT NULL DEFAULT 0,
    behind      bigint NOT NULL DEFAULT 0,
    age_seconds bigint NOT NULL DEFAULT 0,
    secret      bytea,
    CONSTRAINT keeper_state_known CHECK (state IN ('loading', 'behind', 'kept', 'ended')),
    CONSTRAINT keeper_secret_length CHECK (octet_length(secret) = 32)
);
COMMENT ON TABLE matching.keeper IS 'Each program that keeps the engine, how that stands, and by what its saved file opens. Of no cooperative: a program keeps those of all.';
COMMENT ON COLUMN matching.keeper.secret IS 'Without it the file cannot be read by anybody. It goes when somebody is erased.';
CREATE INDEX keeper_seen ON matching.keeper (seen_at);

-- +goose Down
DROP TABLE matching.keeper;
