-- +goose Up
ALTER TABLE coaching.buddy ADD COLUMN buddy_yes boolean NOT NULL DEFAULT false, ADD COLUMN told_at timestamptz;
UPDATE coaching.buddy SET buddy_yes = true WHERE state IN ('on', 'ended') AND until IS NOT NULL;
ALTER TABLE coaching.buddy
    DROP CONSTRAINT buddy_on_has_both,
    ADD CONSTRAINT buddy_on_has_both CHECK (state <> 'on' OR member_yes AND buddy_yes AND until IS NOT NULL);
COMMENT ON COLUMN coaching.buddy.member_yes IS 'The member said yes, or asked.';
COMMENT ON COLUMN coaching.buddy.buddy_yes IS 'The buddy said yes: only then the member hears who it is.';
COMMENT ON COLUMN coaching.buddy.told_at IS 'When the buddy was told that they are asked; empty: they were told of another that day.';
CREATE INDEX buddy_told ON coaching.buddy (cooperative_id, buddy_id, told_at) WHERE told_at IS NOT NULL;

ALTER TABLE coaching.satisfaction ADD COLUMN agreed_at timestamptz, ADD COLUMN refused_at timestamptz;
UPDATE coaching.satisfaction SET agreed_at = asked_at WHERE given_at IS NOT NULL AND by_kind = 'client';
ALTER TABLE coaching.satisfaction
    ADD CONSTRAINT satisfaction_agreed_to_a_client CHECK (by_kind = 'client' OR num_nulls(agreed_at, refused_at) = 2),
    ADD CONSTRAINT satisfaction_agreed_or_refused CHECK (num_nulls(agreed_at, refused_at) >= 1),
    ADD CONSTRAINT satisfaction_given_after_the_yes CHECK (by_kind = 'member' OR given_at IS NULL OR agreed_at IS NOT NULL);
COMMENT ON COLUMN coaching.satisfaction.agreed_at IS 'When the member said yes to asking this client: before it the client hears and sees nothing.';

-- +goose Down
ALTER TABLE coaching.satisfaction DROP COLUMN agreed_at, DROP COLUMN refused_at;
DROP INDEX coaching.buddy_told;
ALTER TABLE coaching.buddy DROP CONSTRAINT buddy_on_has_both;
ALTER TABLE coaching.buddy DROP COLUMN buddy_yes, DROP COLUMN told_at,
    ADD CONSTRAINT buddy_on_has_both CHECK (state <> 'on' OR member_yes AND until IS NOT NULL);
