-- +goose Up
-- Off for cooperatives that are there: what their clients wrote was meant for the
-- people of the house, and nobody told them otherwise. Who founds one from now on
-- begins with it on: see firstSettings.
ALTER TABLE members.settings ADD public_work boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN members.settings.public_work IS 'Open work is shown to everybody, also to search engines: what it is, where about, when and for how much; never for whom.';
CREATE INDEX settings_public ON members.settings (cooperative_id) WHERE public_work;

-- +goose Down
DROP INDEX members.settings_public;
ALTER TABLE members.settings DROP COLUMN public_work;
