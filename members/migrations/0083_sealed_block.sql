-- +goose Up
-- As 0081: what stands here in plain words is neither carried over nor thrown
-- away. Such a database is refused.
-- +goose StatementBegin
DO $$
BEGIN
    IF EXISTS (SELECT FROM members.client_block WHERE reason <> '') THEN
        RAISE EXCEPTION 'members.client_block holds plain words, which this version keeps sealed'
            USING HINT = 'Begin with an empty database: only houses with demo data have been made until now.';
    END IF;
END $$;
-- +goose StatementEnd
ALTER TABLE members.client_block DROP COLUMN reason;
ALTER TABLE members.client_block
    ADD COLUMN reason bytea,
    ADD CONSTRAINT client_block_reason_length CHECK (octet_length(reason) BETWEEN 30 AND 1229);
COMMENT ON COLUMN members.client_block.reason IS 'Sealed with the key of the member''s person: at most 300 characters. None: no reason was given.';

-- +goose Down
ALTER TABLE members.client_block DROP COLUMN reason;
ALTER TABLE members.client_block
    ADD COLUMN reason text NOT NULL DEFAULT '',
    ADD CONSTRAINT client_block_reason_length CHECK (char_length(reason) <= 300);
ALTER TABLE members.client_block ALTER COLUMN reason DROP DEFAULT;
