-- +goose Up
-- What may be where. The same rules stand in account.go; a test holds them together.
-- +goose StatementBegin
CREATE FUNCTION payments.below_zero(address text) RETURNS boolean IMMUTABLE LANGUAGE sql AS $$
    SELECT address ~ '^(client:[^:]+|member:[^:]+:(advance|clawback)|coop:(costs|loss|bank))$'
$$;

CREATE FUNCTION payments.outside(address text) RETURNS boolean IMMUTABLE LANGUAGE sql AS $$
    SELECT address ~ '^(client:[^:]+(:back)?|member:[^:]+:(stripe|transit|bank)|stripe:(disputed|fees)|coop:bank)$'
$$;

CREATE FUNCTION payments.hot(address text) RETURNS boolean IMMUTABLE LANGUAGE sql AS $$
    SELECT address IN ('coop:contribution', 'coop:costs', 'stripe:fees')
$$;

CREATE FUNCTION payments.shard(address text, entry uuid) RETURNS smallint IMMUTABLE LANGUAGE sql AS $$
    SELECT CASE WHEN payments.hot(address) THEN (get_byte(uuid_send(entry), 15) % 16)::smallint ELSE 0::smallint END
$$;

-- What an entry says: its cause and its movements in order. See Entry.hash.
CREATE FUNCTION payments.input_hash(cause text, movements text) RETURNS bytea IMMUTABLE LANGUAGE sql AS $$
    SELECT sha256(convert_to(cause || E'\n' || movements, 'UTF8'))
$$;

CREATE FUNCTION payments.movement(source text, destination text, cents bigint) RETURNS text IMMUTABLE LANGUAGE sql AS $$
    SELECT source || '>' || destination || ':' || cents || E'\n'
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION payments.below_zero IS 'Whether an account may be below zero: money comes from there, or is owed there.';
COMMENT ON FUNCTION payments.outside IS 'Whether what is there is not on the cooperative''s own account at the gateway. All accounts sum to zero, so what is there is minus the sum of these.';
COMMENT ON FUNCTION payments.hot IS 'Whether so many entries touch an account that it has sixteen rows.';

CREATE TABLE payments.entry (
    id             uuid NOT NULL,
    cooperative_id uuid NOT NULL CONSTRAINT entry_cooperative REFERENCES members.cooperative,
    key            text NOT NULL,
    input_hash     bytea NOT NULL,
    cause          text NOT NULL,
    subject        uuid,
    posted_at      timestamptz NOT NULL,
    posted_by      uuid,
    approved_by    uuid,
    PRIMARY KEY (cooperative_id, id),
    CONSTRAINT entry_once UNIQUE (cooperative_id, key),
    CONSTRAINT entry_posted_by FOREIGN KEY (cooperative_id, posted_by) REFERENCES members.role (cooperative_id, id),
    CONSTRAINT entry_approved_by FOREIGN KEY (cooperative_id, approved_by) REFERENCES members.role (cooperative_id, id),
    CONSTRAINT entry_key_length CHECK (char_length(key) BETWEEN 1 AND 300),
    CONSTRAINT entry_hash_length CHECK (octet_length(input_hash) = 32),
    CONSTRAINT entry_cause_form CHECK (cause ~ '^[a-z_]{1,40}$'),
    CONSTRAINT entry_by_hand CHECK (cause <> 'manual' OR (posted_by IS NOT NULL AND approved_by IS NOT NULL)),
    CONSTRAINT entry_approved_was_posted CHECK (approved_by IS NULL OR posted_by IS NOT NULL),
    CONSTRAINT entry_four_eyes CHECK (approved_by <> posted_by)
);
COMMENT ON TABLE payments.entry IS 'One thing that happened to money: its postings stand and fall together. The same key with the same input is this entry again; with other input it is refused.';
COMMENT ON COLUMN payments.entry.subject IS 'What it is about: a bill, a payout, a refund. None: it cannot be told any more.';
COMMENT ON COLUMN payments.entry.posted_by IS 'The role of who asked for it by hand; approved_by is somebody else.';

