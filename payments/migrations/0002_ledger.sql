-- +goose Up
CREATE TABLE payments.account (
    cooperative_id uuid NOT NULL CONSTRAINT account_cooperative REFERENCES members.cooperative,
    address        text NOT NULL,
    balance_cents  bigint NOT NULL,
    PRIMARY KEY (cooperative_id, address),
    CONSTRAINT account_address_known CHECK (address ~ '^(client:[^:]+|bill:[^:]+:held|member:[^:]+:(payable|stripe|transit|bank)|coop:(contribution|costs)|stripe:fees)$'),
    CONSTRAINT account_not_overdrawn CHECK (balance_cents >= 0 OR address LIKE 'client:%' OR address = 'coop:costs')
);
COMMENT ON TABLE payments.account IS 'What came in minus what went out, kept by the postings themselves. Money enters at client:… and leaves at coop:costs, so only those are below zero.';

CREATE TABLE payments.posting (
    id             uuid PRIMARY KEY,
    cooperative_id uuid NOT NULL CONSTRAINT posting_cooperative REFERENCES members.cooperative,
    key            text NOT NULL,
    source         text NOT NULL,
    destination    text NOT NULL,
    cents          bigint NOT NULL,
    posted_at      timestamptz NOT NULL,
    CONSTRAINT posting_once UNIQUE (cooperative_id, key),
    CONSTRAINT posting_positive CHECK (cents > 0),
    CONSTRAINT posting_moves CHECK (source <> destination)
);
COMMENT ON TABLE payments.posting IS 'The ledger: one movement from account to account a row, never changed and never taken away.';
CREATE INDEX posting_source ON payments.posting (cooperative_id, source, posted_at);
CREATE INDEX posting_destination ON payments.posting (cooperative_id, destination, posted_at);

-- +goose StatementBegin
CREATE FUNCTION payments.keep_balances() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- in the order of the addresses, so that two postings never wait for each other
    INSERT INTO payments.account (cooperative_id, address, balance_cents)
    SELECT NEW.cooperative_id, address, 0 FROM (VALUES (NEW.source), (NEW.destination)) AS a (address) ORDER BY address
    ON CONFLICT DO NOTHING;
    PERFORM 1 FROM payments.account
    WHERE cooperative_id = NEW.cooperative_id AND address IN (NEW.source, NEW.destination)
    ORDER BY address FOR NO KEY UPDATE;
    UPDATE payments.account SET balance_cents = balance_cents + CASE WHEN address = NEW.source THEN -NEW.cents ELSE NEW.cents END
    WHERE cooperative_id = NEW.cooperative_id AND address IN (NEW.source, NEW.destination);
    RETURN NULL;
END $$;

CREATE FUNCTION payments.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_TABLE_NAME = 'account' AND pg_trigger_depth() > 1 THEN
        RETURN NEW; -- a posting keeps the balance
    END IF;
    RAISE EXCEPTION 'payments.%: the ledger only grows, by postings', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
-- +goose StatementEnd

CREATE TRIGGER posting_keeps_balances AFTER INSERT ON payments.posting FOR EACH ROW EXECUTE FUNCTION payments.keep_balances();
CREATE TRIGGER posting_stays BEFORE UPDATE OR DELETE ON payments.posting FOR EACH ROW EXECUTE FUNCTION payments.refuse_change();
CREATE TRIGGER posting_stays_whole BEFORE TRUNCATE ON payments.posting FOR EACH STATEMENT EXECUTE FUNCTION payments.refuse_change();
CREATE TRIGGER account_follows_postings BEFORE INSERT OR UPDATE OR DELETE ON payments.account FOR EACH ROW EXECUTE FUNCTION payments.refuse_change();
CREATE TRIGGER account_stays_whole BEFORE TRUNCATE ON payments.account FOR EACH STATEMENT EXECUTE FUNCTION payments.refuse_change();

-- +goose Down
DROP TABLE payments.posting, payments.account;
DROP FUNCTION payments.keep_balances, payments.refuse_change;
