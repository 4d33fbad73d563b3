-- +goose Up
CREATE TABLE matching.weights (
    cooperative_id uuid NOT NULL CONSTRAINT weights_cooperative REFERENCES members.cooperative,
    version        integer NOT NULL,
    fit            integer NOT NULL,
    growth         integer NOT NULL,
    near           integer NOT NULL,
    calm           integer NOT NULL,
    room           integer NOT NULL,
    known          integer NOT NULL,
    fair           integer NOT NULL,
    since          timestamptz NOT NULL,
    by_role_id     uuid NOT NULL,
    why            text NOT NULL,
    PRIMARY KEY (cooperative_id, version),
    CONSTRAINT weights_by FOREIGN KEY (cooperative_id, by_role_id) REFERENCES members.role (cooperative_id, id),
    CONSTRAINT weights_after_the_house CHECK (version > 2),
    CONSTRAINT weights_range CHECK (fit BETWEEN 0 AND 1000 AND growth BETWEEN 0 AND 1000 AND near BETWEEN 0 AND 1000 AND calm BETWEEN 0 AND 1000
        AND room BETWEEN 0 AND 1000 AND known BETWEEN 0 AND 1000 AND fair BETWEEN 0 AND 1000),
    CONSTRAINT weights_why_length CHECK (char_length(why) BETWEEN 1 AND 500)
);
COMMENT ON TABLE matching.weights IS 'The most points that each part of the score gives, by version. No row: those of the house, version 2. A version never changes: old offers are computed again by it.';
COMMENT ON COLUMN matching.weights.why IS 'Of the decision, about nobody: it is plain, published and stays.';
CREATE INDEX weights_decider ON matching.weights (cooperative_id, by_role_id);

-- +goose StatementBegin
CREATE FUNCTION matching.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'matching.%: a version stays as it was decided', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
-- +goose StatementEnd
CREATE TRIGGER weights_stay BEFORE UPDATE OR DELETE ON matching.weights FOR EACH ROW EXECUTE FUNCTION matching.refuse_change();
CREATE TRIGGER weights_stay_whole BEFORE TRUNCATE ON matching.weights FOR EACH STATEMENT EXECUTE FUNCTION matching.refuse_change();

COMMENT ON COLUMN matching.offer.explanation IS 'The points one by one, and from weights_version 2 on the facts of which they are made, so that they can be computed again.';

-- +goose Down
COMMENT ON COLUMN matching.offer.explanation IS NULL;
DROP TABLE matching.weights;
DROP FUNCTION matching.refuse_change;
