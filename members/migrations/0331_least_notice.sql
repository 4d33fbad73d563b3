-- +goose Up
UPDATE members.settings SET notice_hours = 24 WHERE notice_hours < 24;
ALTER TABLE members.settings
    DROP CONSTRAINT settings_notice_range,
    ADD CONSTRAINT settings_notice_range CHECK (notice_hours BETWEEN 24 AND 336);

-- +goose Down
ALTER TABLE members.settings
    DROP CONSTRAINT settings_notice_range,
    ADD CONSTRAINT settings_notice_range CHECK (notice_hours BETWEEN 0 AND 336);
