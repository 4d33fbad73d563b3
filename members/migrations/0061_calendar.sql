-- +goose Up
CREATE TABLE members.calendar (
    cooperative_id uuid NOT NULL,
    member_id      uuid NOT NULL,
    secret_hash    bytea NOT NULL CONSTRAINT calendar_secret_unique UNIQUE,
    made_at        timestamptz NOT NULL,
    PRIMARY KEY (cooperative_id, member_id),
    CONSTRAINT calendar_member FOREIGN KEY (cooperative_id, member_id) REFERENCES members.member (cooperative_id, id),
    CONSTRAINT calendar_secret_is_a_hash CHECK (octet_length(secret_hash) = 32)
);
COMMENT ON TABLE members.calendar IS 'The one address at which a member''s own calendar program reads their agenda. The secret is in the address and nowhere here.';

-- +goose Down
DROP TABLE members.calendar;
