-- +goose Up
ALTER TABLE payments.legal_figure
    DROP CONSTRAINT legal_figure_from_unique,
    ADD COLUMN state text NOT NULL DEFAULT 'approved',
    ADD COLUMN added_by uuid CONSTRAINT legal_figure_added_by REFERENCES members.person,
    ADD COLUMN approved_by uuid CONSTRAINT legal_figure_approved_by REFERENCES members.person,
    ADD COLUMN approved_at timestamptz,
    ADD CONSTRAINT legal_figure_state_known CHECK (state IN ('proposed', 'approved', 'taken_back')),
    ADD CONSTRAINT legal_figure_two_hands CHECK (approved_by <> added_by),
    ADD CONSTRAINT legal_figure_approved_by_somebody CHECK (state <> 'approved' OR (added_by IS NULL) = (approved_by IS NULL)),
    ADD CONSTRAINT legal_figure_proposed_by_somebody CHECK (state = 'approved' OR (added_by IS NOT NULL AND approved_by IS NULL)),
    ADD CONSTRAINT legal_figure_approved_sometime CHECK ((approved_by IS NULL) = (approved_at IS NULL)),
    ADD CONSTRAINT legal_figure_people_add_law CHECK (NOT example OR added_by IS NULL);
ALTER TABLE payments.legal_figure ALTER COLUMN state DROP DEFAULT;
CREATE UNIQUE INDEX legal_figure_from_unique ON payments.legal_figure (kind, valid_from, example) WHERE state = 'approved';
CREATE UNIQUE INDEX legal_figure_proposed_once ON payments.legal_figure (kind, valid_from) WHERE state = 'proposed';
CREATE INDEX legal_figure_added ON payments.legal_figure (added_by) WHERE added_by IS NOT NULL;
CREATE INDEX legal_figure_approved ON payments.legal_figure (approved_by) WHERE approved_by IS NOT NULL;
COMMENT ON TABLE payments.legal_figure IS 'What the law sets, for the whole country: dated rows with their source, from legal_figures.csv at every migrate, or proposed by one coordinator and approved by another. Only approved rows count.';
COMMENT ON COLUMN payments.legal_figure.added_by IS 'Who proposed it; none: the program brought it.';

-- +goose Down
DELETE FROM payments.legal_figure WHERE added_by IS NOT NULL;
DELETE FROM payments.legal_figure e USING payments.legal_figure l
    WHERE e.example AND NOT l.example AND l.kind = e.kind AND l.valid_from = e.valid_from;
DROP INDEX payments.legal_figure_from_unique;
ALTER TABLE payments.legal_figure
    DROP COLUMN state, DROP COLUMN added_by, DROP COLUMN approved_by, DROP COLUMN approved_at,
    ADD CONSTRAINT legal_figure_from_unique UNIQUE (kind, valid_from);
