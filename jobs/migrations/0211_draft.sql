-- +goose Up
ALTER TABLE jobs.gig
    ALTER COLUMN support_on_site DROP NOT NULL,
    ALTER COLUMN with_others DROP NOT NULL,
    ADD COLUMN touched_at timestamptz,
    DROP CONSTRAINT gig_title_length,
    DROP CONSTRAINT gig_description_length,
    DROP CONSTRAINT gig_rate_positive,
    DROP CONSTRAINT gig_load_known,
    ADD CONSTRAINT gig_title_length CHECK (char_length(title) <= 80 AND (state = 'draft' OR title <> '')),
    ADD CONSTRAINT gig_description_length CHECK (char_length(description) <= 2000 AND (state = 'draft' OR description <> '')),
    ADD CONSTRAINT gig_rate_positive CHECK (rate_cents > 0 OR state = 'draft' AND rate_cents = 0),
    ADD CONSTRAINT gig_load_known CHECK (load IN ('light', 'middle', 'heavy') OR state = 'draft' AND load = ''),
    ADD CONSTRAINT gig_answered CHECK (state = 'draft' OR support_on_site IS NOT NULL AND with_others IS NOT NULL),
    ADD CONSTRAINT gig_draft_touched CHECK (state <> 'draft' OR touched_at IS NOT NULL);
COMMENT ON COLUMN jobs.gig.touched_at IS 'When somebody last wrote at a draft, in which anything but the place may still lack.';
CREATE INDEX gig_draft ON jobs.gig (touched_at) WHERE state = 'draft';

-- +goose Down
DELETE FROM jobs.shift s USING jobs.gig g WHERE g.cooperative_id = s.cooperative_id AND g.id = s.gig_id AND g.state = 'draft';
DELETE FROM jobs.gig_skill k USING jobs.gig g WHERE g.cooperative_id = k.cooperative_id AND g.id = k.gig_id AND g.state = 'draft';
DELETE FROM jobs.gig WHERE state = 'draft';
DROP INDEX jobs.gig_draft;
ALTER TABLE jobs.gig
    ALTER COLUMN support_on_site SET NOT NULL,
    ALTER COLUMN with_others SET NOT NULL,
    DROP COLUMN touched_at, -- and its constraint
    DROP CONSTRAINT gig_title_length,
    DROP CONSTRAINT gig_description_length,
    DROP CONSTRAINT gig_rate_positive,
    DROP CONSTRAINT gig_load_known,
    DROP CONSTRAINT gig_answered,
    ADD CONSTRAINT gig_title_length CHECK (char_length(title) BETWEEN 1 AND 80),
    ADD CONSTRAINT gig_description_length CHECK (char_length(description) BETWEEN 1 AND 2000),
    ADD CONSTRAINT gig_rate_positive CHECK (rate_cents > 0),
    ADD CONSTRAINT gig_load_known CHECK (load IN ('light', 'middle', 'heavy'));
