-- +goose Up
CREATE TABLE members.municipality (
    id             uuid PRIMARY KEY,
    cooperative_id uuid NOT NULL CONSTRAINT municipality_cooperative REFERENCES members.cooperative,
    name           text NOT NULL,
    consent_first  boolean NOT NULL,
    contact        text NOT NULL DEFAULT '',
    added_at       timestamptz NOT NULL,
    ended_at       timestamptz,
    CONSTRAINT municipality_within_cooperative UNIQUE (cooperative_id, id),
    CONSTRAINT municipality_contact_length CHECK (char_length(contact) <= 120),
    CONSTRAINT municipality_ends_after_it_began CHECK (ended_at >= added_at)
);
COMMENT ON TABLE members.municipality IS 'With which municipalities a cooperative works: they refer members. Who added and ended one is in audit.';
COMMENT ON COLUMN members.municipality.consent_first IS 'Whether it has to agree before the trial of a member begins.';
CREATE UNIQUE INDEX municipality_once ON members.municipality (cooperative_id, name) WHERE ended_at IS NULL;

ALTER TABLE members.invitation ADD municipality_id uuid,
    ADD CONSTRAINT invitation_municipality FOREIGN KEY (cooperative_id, municipality_id) REFERENCES members.municipality (cooperative_id, id);
CREATE INDEX invitation_of_municipality ON members.invitation (cooperative_id, municipality_id) WHERE municipality_id IS NOT NULL;
ALTER TABLE members.member ADD municipality_id uuid,
    ADD CONSTRAINT member_municipality FOREIGN KEY (cooperative_id, municipality_id) REFERENCES members.municipality (cooperative_id, id);
CREATE INDEX member_of_municipality ON members.member (cooperative_id, municipality_id) WHERE municipality_id IS NOT NULL;
CREATE INDEX place_of_municipality ON members.place (lower(municipality));

-- +goose Down
DROP INDEX members.place_of_municipality;
ALTER TABLE members.member DROP COLUMN municipality_id;
ALTER TABLE members.invitation DROP COLUMN municipality_id;
DROP TABLE members.municipality;
