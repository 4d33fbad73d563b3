-- +goose Up
CREATE TABLE members.invitation (
    id             uuid PRIMARY KEY,
    cooperative_id uuid NOT NULL CONSTRAINT invitation_cooperative REFERENCES members.cooperative,
    invited_by     uuid NOT NULL,
    way            text NOT NULL,
    email          text,
    locale         text NOT NULL,
    begins         text NOT NULL,
    consent        text NOT NULL,
    made_at        timestamptz NOT NULL,
    expires_at     timestamptz NOT NULL,
    secret_hash    bytea,
    used_at        timestamptz,
    revoked_at     timestamptz,
    member_id      uuid,
    CONSTRAINT invitation_invited_by FOREIGN KEY (cooperative_id, invited_by) REFERENCES members.role (cooperative_id, id),
    CONSTRAINT invitation_member FOREIGN KEY (cooperative_id, member_id) REFERENCES members.member (cooperative_id, id),
    CONSTRAINT invitation_way_known CHECK (way IN ('mail', 'card')),
    CONSTRAINT invitation_locale_known CHECK (locale IN ('nl', 'en')),
    CONSTRAINT invitation_begins_known CHECK (begins IN ('referred', 'trial')),
    CONSTRAINT invitation_consent_known CHECK (consent IN ('not_needed', 'no')),
    CONSTRAINT invitation_trial_needs_no_consent CHECK (begins <> 'trial' OR consent = 'not_needed'),
    CONSTRAINT invitation_two_weeks CHECK (expires_at = made_at + interval '14 days'),
    CONSTRAINT invitation_ends_once CHECK (used_at IS NULL OR revoked_at IS NULL),
    CONSTRAINT invitation_used_by_somebody CHECK ((used_at IS NULL) = (member_id IS NULL)),
    CONSTRAINT invitation_ended_keeps_nothing CHECK (used_at IS NULL AND revoked_at IS NULL OR email IS NULL AND secret_hash IS NULL),
    CONSTRAINT invitation_mail_has_address CHECK (CASE WHEN used_at IS NULL AND revoked_at IS NULL THEN (way = 'mail') = (email IS NOT NULL) ELSE true END)
);
COMMENT ON TABLE members.invitation IS 'Lets one person join, once, within two weeks. open → used | revoked | expired; rows go a month after they ran out.';
COMMENT ON COLUMN members.invitation.secret_hash IS 'Of the newest link that was mailed or card that was printed; the secret itself is nowhere.';
CREATE UNIQUE INDEX invitation_secret ON members.invitation (secret_hash);
CREATE INDEX invitation_list ON members.invitation (cooperative_id, made_at DESC);
CREATE INDEX invitation_of_inviter ON members.invitation (cooperative_id, invited_by, made_at DESC);
CREATE INDEX invitation_of_member ON members.invitation (cooperative_id, member_id) WHERE member_id IS NOT NULL;
CREATE INDEX invitation_expires ON members.invitation (expires_at);

-- +goose Down
DROP TABLE members.invitation;
