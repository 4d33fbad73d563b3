-- +goose Up
ALTER TABLE jobs.gig_change
    ADD COLUMN on_the_day boolean NOT NULL DEFAULT false,
    ADD COLUMN travel     text,
    DROP CONSTRAINT gig_change_of_something,
    ADD CONSTRAINT gig_change_travel_known CHECK (travel IN ('own', 'offered', 'group')),
    ADD CONSTRAINT gig_change_of_something CHECK (num_nonnulls(title, description, rate_cents) > 0 OR photos OR on_the_day);
COMMENT ON COLUMN jobs.gig_change.on_the_day IS 'How it goes on the day itself: what it was is for those alone who work there, and not kept.';
COMMENT ON COLUMN jobs.gig_change.travel IS 'How people came before; NULL: that stayed.';

-- +goose Down
DELETE FROM jobs.gig_change WHERE num_nonnulls(title, description, rate_cents) = 0 AND NOT photos;
ALTER TABLE jobs.gig_change
    DROP CONSTRAINT gig_change_of_something,
    DROP COLUMN on_the_day,
    DROP COLUMN travel,
    ADD CONSTRAINT gig_change_of_something CHECK (num_nonnulls(title, description, rate_cents) > 0 OR photos);
