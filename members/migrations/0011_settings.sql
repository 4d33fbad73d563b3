-- +goose Up
CREATE TABLE members.settings (
    cooperative_id  uuid PRIMARY KEY CONSTRAINT settings_cooperative REFERENCES members.cooperative,
    contribution_bp integer NOT NULL,
    notice_hours    integer NOT NULL,
    trial_days      integer NOT NULL,
    work_forms      text[] NOT NULL,
    version         integer NOT NULL,
    CONSTRAINT settings_contribution_range CHECK (contribution_bp BETWEEN 0 AND 5000),
    CONSTRAINT settings_notice_range CHECK (notice_hours BETWEEN 0 AND 336),
    CONSTRAINT settings_trial_range CHECK (trial_days BETWEEN 1 AND 366),
    CONSTRAINT settings_work_forms_known CHECK (
        work_forms <@ ARRAY['member_entrepreneur', 'posted_employee', 'partner_agency', 'client_employee', 'trial_placement']),
    CONSTRAINT settings_some_work_form CHECK (cardinality(work_forms) > 0),
    CONSTRAINT settings_version_counts CHECK (version > 0)
);
COMMENT ON TABLE members.settings IS 'What a cooperative decides for itself, one row each; its name stands in cooperative. Who changed what is in audit.';
COMMENT ON COLUMN members.settings.contribution_bp IS 'What a client pays to the cooperative on top of the wage, in hundredths of a percent.';
COMMENT ON COLUMN members.settings.version IS 'Grows with each change: whoever looked at an older one is refused.';
INSERT INTO members.settings (cooperative_id, contribution_bp, notice_hours, trial_days, work_forms, version)
    SELECT id, 1000, 24, 90, ARRAY['member_entrepreneur', 'posted_employee', 'partner_agency', 'client_employee', 'trial_placement'], 1
    FROM members.cooperative;

-- Partial, though it holds for every row: a change of a column that a foreign key
-- could point at would wait for everybody who writes rows of the cooperative, and
-- the log of deeds waits for them the other way round.
ALTER TABLE members.cooperative DROP CONSTRAINT cooperative_name_unique;
CREATE UNIQUE INDEX cooperative_name_unique ON members.cooperative (name) WHERE name <> '';

CREATE INDEX audit_of_what ON members.audit (cooperative_id, what, seq DESC);

-- +goose Down
DROP INDEX members.audit_of_what;
DROP INDEX members.cooperative_name_unique;
ALTER TABLE members.cooperative ADD CONSTRAINT cooperative_name_unique UNIQUE (name);
DROP TABLE members.settings;