-- Each old posting becomes an entry, and its id the entry's.
INSERT INTO payments.entry (id, cooperative_id, key, input_hash, cause, subject, posted_at)
SELECT p.id, p.cooperative_id, p.key, payments.input_hash(c.cause, payments.movement(p.source, p.destination, p.cents)), c.cause,
    CASE
        WHEN p.key ~ '^(bill|transfer|payout):[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(:|$)' THEN split_part(p.key, ':', 2)::uuid
        WHEN p.key LIKE 'line:%' THEN (SELECT l.bill_id FROM payments.bill_line l WHERE l.cooperative_id = p.cooperative_id AND l.id::text = split_part(p.key, ':', 2))
        WHEN p.key LIKE 'charge:%:fee' THEN (SELECT b.id FROM payments.bill b WHERE b.cooperative_id = p.cooperative_id AND b.charge_id = split_part(p.key, ':', 2))
    END, p.posted_at
FROM payments.posting p, LATERAL (SELECT CASE
    WHEN p.key LIKE 'bill:%:paid' THEN 'bill_paid'
    WHEN p.key LIKE 'line:%' AND p.destination = 'coop:contribution' THEN 'contribution'
    WHEN p.key LIKE 'line:%' THEN 'wage'
    WHEN p.key LIKE 'charge:%:fee' THEN 'fee'
    WHEN p.key LIKE 'transfer:%' THEN 'transfer'
    WHEN p.key LIKE 'payout:%:sent' THEN 'payout_sent'
    WHEN p.key LIKE 'payout:%:paid' THEN 'payout_paid'
    WHEN p.key LIKE 'payout:%:failed' THEN 'payout_failed'
    ELSE 'other' END AS cause) c;

DROP TRIGGER posting_keeps_balances ON payments.posting;
DROP TRIGGER posting_stays ON payments.posting;
DROP TRIGGER account_follows_postings ON payments.account;
DROP TRIGGER account_stays_whole ON payments.account;
DROP FUNCTION payments.keep_balances;

ALTER TABLE payments.posting ADD COLUMN entry_id uuid, ADD COLUMN number smallint;
UPDATE payments.posting SET entry_id = id, number = 1;
ALTER TABLE payments.posting
    ALTER COLUMN entry_id SET NOT NULL,
    ALTER COLUMN number SET NOT NULL,
    DROP COLUMN id,
    DROP COLUMN key,
    DROP CONSTRAINT posting_cooperative,
    ADD PRIMARY KEY (cooperative_id, entry_id, number),
    ADD CONSTRAINT posting_entry FOREIGN KEY (cooperative_id, entry_id) REFERENCES payments.entry (cooperative_id, id),
    ADD CONSTRAINT posting_number CHECK (number >= 1);
COMMENT ON TABLE payments.posting IS 'The ledger: one movement from account to account a row, each part of an entry, never changed and never taken away.';

CREATE INDEX entry_subject ON payments.entry (cooperative_id, subject) WHERE subject IS NOT NULL;
CREATE INDEX entry_posted ON payments.entry (cooperative_id, posted_by) WHERE posted_by IS NOT NULL;
CREATE INDEX entry_approved ON payments.entry (cooperative_id, approved_by) WHERE approved_by IS NOT NULL;

ALTER TABLE payments.account
    ADD COLUMN shard smallint NOT NULL DEFAULT 0,
    DROP CONSTRAINT account_pkey,
    DROP CONSTRAINT account_address_known,
    DROP CONSTRAINT account_not_overdrawn,
    ADD PRIMARY KEY (cooperative_id, address, shard),
    ADD CONSTRAINT account_address_known CHECK (address ~ '^(client:[^:]+(:back)?|(bill|deposit):[^:]+:held|member:[^:]+:(payable|moving|stripe|transit|bank|advance|clawback)|(refund|reversal):[^:]+:moving|stripe:(disputed|fees)|coop:(contribution|costs|fund|bank|loss))$'),
    ADD CONSTRAINT account_shard_range CHECK (shard = 0 OR (shard BETWEEN 1 AND 15 AND payments.hot(address))),
    SET (fillfactor = 50); -- a balance changes in place
COMMENT ON TABLE payments.account IS 'What came in minus what went out, kept by the postings themselves. A hot account is the sum of its sixteen shards, of which each entry takes one, so that entries seldom wait for each other.';

