-- +goose Up
-- So that what has run out is found without reading the tables.
CREATE INDEX grant_over ON members.access_grant ((least(revoked_at, (until + 1)::timestamp AT TIME ZONE 'Europe/Amsterdam')));
CREATE INDEX read_over ON members.access_read (hour);
CREATE INDEX restriction_over ON members.restriction (lifted_at) WHERE lifted_at IS NOT NULL;
CREATE INDEX review_over ON members.review (answered_at) WHERE state = 'answered';
COMMENT ON TABLE members.access_grant IS 'What a member lets one role read or do, until a day in the Netherlands, included. active → expired | revoked; the row stays for two years more.';

-- +goose Down
COMMENT ON TABLE members.access_grant IS 'What a member lets one role read or do, until a day in the Netherlands, included. active → expired | revoked; the row stays.';
DROP INDEX members.grant_over, members.read_over, members.restriction_over, members.review_over;
