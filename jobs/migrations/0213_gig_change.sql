-- +goose Up
ALTER TABLE jobs.gig ADD COLUMN changed_at timestamptz, ADD COLUMN told_at timestamptz;
COMMENT ON COLUMN jobs.gig.changed_at IS 'When what members were asked for was last changed; NULL: never.';
COMMENT ON COLUMN jobs.gig.told_at IS 'When those who work on it or were asked were last told of a change.';

CREATE TABLE jobs.gig_change (
    id             uuid PRIMARY KEY,
    cooperative_id uuid NOT NULL,
    gig_id         uuid NOT NULL,
    changed_at     timestamptz NOT NULL,
    title          text,
    description    text,
    rate_cents     bigint,
    photos         boolean NOT NULL,
    CONSTRAINT gig_change_gig FOREIGN KEY (cooperative_id, gig_id) REFERENCES jobs.gig (cooperative_id, id),
    CONSTRAINT gig_change_title_length CHECK (char_length(title) BETWEEN 1 AND 80),
    CONSTRAINT gig_change_description_length CHECK (char_length(description) BETWEEN 1 AND 2000),
    CONSTRAINT gig_change_rate_positive CHECK (rate_cents > 0),
    CONSTRAINT gig_change_of_something CHECK (num_nonnulls(title, description, rate_cents) > 0 OR photos)
);
COMMENT ON TABLE jobs.gig_change IS 'What a gig said and paid before it was changed; NULL: that stayed.';
CREATE INDEX gig_change_of_gig ON jobs.gig_change (cooperative_id, gig_id, changed_at DESC, id);

-- +goose Down
DROP TABLE jobs.gig_change;
ALTER TABLE jobs.gig DROP COLUMN changed_at, DROP COLUMN told_at;
