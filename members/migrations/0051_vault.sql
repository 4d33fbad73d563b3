-- +goose Up
CREATE TABLE members.person_key (
    person_id uuid PRIMARY KEY CONSTRAINT person_key_person REFERENCES members.person,
    key_id    text NOT NULL,
    wrapped   bytea NOT NULL,
    made_at   timestamptz NOT NULL,
    CONSTRAINT person_key_id_shape CHECK (key_id ~ '^[0-9a-f]{16}$'),
    CONSTRAINT person_key_wrapped_length CHECK (octet_length(wrapped) = 61)
);
COMMENT ON TABLE members.person_key IS 'One data key a person, itself sealed by a key that is not in the database. Without its row nothing that was sealed for the person can be read again.';
COMMENT ON COLUMN members.person_key.key_id IS 'Which key sealed it: a digest that tells nothing of the key.';
CREATE INDEX person_key_rotation ON members.person_key (key_id, person_id);

CREATE TABLE members.sealed (
    person_id      uuid NOT NULL CONSTRAINT sealed_person REFERENCES members.person,
    cooperative_id uuid CONSTRAINT sealed_cooperative REFERENCES members.cooperative,
    name           text NOT NULL,
    sealed         bytea NOT NULL,
    CONSTRAINT sealed_once UNIQUE NULLS NOT DISTINCT (person_id, cooperative_id, name),
    CONSTRAINT sealed_name_known CHECK (name IN ('phone', 'birth_date', 'address', 'learn', 'coach_note')),
    CONSTRAINT sealed_of_person_or_member CHECK ((cooperative_id IS NULL) = (name IN ('phone', 'birth_date', 'address'))),
    CONSTRAINT sealed_length CHECK (octet_length(sealed) BETWEEN 29 AND 20000)
);
COMMENT ON TABLE members.sealed IS 'What a person confided: readable only with the person''s key. Nothing here enters matching.';
CREATE INDEX sealed_of_cooperative ON members.sealed (cooperative_id) WHERE cooperative_id IS NOT NULL;

-- +goose Down
DROP TABLE members.sealed;
DROP TABLE members.person_key;
