-- +goose Up
ALTER TABLE mail.message
    ADD COLUMN kind text NOT NULL DEFAULT 'mail',
    ADD CONSTRAINT message_kind_known CHECK (kind IN ('mail', 'sms')),
    DROP CONSTRAINT message_key_once,
    ADD CONSTRAINT message_key_once UNIQUE (key, kind);
COMMENT ON COLUMN mail.message.kind IS 'A mail, or a text message to a telephone: that has a number for its recipient, and no subject.';

-- +goose Down
DELETE FROM mail.message WHERE kind = 'sms';
ALTER TABLE mail.message
    DROP CONSTRAINT message_key_once,
    ADD CONSTRAINT message_key_once UNIQUE (key),
    DROP COLUMN kind;
