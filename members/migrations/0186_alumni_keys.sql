-- +goose Up
-- What former members let others read ends with their membership; of those who
-- left before, it ends now.
UPDATE members.access_grant g SET revoked_at = greatest(g.granted_at, now())
FROM members.member m
WHERE m.cooperative_id = g.cooperative_id AND m.id = g.member_id AND m.state = 'alumni'
    AND g.revoked_at IS NULL AND g.until >= (now() AT TIME ZONE 'Europe/Amsterdam')::date;

-- +goose Down
SELECT 1;
