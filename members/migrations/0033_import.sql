-- +goose Up
CREATE TABLE members.import (
    id             uuid PRIMARY KEY,
    cooperative_id uuid NOT NULL CONSTRAINT import_cooperative REFERENCES members.cooperative,
    kind           text NOT NULL CONSTRAINT import_kind_known CHECK (kind IN ('members', 'clients')),
    made_by        uuid NOT NULL,
    rows           jsonb NOT NULL,
    expires_at     timestamptz NOT NULL,
    CONSTRAINT import_made_by FOREIGN KEY (cooperative_id, made_by) REFERENCES members.role (cooperative_id, id)
);
COMMENT ON TABLE members.import IS 'What a coordinator uploaded and has not confirmed yet; it goes after an hour.';
CREATE INDEX import_made_by ON members.import (cooperative_id, made_by);
CREATE INDEX import_expires ON members.import (expires_at);

-- +goose Down
DROP TABLE members.import;
