-- +goose Up
ALTER TABLE members.person
    ADD COLUMN erased_at timestamptz,
    ADD CONSTRAINT person_erased_has_no_address CHECK (erased_at IS NULL OR position('@' IN email) = 0);
COMMENT ON COLUMN members.person.erased_at IS 'Since then the row is a pseudonym for what the law wants kept: nobody signs in, and no mail goes out.';

-- Partial, though it holds for every row: a change of a column that a foreign key
-- could point at would wait for everybody who writes rows of the person, and the
-- log of deeds waits for them the other way round. What is equal is not null, so
-- that looking for an address finds this index.
ALTER TABLE members.person DROP CONSTRAINT person_email_unique;
CREATE UNIQUE INDEX person_email_unique ON members.person (email) WHERE email IS NOT NULL;

CREATE TABLE members.farewell (
    id      uuid PRIMARY KEY,
    email   text NOT NULL,
    locale  text NOT NULL,
    at      timestamptz NOT NULL,
    CONSTRAINT farewell_locale_known CHECK (locale IN ('nl', 'en'))
);
COMMENT ON TABLE members.farewell IS 'Where the last mail goes of somebody who was erased. The row goes with the mail, and after three days in any case; nothing says whose it was.';
CREATE INDEX farewell_at ON members.farewell (at);

-- What waits at an address, for who asks for it or is erased.
CREATE INDEX invitation_email ON members.invitation (email) WHERE email IS NOT NULL;
CREATE INDEX client_invitation_email ON members.client_invitation (email);

-- +goose Down
DROP INDEX members.client_invitation_email, members.invitation_email;
DROP TABLE members.farewell;
DROP INDEX members.person_email_unique;
ALTER TABLE members.person
    ADD CONSTRAINT person_email_unique UNIQUE (email),
    DROP CONSTRAINT person_erased_has_no_address,
    DROP COLUMN erased_at;
