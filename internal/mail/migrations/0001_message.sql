-- +goose Up
CREATE TABLE mail.message (
    id        uuid PRIMARY KEY,
    number    bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT message_number_unique UNIQUE,
    key       text NOT NULL CONSTRAINT message_key_once UNIQUE,
    recipient text NOT NULL,
    subject   text NOT NULL,
    text      text NOT NULL,
    html      text NOT NULL,
    sent_at   timestamptz NOT NULL,
    CONSTRAINT message_key_not_empty CHECK (key <> '')
);
COMMENT ON TABLE mail.message IS 'The mailbox of a development house: the newest 500 messages of all cooperatives.';
COMMENT ON COLUMN mail.message.number IS 'The order of arrival.';

-- +goose Down
DROP TABLE mail.message;
