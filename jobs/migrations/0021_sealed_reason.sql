-- +goose Up
-- A migration cannot seal: no key is in the database. What stands here in plain
-- words is neither carried over nor thrown away: such a database is refused. No
-- house but those with demo data has any, and demo data is made anew.
-- +goose StatementBegin
DO $$
BEGIN
    IF EXISTS (SELECT FROM jobs.timesheet WHERE reason IS NOT NULL) THEN
        RAISE EXCEPTION 'jobs.timesheet holds reasons in plain words, which this version keeps sealed'
            USING HINT = 'Begin with an empty database: only houses with demo data have been made until now.';
    END IF;
END $$;
-- +goose StatementEnd
ALTER TABLE jobs.timesheet DROP COLUMN reason; -- and its constraints
ALTER TABLE jobs.timesheet
    ADD COLUMN reason bytea,
    ADD CONSTRAINT timesheet_client_says_why CHECK (state <> 'client_proposed' OR reason IS NOT NULL),
    ADD CONSTRAINT timesheet_reason_length CHECK (octet_length(reason) BETWEEN 30 AND 2029);
COMMENT ON COLUMN jobs.timesheet.reason IS 'Sealed with the key of the member''s person: at most 500 characters.';

-- +goose Down
ALTER TABLE jobs.timesheet DROP COLUMN reason;
ALTER TABLE jobs.timesheet
    ADD COLUMN reason text,
    ADD CONSTRAINT timesheet_client_says_why CHECK (state <> 'client_proposed' OR length(reason) > 0),
    ADD CONSTRAINT timesheet_reason_length CHECK (char_length(reason) <= 500);