-- No CHECK holds the bottom: one would look at what is proposed to ON CONFLICT,
-- before that meets the row that is there.
-- +goose StatementBegin
CREATE FUNCTION payments.refuse_overdrawn(address text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'payments.account: there is not so much on %', address
        USING ERRCODE = 'check_violation', SCHEMA = 'payments', TABLE = 'account', CONSTRAINT = 'account_not_overdrawn';
END $$;

CREATE FUNCTION payments.add_to(c uuid, a text, s smallint, plus bigint) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    kept bigint;
BEGIN
    UPDATE payments.account SET balance_cents = balance_cents + plus
    WHERE cooperative_id = c AND address = a AND shard = s RETURNING balance_cents INTO kept;
    IF NOT FOUND THEN
        INSERT INTO payments.account AS t (cooperative_id, address, shard, balance_cents) VALUES (c, a, s, plus)
        ON CONFLICT (cooperative_id, address, shard) DO UPDATE SET balance_cents = t.balance_cents + excluded.balance_cents
        RETURNING balance_cents INTO kept;
    END IF;
    IF kept < 0 AND NOT payments.hot(a) AND NOT payments.below_zero(a) THEN
        PERFORM payments.refuse_overdrawn(a);
    END IF;
    RETURN kept;
END $$;

CREATE FUNCTION payments.keep_balances() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    p record;
    count integer := 0;
    kept bigint;
    overdrawn text;
BEGIN
    FOR p IN SELECT cooperative_id, entry_id, source, destination, cents FROM posted LIMIT 2 LOOP
        count := count + 1;
    END LOOP;
    -- Always in the order of the addresses, so that two statements never wait for
    -- each other. Most are about one posting, and quicker without sorting.
    IF count = 1 AND p.source < p.destination THEN
        kept := payments.add_to(p.cooperative_id, p.source, payments.shard(p.source, p.entry_id), -p.cents);
        kept := payments.add_to(p.cooperative_id, p.destination, payments.shard(p.destination, p.entry_id), p.cents);
    ELSIF count = 1 THEN
        kept := payments.add_to(p.cooperative_id, p.destination, payments.shard(p.destination, p.entry_id), p.cents);
        kept := payments.add_to(p.cooperative_id, p.source, payments.shard(p.source, p.entry_id), -p.cents);
    ELSIF count > 1 THEN
        WITH moved AS (
            SELECT cooperative_id, source AS address, entry_id, -cents AS cents FROM posted
            UNION ALL SELECT cooperative_id, destination, entry_id, cents FROM posted
        ), kept AS (
            INSERT INTO payments.account AS a (cooperative_id, address, shard, balance_cents)
            SELECT cooperative_id, address, payments.shard(address, entry_id), sum(cents)::bigint FROM moved GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
            ON CONFLICT (cooperative_id, address, shard) DO UPDATE SET balance_cents = a.balance_cents + excluded.balance_cents
            RETURNING a.address, a.balance_cents
        )
        SELECT min(address) INTO overdrawn FROM kept
        WHERE balance_cents < 0 AND NOT payments.hot(address) AND NOT payments.below_zero(address);
        IF overdrawn IS NOT NULL THEN
            PERFORM payments.refuse_overdrawn(overdrawn);
        END IF;
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION payments.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'payments.%: the ledger only grows, by postings', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION payments.refuse_unposted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() = 1 THEN -- a posting has a trigger above this one
        RAISE EXCEPTION 'payments.%: the ledger only grows, by postings', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
-- +goose StatementEnd

CREATE TRIGGER posting_keeps_balances AFTER INSERT ON payments.posting
    REFERENCING NEW TABLE AS posted FOR EACH STATEMENT EXECUTE FUNCTION payments.keep_balances();
CREATE TRIGGER posting_stays BEFORE UPDATE OR DELETE ON payments.posting FOR EACH STATEMENT EXECUTE FUNCTION payments.refuse_change();
CREATE TRIGGER entry_stays BEFORE UPDATE OR DELETE ON payments.entry FOR EACH STATEMENT EXECUTE FUNCTION payments.refuse_change();
CREATE TRIGGER entry_stays_whole BEFORE TRUNCATE ON payments.entry FOR EACH STATEMENT EXECUTE FUNCTION payments.refuse_change();
CREATE TRIGGER account_follows_postings BEFORE INSERT OR UPDATE ON payments.account FOR EACH STATEMENT EXECUTE FUNCTION payments.refuse_unposted();
CREATE TRIGGER account_stays BEFORE DELETE ON payments.account FOR EACH STATEMENT EXECUTE FUNCTION payments.refuse_change();
CREATE TRIGGER account_stays_whole BEFORE TRUNCATE ON payments.account FOR EACH STATEMENT EXECUTE FUNCTION payments.refuse_change();

-- The rights say the same as the triggers, to the owner of the tables too. Neither
-- stops a superuser, an owner who grants the right back or drops a trigger, or
-- whoever changes the files: the views payments.wrong_… find what was done then,
-- unless balances, hashes and postings were all made to agree. Looking at a key
-- that is pointed at asks the right to change one column of it.
REVOKE UPDATE, DELETE, TRUNCATE ON payments.entry, payments.posting FROM PUBLIC, CURRENT_USER;
REVOKE DELETE, TRUNCATE ON payments.account FROM PUBLIC, CURRENT_USER;
GRANT UPDATE (id) ON payments.entry TO CURRENT_USER;

-- +goose Down
GRANT UPDATE, DELETE, TRUNCATE ON payments.entry, payments.posting, payments.account TO CURRENT_USER;
DROP TRIGGER posting_keeps_balances ON payments.posting;
DROP TRIGGER posting_stays ON payments.posting;
DROP TRIGGER account_follows_postings ON payments.account;
DROP TRIGGER account_stays ON payments.account;
DROP TRIGGER account_stays_whole ON payments.account;
DROP FUNCTION payments.keep_balances, payments.add_to, payments.refuse_overdrawn, payments.refuse_unposted;
ALTER TABLE payments.posting DROP CONSTRAINT posting_entry, DROP CONSTRAINT posting_pkey,
    ADD COLUMN id uuid NOT NULL DEFAULT gen_random_uuid() PRIMARY KEY, ADD COLUMN key text;
UPDATE payments.posting p SET key = e.key || CASE WHEN p.number > 1 THEN '#' || p.number ELSE '' END
    FROM payments.entry e WHERE e.cooperative_id = p.cooperative_id AND e.id = p.entry_id;
ALTER TABLE payments.posting DROP COLUMN entry_id, DROP COLUMN number,
    ALTER COLUMN id DROP DEFAULT, ALTER COLUMN key SET NOT NULL,
    ADD CONSTRAINT posting_once UNIQUE (cooperative_id, key),
    ADD CONSTRAINT posting_cooperative FOREIGN KEY (cooperative_id) REFERENCES members.cooperative;
DROP TABLE payments.entry;
CREATE TEMP TABLE whole ON COMMIT DROP AS SELECT cooperative_id, address, sum(balance_cents)::bigint AS cents FROM payments.account GROUP BY 1, 2;
DELETE FROM payments.account;
ALTER TABLE payments.account DROP COLUMN shard, RESET (fillfactor), ADD PRIMARY KEY (cooperative_id, address),
    DROP CONSTRAINT account_address_known,
    ADD CONSTRAINT account_address_known CHECK (address ~ '^(client:[^:]+|bill:[^:]+:held|member:[^:]+:(payable|stripe|transit|bank)|coop:(contribution|costs)|stripe:fees)$'),
    ADD CONSTRAINT account_not_overdrawn CHECK (balance_cents >= 0 OR address LIKE 'client:%' OR address = 'coop:costs');
INSERT INTO payments.account SELECT cooperative_id, address, cents FROM whole;
DROP FUNCTION payments.input_hash, payments.movement, payments.shard, payments.hot, payments.outside, payments.below_zero;
-- +goose StatementBegin
CREATE FUNCTION payments.keep_balances() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
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

CREATE OR REPLACE FUNCTION payments.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_TABLE_NAME = 'account' AND pg_trigger_depth() > 1 THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'payments.%: the ledger only grows, by postings', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
-- +goose StatementEnd
CREATE TRIGGER posting_keeps_balances AFTER INSERT ON payments.posting FOR EACH ROW EXECUTE FUNCTION payments.keep_balances();
CREATE TRIGGER posting_stays BEFORE UPDATE OR DELETE ON payments.posting FOR EACH ROW EXECUTE FUNCTION payments.refuse_change();
CREATE TRIGGER account_follows_postings BEFORE INSERT OR UPDATE OR DELETE ON payments.account FOR EACH ROW EXECUTE FUNCTION payments.refuse_change();
CREATE TRIGGER account_stays_whole BEFORE TRUNCATE ON payments.account FOR EACH STATEMENT EXECUTE FUNCTION payments.refuse_change();
