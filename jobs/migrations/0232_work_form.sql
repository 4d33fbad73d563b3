-- +goose Up
ALTER TABLE jobs.gig
    ADD COLUMN work_form text NOT NULL DEFAULT 'member_entrepreneur',
    ADD CONSTRAINT gig_work_form_known CHECK (work_form IN ('member_entrepreneur', 'posted_employee', 'partner_agency', 'client_employee', 'trial_placement'));
ALTER TABLE jobs.gig
    DROP CONSTRAINT gig_rate_positive,
    ADD CONSTRAINT gig_rate_positive CHECK (CASE
        WHEN state = 'draft' THEN rate_cents >= 0
        WHEN work_form = 'trial_placement' THEN rate_cents = 0
        ELSE rate_cents > 0 END);
COMMENT ON COLUMN jobs.gig.work_form IS 'The legal shape of the work. Only a trial placement has no wage.';
ALTER TABLE jobs.engagement
    ADD COLUMN work_form text NOT NULL DEFAULT 'member_entrepreneur',
    ADD CONSTRAINT engagement_work_form_known CHECK (work_form IN ('member_entrepreneur', 'posted_employee', 'partner_agency', 'client_employee', 'trial_placement'));
COMMENT ON COLUMN jobs.engagement.work_form IS 'That of the gig, as it was when the seat was given.';

CREATE TABLE jobs.trial_placed (
    cooperative_id uuid NOT NULL,
    member_id      uuid NOT NULL,
    client_id      uuid NOT NULL,
    gig_id         uuid NOT NULL,
    first_day      date NOT NULL,
    CONSTRAINT trial_placed_once PRIMARY KEY (cooperative_id, member_id, client_id),
    CONSTRAINT trial_placed_member FOREIGN KEY (cooperative_id, member_id) REFERENCES members.member (cooperative_id, id),
    CONSTRAINT trial_placed_client FOREIGN KEY (cooperative_id, client_id) REFERENCES members.client (cooperative_id, id),
    CONSTRAINT trial_placed_gig FOREIGN KEY (cooperative_id, gig_id) REFERENCES jobs.gig (cooperative_id, id)
);
COMMENT ON TABLE jobs.trial_placed IS 'That a member was on trial at a client, which happens once. It outlives the engagements, which go after years: it stays as long as the membership.';
CREATE INDEX trial_placed_of_client ON jobs.trial_placed (cooperative_id, client_id);
CREATE INDEX trial_placed_of_gig ON jobs.trial_placed (cooperative_id, gig_id);

-- +goose Down
DROP TABLE jobs.trial_placed;
ALTER TABLE jobs.engagement DROP COLUMN work_form;
ALTER TABLE jobs.gig DROP CONSTRAINT gig_rate_positive;
-- A posted trial has no wage, which was not known before: it stays, with the least that a gig could have.
UPDATE jobs.gig SET rate_cents = 1 WHERE state <> 'draft' AND rate_cents = 0;
ALTER TABLE jobs.gig DROP COLUMN work_form,
    ADD CONSTRAINT gig_rate_positive CHECK (rate_cents > 0 OR state = 'draft' AND rate_cents = 0);
