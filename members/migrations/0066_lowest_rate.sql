-- +goose Up
ALTER TABLE members.settings ADD lowest_rate_cents integer NOT NULL DEFAULT 0,
    ADD CONSTRAINT settings_lowest_rate_range CHECK (lowest_rate_cents BETWEEN 0 AND 20000);
COMMENT ON COLUMN members.settings.lowest_rate_cents IS 'Below it an hour of work is not posted here, whatever the law allows; 0: the law alone.';

-- +goose Down
ALTER TABLE members.settings DROP COLUMN lowest_rate_cents;
