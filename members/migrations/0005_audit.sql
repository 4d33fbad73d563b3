-- +goose Up
CREATE TABLE members.audit (
    cooperative_id uuid NOT NULL CONSTRAINT audit_cooperative REFERENCES members.cooperative,
    seq            bigint NOT NULL CONSTRAINT audit_seq_counts CHECK (seq > 0),
    at             timestamptz NOT NULL,
    by_id          uuid CONSTRAINT audit_by REFERENCES members.person,
    by_kind        text NOT NULL,
    for_id         uuid CONSTRAINT audit_for REFERENCES members.person,
    what           text NOT NULL,
    ref            text NOT NULL,
    detail         text NOT NULL,
    why_digest     bytea NOT NULL,
    hash           bytea NOT NULL,
    PRIMARY KEY (cooperative_id, seq),
    CONSTRAINT audit_by_known CHECK (by_kind IN ('member', 'client', 'coach', 'coordinator', 'nobody', 'program')),
    CONSTRAINT audit_by_somebody CHECK ((by_kind = 'program') = (by_id IS NULL)),
    CONSTRAINT audit_what_named CHECK (what ~ '^[a-z]+(_[a-z]+)*$'),
    CONSTRAINT audit_digests CHECK (octet_length(hash) = 32 AND octet_length(why_digest) IN (0, 32))
);
COMMENT ON TABLE members.audit IS 'Who did what, for whom: one row a deed, never changed, each hashed together with the one before it.';
COMMENT ON COLUMN members.audit.why_digest IS 'SHA-256 of salt and reason; empty when no reason was given. The words stand in audit_why, so that they can be erased and the chain still holds.';
CREATE INDEX audit_of_doer ON members.audit (by_id, at DESC);
CREATE INDEX audit_of_person ON members.audit (for_id, at DESC);

CREATE TABLE members.audit_why (
    cooperative_id uuid NOT NULL,
    seq            bigint NOT NULL,
    salt           bytea NOT NULL,
    why            text NOT NULL,
    PRIMARY KEY (cooperative_id, seq),
    CONSTRAINT audit_why_of_deed FOREIGN KEY (cooperative_id, seq) REFERENCES members.audit (cooperative_id, seq)
);

CREATE TABLE members.audit_head (
    cooperative_id uuid PRIMARY KEY CONSTRAINT audit_head_cooperative REFERENCES members.cooperative,
    seq            bigint NOT NULL,
    hash           bytea NOT NULL
);
COMMENT ON TABLE members.audit_head IS 'The last deed of each chain: without it, rows missing at the end would not be missed.';

-- +goose StatementBegin
CREATE FUNCTION members.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'members.%: what was done stays written', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
-- +goose StatementEnd
CREATE TRIGGER audit_stays BEFORE UPDATE OR DELETE ON members.audit FOR EACH ROW EXECUTE FUNCTION members.refuse_change();
CREATE TRIGGER audit_stays_whole BEFORE TRUNCATE ON members.audit FOR EACH STATEMENT EXECUTE FUNCTION members.refuse_change();
CREATE TRIGGER audit_why_stays BEFORE UPDATE ON members.audit_why FOR EACH ROW EXECUTE FUNCTION members.refuse_change();

-- +goose Down
DROP TABLE members.audit_head, members.audit_why, members.audit;
DROP FUNCTION members.refuse_change;
