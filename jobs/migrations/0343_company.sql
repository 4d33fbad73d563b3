-- +goose Up
ALTER TABLE jobs.engagement
    ADD COLUMN company_name text,
    ADD CONSTRAINT engagement_company_length CHECK (char_length(company_name) BETWEEN 1 AND 80);
COMMENT ON COLUMN jobs.engagement.company_name IS 'Who of the cooperative comes along the first time, as the office filled it in for the member.';

-- +goose Down
ALTER TABLE jobs.engagement DROP COLUMN company_name;
