-- +goose Up
CREATE TABLE members.sign_in_card (
    id             uuid PRIMARY KEY,
    cooperative_id uuid NOT NULL,
    member_id      uuid NOT NULL,
    printer_id     uuid NOT NULL,
    secret_hash    bytea NOT NULL CONSTRAINT sign_in_card_secret_unique UNIQUE,
    printed_at     timestamptz NOT NULL,
    expires_at     timestamptz NOT NULL,
    used_at        timestamptz,
    CONSTRAINT sign_in_card_member FOREIGN KEY (cooperative_id, member_id) REFERENCES members.member (cooperative_id, id),
    CONSTRAINT sign_in_card_printer FOREIGN KEY (cooperative_id, printer_id) REFERENCES members.role (cooperative_id, id),
    CONSTRAINT sign_in_card_quarter CHECK (expires_at = printed_at + interval '15 minutes')
);
COMMENT ON TABLE members.sign_in_card IS 'A card from the coach with which a member signs in once. Rows go a day after they were printed; the deeds stay in the log.';
CREATE INDEX sign_in_card_of_member ON members.sign_in_card (cooperative_id, member_id);
CREATE INDEX sign_in_card_of_printer ON members.sign_in_card (cooperative_id, printer_id);
CREATE INDEX sign_in_card_printed ON members.sign_in_card (printed_at);

-- +goose Down
DROP TABLE members.sign_in_card;
