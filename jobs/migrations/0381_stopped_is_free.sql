-- +goose Up
-- Work that was stopped takes no more time than until then.
ALTER TABLE jobs.engagement
    DROP CONSTRAINT engagement_one_at_a_time,
    ADD CONSTRAINT engagement_one_at_a_time EXCLUDE USING gist (member_id WITH =, tstzrange(starts_at, coalesce(stopped_at, ends_at)) WITH &&)
        WHERE (state NOT IN ('cancelled', 'absent') AND called_off_at IS NULL);

-- +goose Down
-- Work that began after other work was stopped, and in its planned time, cannot stay as it is: the stopped work is cut short.
UPDATE jobs.engagement SET ends_at = greatest(stopped_at, starts_at + interval '1 minute'), stopped_at = NULL, stopped_role_id = NULL
    WHERE stopped_at IS NOT NULL;
ALTER TABLE jobs.engagement
    DROP CONSTRAINT engagement_one_at_a_time,
    ADD CONSTRAINT engagement_one_at_a_time EXCLUDE USING gist (member_id WITH =, tstzrange(starts_at, ends_at) WITH &&)
        WHERE (state NOT IN ('cancelled', 'absent') AND called_off_at IS NULL);
