-- +goose Up
CREATE TABLE jobs.gig_photo (
    id             uuid PRIMARY KEY,
    cooperative_id uuid NOT NULL,
    gig_id         uuid NOT NULL,
    alt            text NOT NULL,
    large          bytea NOT NULL,
    small          bytea NOT NULL,
    width          integer NOT NULL,
    height         integer NOT NULL,
    added_at       timestamptz NOT NULL,
    CONSTRAINT gig_photo_gig FOREIGN KEY (cooperative_id, gig_id) REFERENCES jobs.gig (cooperative_id, id),
    CONSTRAINT gig_photo_alt_length CHECK (char_length(alt) BETWEEN 1 AND 120),
    CONSTRAINT gig_photo_size CHECK (octet_length(large) BETWEEN 1 AND 8388608 AND octet_length(small) BETWEEN 1 AND 1048576),
    CONSTRAINT gig_photo_sides CHECK (width BETWEEN 1 AND 1600 AND height BETWEEN 1 AND 1600)
);
COMMENT ON TABLE jobs.gig_photo IS 'At most four a gig, each a JPEG that was drawn anew.';
COMMENT ON COLUMN jobs.gig_photo.alt IS 'What is on it, for those who do not see it.';
ALTER TABLE jobs.gig_photo ALTER COLUMN large SET STORAGE EXTERNAL, ALTER COLUMN small SET STORAGE EXTERNAL;
CREATE INDEX gig_photo_of_gig ON jobs.gig_photo (cooperative_id, gig_id, added_at, id);

-- +goose Down
DROP TABLE jobs.gig_photo;
