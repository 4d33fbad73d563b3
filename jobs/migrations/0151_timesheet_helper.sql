-- +goose Up
ALTER TABLE jobs.timesheet
    ADD COLUMN helper_id uuid,
    ADD CONSTRAINT timesheet_helper FOREIGN KEY (cooperative_id, helper_id) REFERENCES members.role (cooperative_id, id),
    ADD CONSTRAINT timesheet_helper_not_of_client CHECK (helper_id IS NULL OR state <> 'client_proposed');
COMMENT ON COLUMN jobs.timesheet.helper_id IS 'The role that proposed or agreed in the name of the member, who lets them; NULL: the member did, or nobody yet.';
CREATE INDEX timesheet_helper ON jobs.timesheet (cooperative_id, helper_id) WHERE helper_id IS NOT NULL;

-- +goose Down
DROP INDEX jobs.timesheet_helper;
ALTER TABLE jobs.timesheet DROP COLUMN helper_id;
