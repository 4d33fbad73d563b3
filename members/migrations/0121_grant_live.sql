-- +goose Up
-- A coach's list asks for everybody's live keys at once.
CREATE INDEX grant_live ON members.access_grant (cooperative_id, grantee_id, until) WHERE revoked_at IS NULL;

-- +goose Down
DROP INDEX members.grant_live;
