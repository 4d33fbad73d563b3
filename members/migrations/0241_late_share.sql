-- +goose Up
ALTER TABLE members.settings ADD late_share_bp integer NOT NULL DEFAULT 5000,
    ADD CONSTRAINT settings_late_share_range CHECK (late_share_bp BETWEEN 5000 AND 10000);
COMMENT ON COLUMN members.settings.late_share_bp IS 'How much of the planned wage a member gets when the client calls work off within the notice time, in hundredths of a percent. It can only go up.';
-- +goose StatementBegin
CREATE FUNCTION members.keep_late_share() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.late_share_bp < OLD.late_share_bp THEN
        RAISE EXCEPTION 'the late share of a cooperative can only go up' USING ERRCODE = 'check_violation', CONSTRAINT = 'settings_late_share_only_up';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER settings_late_share_only_up BEFORE UPDATE OF late_share_bp ON members.settings
    FOR EACH ROW EXECUTE FUNCTION members.keep_late_share();

-- +goose Down
DROP TRIGGER settings_late_share_only_up ON members.settings;
DROP FUNCTION members.keep_late_share();
ALTER TABLE members.settings DROP COLUMN late_share_bp;
