-- +goose Up
-- A migration cannot seal: no key is in the database. What stands here in plain
-- words is neither carried over nor thrown away: such a database is refused. No
-- house but those with demo data has any, and demo data is made anew.
-- +goose StatementBegin
DO $$
BEGIN
    IF EXISTS (SELECT FROM matching.offer WHERE refused_text IS NOT NULL) THEN
        RAISE EXCEPTION 'matching.offer holds plain words, which this version keeps sealed'
            USING HINT = 'Begin with an empty database: only houses with demo data have been made until now.';
    END IF;
END $$;
-- +goose StatementEnd
ALTER TABLE matching.offer DROP COLUMN refused_text; -- and its constraints
ALTER TABLE matching.offer
    ADD COLUMN refused_text bytea,
    ADD CONSTRAINT offer_refused_text_length CHECK (octet_length(refused_text) BETWEEN 30 AND 1229),
    ADD CONSTRAINT offer_refused_text_only_then CHECK (refused_text IS NULL OR state = 'refused');
COMMENT ON COLUMN matching.offer.refused_text IS 'Sealed with the key of the member''s person: at most 300 characters.';

-- +goose Down
ALTER TABLE matching.offer DROP COLUMN refused_text;
ALTER TABLE matching.offer
    ADD COLUMN refused_text text,
    ADD CONSTRAINT offer_refused_text_length CHECK (char_length(refused_text) BETWEEN 1 AND 300),
    ADD CONSTRAINT offer_refused_text_only_then CHECK (refused_text IS NULL OR state = 'refused');
