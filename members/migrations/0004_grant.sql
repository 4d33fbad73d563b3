-- +goose Up
CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;
CREATE TABLE members.access_grant (
    id             uuid PRIMARY KEY,
    cooperative_id uuid NOT NULL,
    member_id      uuid NOT NULL,
    grantee_id     uuid NOT NULL,
    scope          text NOT NULL,
    granted_at     timestamptz NOT NULL,
    until          date NOT NULL,
    revoked_at     timestamptz,
    CONSTRAINT grant_member FOREIGN KEY (cooperative_id, member_id) REFERENCES members.member (cooperative_id, id),
    CONSTRAINT grant_grantee FOREIGN KEY (cooperative_id, grantee_id) REFERENCES members.role (cooperative_id, id),
    CONSTRAINT grant_scope_known CHECK (scope IN
        ('profile', 'offers', 'progress', 'agenda', 'hours', 'pay', 'self-scores', 'shared notes', 'act for me')),
    CONSTRAINT grant_until_within_a_year CHECK (until BETWEEN (granted_at AT TIME ZONE 'Europe/Amsterdam')::date
        AND (granted_at AT TIME ZONE 'Europe/Amsterdam')::date + interval '1 year'),
    CONSTRAINT grant_revoked_after_granted CHECK (revoked_at >= granted_at),
    CONSTRAINT grant_one_at_a_time EXCLUDE USING gist (member_id WITH =, grantee_id WITH =, scope WITH =,
        tstzrange(granted_at, least(revoked_at, (until + 1)::timestamp AT TIME ZONE 'Europe/Amsterdam')) WITH &&)
);
COMMENT ON TABLE members.access_grant IS 'What a member lets one role read or do, until a day in the Netherlands, included. active → expired | revoked; the row stays.';
CREATE INDEX grant_of_member ON members.access_grant (cooperative_id, member_id, grantee_id, scope, until);
CREATE INDEX grant_of_grantee ON members.access_grant (cooperative_id, grantee_id);

CREATE TABLE members.access_read (
    cooperative_id uuid NOT NULL,
    member_id      uuid NOT NULL,
    hour           timestamptz NOT NULL,
    reader_id      uuid NOT NULL,
    scope          text NOT NULL,
    PRIMARY KEY (cooperative_id, member_id, hour, reader_id, scope),
    CONSTRAINT read_member FOREIGN KEY (cooperative_id, member_id) REFERENCES members.member (cooperative_id, id),
    CONSTRAINT read_reader FOREIGN KEY (cooperative_id, reader_id) REFERENCES members.role (cooperative_id, id),
    CONSTRAINT read_scope_known CHECK (scope IN
        ('profile', 'offers', 'progress', 'agenda', 'hours', 'pay', 'self-scores', 'shared notes', 'act for me')),
    CONSTRAINT read_whole_hour CHECK (extract(epoch FROM hour)::bigint % 3600 = 0 AND extract(epoch FROM hour) % 1 = 0)
);
COMMENT ON TABLE members.access_read IS 'Who read what of a member: one line a reader (a role), scope and hour, for the member to see.';
CREATE INDEX read_of_reader ON members.access_read (cooperative_id, reader_id);

-- +goose Down
DROP TABLE members.access_read;
DROP TABLE members.access_grant;
