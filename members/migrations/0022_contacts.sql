-- +goose Up
ALTER TABLE members.role
    ADD COLUMN ended_at timestamptz,
    ADD COLUMN duty     text;
UPDATE members.role SET duty = 'manager' WHERE kind = 'client';
ALTER TABLE members.role
    ADD CONSTRAINT role_duty_of_contacts CHECK ((kind = 'client') = (duty IS NOT NULL)),
    ADD CONSTRAINT role_duty_known CHECK (duty IN ('manager', 'contact')),
    ADD CONSTRAINT role_ended_after_made CHECK (ended_at >= created_at);
COMMENT ON COLUMN members.role.ended_at IS 'Since then the person cannot act in it. The row stays: gigs, grants and deeds refer to it.';
COMMENT ON COLUMN members.role.duty IS 'Of a client''s contact: a manager may also invite and remove colleagues.';

CREATE TABLE members.client_invitation (
    id             uuid PRIMARY KEY,
    cooperative_id uuid NOT NULL,
    client_id      uuid NOT NULL,
    email          text NOT NULL,
    name           text NOT NULL,
    duty           text NOT NULL,
    invited_by     uuid NOT NULL,
    invited_at     timestamptz NOT NULL,
    expires_at     timestamptz NOT NULL,
    link_hash      bytea,
    used_at        timestamptz,
    withdrawn_at   timestamptz,
    CONSTRAINT client_invitation_client FOREIGN KEY (cooperative_id, client_id) REFERENCES members.client (cooperative_id, id),
    CONSTRAINT client_invitation_inviter FOREIGN KEY (cooperative_id, invited_by) REFERENCES members.role (cooperative_id, id),
    CONSTRAINT client_invitation_email_plain CHECK (email = lower(email) AND char_length(email) <= 254),
    CONSTRAINT client_invitation_name_length CHECK (char_length(name) BETWEEN 1 AND 80),
    CONSTRAINT client_invitation_duty_known CHECK (duty IN ('manager', 'contact')),
    CONSTRAINT client_invitation_seven_days CHECK (expires_at = invited_at + interval '168 hours'),
    CONSTRAINT client_invitation_used_was_sent CHECK (used_at IS NULL OR link_hash IS NOT NULL),
    CONSTRAINT client_invitation_ends_once CHECK (used_at IS NULL OR withdrawn_at IS NULL)
);
COMMENT ON TABLE members.client_invitation IS 'A colleague invited to act for a client: one use, seven days, the link only as a hash. Rows go a month after they ran out.';
CREATE UNIQUE INDEX client_invitation_link ON members.client_invitation (link_hash);
CREATE UNIQUE INDEX client_invitation_open ON members.client_invitation (client_id, email) WHERE used_at IS NULL AND withdrawn_at IS NULL;
CREATE INDEX client_invitation_list ON members.client_invitation (cooperative_id, client_id, invited_at);
CREATE INDEX client_invitation_inviter ON members.client_invitation (cooperative_id, invited_by);
CREATE INDEX client_invitation_expires ON members.client_invitation (expires_at);

-- +goose Down
DROP TABLE members.client_invitation;
ALTER TABLE members.role DROP COLUMN duty, DROP COLUMN ended_at;
