-- +goose Up
ALTER TABLE jobs.engagement
    ADD COLUMN rate_cents      bigint,
    ADD COLUMN contribution_bp integer,
    ADD COLUMN notice_hours    integer,
    ADD COLUMN late_share_bp   integer;
UPDATE jobs.engagement e
SET rate_cents = g.rate_cents, contribution_bp = o.contribution_bp, notice_hours = greatest(o.notice_hours, 24), late_share_bp = o.late_share_bp
FROM jobs.shift s
JOIN jobs.gig g ON g.cooperative_id = s.cooperative_id AND g.id = s.gig_id
JOIN members.settings o ON o.cooperative_id = g.cooperative_id
WHERE s.cooperative_id = e.cooperative_id AND s.id = e.shift_id;
ALTER TABLE jobs.engagement
    ALTER COLUMN rate_cents SET NOT NULL,
    ALTER COLUMN contribution_bp SET NOT NULL,
    ALTER COLUMN notice_hours SET NOT NULL,
    ALTER COLUMN late_share_bp SET NOT NULL,
    ADD CONSTRAINT engagement_rate_range CHECK (rate_cents >= 0),
    ADD CONSTRAINT engagement_contribution_range CHECK (contribution_bp BETWEEN 0 AND 5000),
    ADD CONSTRAINT engagement_notice_range CHECK (notice_hours BETWEEN 24 AND 336),
    ADD CONSTRAINT engagement_late_share_range CHECK (late_share_bp BETWEEN 5000 AND 10000);
COMMENT ON COLUMN jobs.engagement.rate_cents IS 'The wage an hour, as it was when the seat was given. A raise before the end holds for it too; nothing else changes it.';
COMMENT ON COLUMN jobs.engagement.contribution_bp IS 'What the cooperative asked on top when the seat was given, as notice and late share are those of then: what is agreed stays.';

-- The database itself writes down on what terms a seat is given: no row is without.
-- +goose StatementBegin
CREATE FUNCTION jobs.keep_terms() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT g.rate_cents, o.contribution_bp, greatest(o.notice_hours, 24), o.late_share_bp
    INTO NEW.rate_cents, NEW.contribution_bp, NEW.notice_hours, NEW.late_share_bp
    FROM jobs.shift s
    JOIN jobs.gig g ON g.cooperative_id = s.cooperative_id AND g.id = s.gig_id
    JOIN members.settings o ON o.cooperative_id = g.cooperative_id
    WHERE s.cooperative_id = NEW.cooperative_id AND s.id = NEW.shift_id;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER engagement_terms BEFORE INSERT ON jobs.engagement FOR EACH ROW EXECUTE FUNCTION jobs.keep_terms();

-- +goose Down
DROP TRIGGER engagement_terms ON jobs.engagement;
DROP FUNCTION jobs.keep_terms();
ALTER TABLE jobs.engagement
    DROP COLUMN rate_cents,
    DROP COLUMN contribution_bp,
    DROP COLUMN notice_hours,
    DROP COLUMN late_share_bp;
