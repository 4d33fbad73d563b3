-- +goose Up
ALTER TABLE members.member
    ADD COLUMN state       text NOT NULL DEFAULT 'member',
    ADD COLUMN referred_at timestamptz,
    ADD COLUMN trial_at    timestamptz,
    ADD COLUMN trial_until date,
    ADD COLUMN member_at   timestamptz,
    ADD COLUMN alumni_at   timestamptz,
    ADD COLUMN moved_by    uuid,
    ADD COLUMN consent     text NOT NULL DEFAULT 'not_needed',
    ADD COLUMN consent_day date;
UPDATE members.member m SET member_at = r.created_at
    FROM members.role r WHERE r.cooperative_id = m.cooperative_id AND r.id = m.role_id;
ALTER TABLE members.member
    ALTER COLUMN state DROP DEFAULT,
    ADD CONSTRAINT member_state_known CHECK (state IN ('referred', 'trial', 'member', 'alumni')),
    ADD CONSTRAINT member_state_has_its_time CHECK (CASE state WHEN 'referred' THEN referred_at WHEN 'trial' THEN trial_at
        WHEN 'member' THEN member_at ELSE alumni_at END IS NOT NULL),
    ADD CONSTRAINT member_trial_has_its_end CHECK (state <> 'trial' OR trial_until IS NOT NULL),
    ADD CONSTRAINT member_moved_by FOREIGN KEY (cooperative_id, moved_by) REFERENCES members.role (cooperative_id, id),
    ADD CONSTRAINT member_consent_known CHECK (consent IN ('not_needed', 'no', 'yes')),
    ADD CONSTRAINT member_consent_has_its_day CHECK ((consent = 'yes') = (consent_day IS NOT NULL));
COMMENT ON COLUMN members.member.state IS 'referred → trial → member → alumni; whoever withdraws earlier is alumni, too, and may come back on trial. Each state''s time is the last one.';
COMMENT ON COLUMN members.member.moved_by IS 'The coordinator''s role that made the last move; none for who came by invitation or import.';
COMMENT ON COLUMN members.member.consent IS 'Of the municipality that referred the member; not_needed for who came otherwise.';
CREATE INDEX member_in_state ON members.member (cooperative_id, state, trial_until);
CREATE INDEX member_moved_by ON members.member (cooperative_id, moved_by) WHERE moved_by IS NOT NULL;

-- +goose Down
ALTER TABLE members.member
    DROP COLUMN state, DROP COLUMN referred_at, DROP COLUMN trial_at, DROP COLUMN trial_until, DROP COLUMN member_at,
    DROP COLUMN alumni_at, DROP COLUMN moved_by, DROP COLUMN consent, DROP COLUMN consent_day;
