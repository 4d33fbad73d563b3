-- +goose Up
-- Since when, and not only whether: what clients wrote before was meant for the
-- people of the house. Who founded a cooperative with it on has it from the beginning;
-- who switched it on, from the last time.
ALTER TABLE members.settings ADD public_since timestamptz;
UPDATE members.settings s SET public_since = coalesce(
    (SELECT max(a.at) FROM members.audit a WHERE a.cooperative_id = s.cooperative_id AND a.what = 'settings_changed' AND a.detail LIKE '%"public_is":"on"%'),
    (SELECT c.created_at FROM members.cooperative c WHERE c.id = s.cooperative_id))
    WHERE s.public_work;
DROP INDEX members.settings_public;
ALTER TABLE members.settings DROP COLUMN public_work;
COMMENT ON COLUMN members.settings.public_since IS 'Open work of organisations whose text was posted or rewritten since then is shown to everybody, also to search engines: what it is, where about, when and for how much; never for whom. NULL: none is.';
CREATE INDEX settings_public ON members.settings (cooperative_id) WHERE public_since IS NOT NULL;

-- +goose Down
ALTER TABLE members.settings ADD public_work boolean NOT NULL DEFAULT false;
UPDATE members.settings SET public_work = public_since IS NOT NULL;
DROP INDEX members.settings_public;
ALTER TABLE members.settings DROP COLUMN public_since;
COMMENT ON COLUMN members.settings.public_work IS 'Open work is shown to everybody, also to search engines: what it is, where about, when and for how much; never for whom.';
CREATE INDEX settings_public ON members.settings (cooperative_id) WHERE public_work;
