-- +goose Up
ALTER TABLE members.client ADD COLUMN name_on_record boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN members.client.name_on_record IS 'Whether a member''s own record of work may name the client; a manager of the client says so.';

-- +goose Down
ALTER TABLE members.client DROP COLUMN name_on_record;
