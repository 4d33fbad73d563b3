-- +goose Up
ALTER TABLE jobs.shift
    ADD COLUMN moved_to uuid,
    ADD CONSTRAINT shift_moved_to FOREIGN KEY (cooperative_id, moved_to) REFERENCES jobs.shift (cooperative_id, id),
    ADD CONSTRAINT shift_moved_is_off CHECK (moved_to IS NULL OR called_off_at IS NOT NULL),
    ADD CONSTRAINT shift_moved_elsewhere CHECK (moved_to <> id);
COMMENT ON COLUMN jobs.shift.moved_to IS 'The shift that has its place since its time was changed. This one keeps its own time: that is what members were asked for, and what is paid when it was late.';
CREATE INDEX shift_moved_to ON jobs.shift (cooperative_id, moved_to) WHERE moved_to IS NOT NULL;

-- +goose Down
DROP INDEX jobs.shift_moved_to;
ALTER TABLE jobs.shift DROP COLUMN moved_to;
