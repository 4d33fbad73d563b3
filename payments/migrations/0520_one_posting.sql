-- +goose Up
-- The same promises, looked at where they can be broken. Which account and which shard
-- a row is was asked for each new balance: the CHECK was read and planned for every
-- UPDATE, a row trigger for addresses locked each row once more, and also looked at
-- what was only proposed to ON CONFLICT. Now a row is looked at when it was made, and
-- never becomes another one.
ALTER TABLE payments.account DROP CONSTRAINT account_shard_range;
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION payments.know_address() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.address !~ '^(client:[^:]+(:back)?|(bill|deposit):[^:]+:held|member:[^:]+:(payable|moving|stripe|transit|bank|advance|clawback)|(refund|reversal):[^:]+:moving|stripe:(disputed|fees)|coop:(contribution|costs|fund|bank|loss))$' THEN
        RAISE EXCEPTION 'payments.account: there is no account % (account_address_known)', NEW.address
            USING ERRCODE = 'check_violation', SCHEMA = 'payments', TABLE = 'account', CONSTRAINT = 'account_address_known';
    END IF;
    IF NEW.shard <> 0 AND NOT (NEW.shard BETWEEN 1 AND 15 AND payments.hot(NEW.address)) THEN
        RAISE EXCEPTION 'payments.account: % has no row % (account_shard_range)', NEW.address, NEW.shard
            USING ERRCODE = 'check_violation', SCHEMA = 'payments', TABLE = 'account', CONSTRAINT = 'account_shard_range';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
DROP TRIGGER account_address_known ON payments.account;
CREATE TRIGGER account_address_known AFTER INSERT ON payments.account FOR EACH ROW EXECUTE FUNCTION payments.know_address();
CREATE TRIGGER account_stays_itself BEFORE UPDATE OF cooperative_id, address, shard ON payments.account FOR EACH STATEMENT EXECUTE FUNCTION payments.refuse_change();

-- +goose StatementBegin
CREATE OR REPLACE FUNCTION payments.keep_balances() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    c uuid;
    low text; -- the first of the two addresses
    high text;
    low_shard smallint;
    high_shard smallint;
    plus bigint; -- what the first gets
    many boolean; -- none at all: NULL
    low_kept bigint;
    high_kept bigint;
    overdrawn text;
BEGIN
    SELECT cooperative_id, least(source, destination), greatest(source, destination),
        payments.shard(least(source, destination), entry_id), payments.shard(greatest(source, destination), entry_id),
        CASE WHEN source < destination THEN -cents ELSE cents END, EXISTS (SELECT FROM posted OFFSET 1)
    INTO c, low, high, low_shard, high_shard, plus, many FROM posted LIMIT 1;
    -- Always in the order of the addresses, so that two statements never wait for
    -- each other. Most are about one posting, and quicker without sorting.
    IF NOT many THEN
        UPDATE payments.account SET balance_cents = balance_cents + plus
        WHERE cooperative_id = c AND address = low AND shard = low_shard RETURNING balance_cents INTO low_kept;
        IF low_kept IS NULL THEN
            low_kept := payments.add_to(c, low, low_shard, plus);
        END IF;
        UPDATE payments.account SET balance_cents = balance_cents - plus
        WHERE cooperative_id = c AND address = high AND shard = high_shard RETURNING balance_cents INTO high_kept;
        IF high_kept IS NULL THEN
            high_kept := payments.add_to(c, high, high_shard, -plus);
        END IF;
        IF low_kept < 0 OR high_kept < 0 THEN
            IF low_kept < 0 AND NOT payments.hot(low) AND NOT payments.below_zero(low) THEN
                PERFORM payments.refuse_overdrawn(low);
            END IF;
            IF high_kept < 0 AND NOT payments.hot(high) AND NOT payments.below_zero(high) THEN
                PERFORM payments.refuse_overdrawn(high);
            END IF;
        END IF;
    ELSIF many THEN
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
-- +goose StatementEnd

-- +goose Down
DROP TRIGGER account_stays_itself ON payments.account;
DROP TRIGGER account_address_known ON payments.account;
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION payments.know_address() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.address !~ '^(client:[^:]+(:back)?|(bill|deposit):[^:]+:held|member:[^:]+:(payable|moving|stripe|transit|bank|advance|clawback)|(refund|reversal):[^:]+:moving|stripe:(disputed|fees)|coop:(contribution|costs|fund|bank|loss))$' THEN
        RAISE EXCEPTION 'payments.account: there is no account % (account_address_known)', NEW.address
            USING ERRCODE = 'check_violation', SCHEMA = 'payments', TABLE = 'account', CONSTRAINT = 'account_address_known';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER account_address_known BEFORE INSERT OR UPDATE OF address ON payments.account FOR EACH ROW EXECUTE FUNCTION payments.know_address();
ALTER TABLE payments.account ADD CONSTRAINT account_shard_range CHECK (shard = 0 OR (shard BETWEEN 1 AND 15 AND payments.hot(address)));
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION payments.keep_balances() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    p record;
    count integer := 0;
    low text; -- the first of the two addresses
    high text;
    plus bigint; -- what the first gets
    kept bigint;
    overdrawn text;
BEGIN
    FOR p IN SELECT cooperative_id, entry_id, source, destination, cents FROM posted LIMIT 2 LOOP
        count := count + 1;
    END LOOP;
    -- Always in the order of the addresses, so that two statements never wait for
    -- each other. Most are about one posting, and quicker without sorting.
    IF count = 1 THEN
        IF p.source < p.destination THEN
            low := p.source; high := p.destination; plus := -p.cents;
        ELSE
            low := p.destination; high := p.source; plus := p.cents;
        END IF;
        UPDATE payments.account SET balance_cents = balance_cents + plus
        WHERE cooperative_id = p.cooperative_id AND address = low AND shard = payments.shard(low, p.entry_id) RETURNING balance_cents INTO kept;
        IF NOT FOUND THEN
            kept := payments.add_to(p.cooperative_id, low, payments.shard(low, p.entry_id), plus);
        ELSIF kept < 0 AND NOT payments.hot(low) AND NOT payments.below_zero(low) THEN
            PERFORM payments.refuse_overdrawn(low);
        END IF;
        UPDATE payments.account SET balance_cents = balance_cents - plus
        WHERE cooperative_id = p.cooperative_id AND address = high AND shard = payments.shard(high, p.entry_id) RETURNING balance_cents INTO kept;
        IF NOT FOUND THEN
            kept := payments.add_to(p.cooperative_id, high, payments.shard(high, p.entry_id), -plus);
        ELSIF kept < 0 AND NOT payments.hot(high) AND NOT payments.below_zero(high) THEN
            PERFORM payments.refuse_overdrawn(high);
        END IF;
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
-- +goose StatementEnd
