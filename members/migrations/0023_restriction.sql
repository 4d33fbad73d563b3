-- +goose Up
ALTER TABLE members.role ADD CONSTRAINT role_of_person UNIQUE (cooperative_id, id, person_id, kind);

CREATE TABLE members.restriction (
    id             uuid PRIMARY KEY,
    cooperative_id uuid NOT NULL,
    person_id      uuid NOT NULL CONSTRAINT restriction_person REFERENCES members.person,
    by_id          uuid NOT NULL,
    by_role        uuid NOT NULL,
    by_kind        text NOT NULL,
    why            text NOT NULL,
    at             timestamptz NOT NULL,
    lifted_by      uuid,
    lifted_role    uuid,
    lifted_kind    text,
    lifted_why     text,
    lifted_at      timestamptz,
    CONSTRAINT restriction_by_coordinator CHECK (by_kind = 'coordinator' AND coalesce(lifted_kind, 'coordinator') = 'coordinator'),
    CONSTRAINT restriction_by_person FOREIGN KEY (cooperative_id, by_role, by_id, by_kind)
        REFERENCES members.role (cooperative_id, id, person_id, kind),
    CONSTRAINT restriction_lifted_by_person FOREIGN KEY (cooperative_id, lifted_role, lifted_by, lifted_kind)
        REFERENCES members.role (cooperative_id, id, person_id, kind),
    CONSTRAINT restriction_never_oneself CHECK (by_id <> person_id AND lifted_by IS DISTINCT FROM person_id),
    CONSTRAINT restriction_says_why CHECK (char_length(why) BETWEEN 20 AND 2000),
    CONSTRAINT restriction_lifted_whole CHECK (num_nulls(lifted_by, lifted_role, lifted_kind, lifted_why, lifted_at) IN (0, 5)),
    CONSTRAINT restriction_lifted_says_why CHECK (char_length(lifted_why) BETWEEN 20 AND 2000)
);
COMMENT ON TABLE members.restriction IS 'A person who may take nothing new in one cooperative. Only a coordinator of it, a named person, writes a row, and says why.';
CREATE UNIQUE INDEX restriction_one ON members.restriction (cooperative_id, person_id) WHERE lifted_at IS NULL;
CREATE INDEX restriction_of_person ON members.restriction (person_id, at);
CREATE INDEX restriction_by ON members.restriction (cooperative_id, by_role);
CREATE INDEX restriction_lifted_by ON members.restriction (cooperative_id, lifted_role);

-- +goose Down
DROP TABLE members.restriction;
ALTER TABLE members.role DROP CONSTRAINT role_of_person;
