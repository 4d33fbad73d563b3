-- +goose Up
ALTER TABLE members.access_read ADD COLUMN refused boolean NOT NULL DEFAULT false;
ALTER TABLE members.access_read DROP CONSTRAINT access_read_pkey;
ALTER TABLE members.access_read ADD PRIMARY KEY (cooperative_id, member_id, hour, reader_id, scope, refused);
COMMENT ON TABLE members.access_read IS 'Who read what of a member, or tried: one line a reader (a role), scope and hour, for the member to see.';
COMMENT ON COLUMN members.access_read.refused IS 'They tried, and no grant let them: nothing was read.';

-- +goose Down
DELETE FROM members.access_read WHERE refused;
ALTER TABLE members.access_read DROP CONSTRAINT access_read_pkey;
ALTER TABLE members.access_read DROP COLUMN refused;
ALTER TABLE members.access_read ADD PRIMARY KEY (cooperative_id, member_id, hour, reader_id, scope);
COMMENT ON TABLE members.access_read IS 'Who read what of a member: one line a reader (a role), scope and hour, for the member to see.';
