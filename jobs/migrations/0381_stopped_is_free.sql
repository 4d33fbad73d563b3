-- +goose Up
-- Work that was stopped takes no more time than until then.
ALTER TABLE jobs.engagement
    DROP CONSTRAINT engagement_one_at_a_time,
    ADD CONSTRAINT engagement_one_at_a_time EXCLUDE USING gist (member_id WITH =, tstzrange(starts_at, coalesce(stopped_at, ends_at)) WITH &&)
        WHERE (state NOT IN ('cancelled', 'absent') AND called_off_at IS NULL);

-- +goose Down
-- Work that began after other work was stopped, and in its planned time, cannot stay as it is: the stopped work is cut short.
-- What was stopped at its very beginning took no time. It becomes one minute, and where that minute has other work it counts as called off.
UPDATE jobs.engagement SET ends_at = stopped_at, stopped_at = NULL, stopped_role_id = NULL WHERE stopped_at > starts_at;
UPDATE jobs.engagement e SET called_off_at = stopped_at, called_off_by = 'client', called_off_role_id = stopped_role_id,
        state = CASE state WHEN 'finished' THEN 'cancelled' ELSE state END, stopped_at = NULL, stopped_role_id = NULL
    WHERE stopped_at IS NOT NULL AND EXISTS (SELECT FROM jobs.engagement o
        WHERE o.member_id = e.member_id AND o.id <> e.id AND o.state NOT IN ('cancelled', 'absent') AND o.called_off_at IS NULL
        AND o.starts_at < e.starts_at + interval '1 minute' AND coalesce(o.stopped_at + interval '1 minute', o.ends_at) > e.starts_at);
UPDATE jobs.engagement SET ends_at = starts_at + interval '1 minute', stopped_at = NULL, stopped_role_id = NULL WHERE stopped_at IS NOT NULL;
ALTER TABLE jobs.engagement
    DROP CONSTRAINT engagement_one_at_a_time,
    ADD CONSTRAINT engagement_one_at_a_time EXCLUDE USING gist (member_id WITH =, tstzrange(starts_at, ends_at) WITH &&)
        WHERE (state NOT IN ('cancelled', 'absent') AND called_off_at IS NULL);
