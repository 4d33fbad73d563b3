-- +goose Up
CREATE TABLE payments.home (
    single     boolean PRIMARY KEY DEFAULT true,
    cluster    bigint NOT NULL,
    timeline   bigint NOT NULL,
    database   bigint NOT NULL,
    ledger     bigint NOT NULL,
    kept_at    timestamptz NOT NULL,
    CONSTRAINT home_is_one CHECK (single)
);
COMMENT ON TABLE payments.home IS 'In which server, on which of its timelines, in which database and table the ledger is. Another one: it was put back to an earlier moment, or moved.';

-- +goose StatementBegin
CREATE FUNCTION payments.here(OUT cluster bigint, OUT timeline bigint, OUT database bigint, OUT ledger bigint) STABLE LANGUAGE sql AS $$
    SELECT (SELECT system_identifier FROM pg_control_system()),
        ('x' || lpad(left(pg_walfile_name(pg_current_wal_lsn()), 8), 16, '0'))::bit(64)::bigint,
        (SELECT oid::bigint FROM pg_database WHERE datname = current_database()),
        'payments.entry'::regclass::oid::bigint
$$;

CREATE FUNCTION payments.at_home() RETURNS boolean STABLE LANGUAGE sql AS $$
    SELECT NOT EXISTS (SELECT FROM payments.home o, payments.here() h
        WHERE (o.cluster, o.timeline, o.database, o.ledger) IS DISTINCT FROM (h.cluster, h.timeline, h.database, h.ledger))
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION payments.at_home IS 'Whether this is the database in which the program worked last. One that was never kept is.';

CREATE TABLE payments.balance_change (
    id           text PRIMARY KEY,
    kind         text NOT NULL,
    source       text NOT NULL,
    amount_cents bigint NOT NULL,
    fee_cents    bigint NOT NULL,
    net_cents    bigint NOT NULL,
    happened_at  timestamptz NOT NULL,
    CONSTRAINT balance_change_lengths CHECK (char_length(id) BETWEEN 1 AND 255 AND char_length(kind) BETWEEN 1 AND 255 AND char_length(source) <= 255),
    CONSTRAINT balance_change_adds_up CHECK (amount_cents - fee_cents = net_cents)
);
COMMENT ON TABLE payments.balance_change IS 'What changed the balance at the gateway, as it says. All cooperatives share that account, so it belongs to none until its source is found: see outside_object.';
CREATE INDEX balance_change_source ON payments.balance_change (source);
CREATE INDEX balance_change_happened ON payments.balance_change (happened_at);

CREATE TABLE payments.claim (
    source         text PRIMARY KEY,
    cooperative_id uuid NOT NULL CONSTRAINT claim_cooperative REFERENCES members.cooperative,
    subject        uuid NOT NULL,
    claimed_at     timestamptz NOT NULL,
    CONSTRAINT claim_subject_once UNIQUE (cooperative_id, subject),
    CONSTRAINT claim_source_length CHECK (char_length(source) BETWEEN 1 AND 255)
);
COMMENT ON TABLE payments.claim IS 'A change at the gateway without a number of ours, and the entry that people made of it: what the cooperative drew or brought.';

CREATE VIEW payments.outside_object AS
    SELECT charge_id AS source, cooperative_id, id AS subject, 'bill' AS about FROM payments.bill WHERE charge_id IS NOT NULL
    UNION ALL SELECT transfer_id, cooperative_id, id, 'payout' FROM payments.payout WHERE transfer_id IS NOT NULL
    UNION ALL SELECT outside_id, cooperative_id, bill_id, 'bill' FROM payments.refund WHERE outside_id IS NOT NULL
    UNION ALL SELECT outside_id, cooperative_id, bill_id, 'bill' FROM payments.dispute WHERE outside_id IS NOT NULL
    UNION ALL SELECT charge_id, cooperative_id, id, 'deposit' FROM payments.deposit WHERE charge_id IS NOT NULL
    UNION ALL SELECT refund_id, cooperative_id, id, 'deposit' FROM payments.deposit WHERE refund_id IS NOT NULL
    UNION ALL SELECT source, cooperative_id, subject, 'manual' FROM payments.claim;
COMMENT ON VIEW payments.outside_object IS 'Whose each object at the gateway is, and which subject its entries have: a wage or an advance has that of its payout, what goes back of a bill that of the bill. Whatever moves money there has a row.';

CREATE TABLE payments.cursor (
    what      text NOT NULL,
    account   text NOT NULL,
    upto      timestamptz NOT NULL,
    PRIMARY KEY (what, account),
    CONSTRAINT cursor_what_known CHECK (what IN ('changes', 'events', 'books', 'whole')),
    CONSTRAINT cursor_account_length CHECK (char_length(account) <= 255)
);
COMMENT ON TABLE payments.cursor IS 'Until when the gateway was read: its changes and its events, of which account. books: when it was last held against the ledger; whole: all of it.';

CREATE TABLE payments.difference (
    id             uuid NOT NULL,
    cooperative_id uuid NOT NULL CONSTRAINT difference_cooperative REFERENCES members.cooperative,
    kind           text NOT NULL,
    thing          text NOT NULL,
    about          text NOT NULL,
    subject        uuid,
    outside        text NOT NULL,
    ours_cents     bigint NOT NULL,
    theirs_cents   bigint NOT NULL,
    found_at       timestamptz NOT NULL,
    seen_at        timestamptz NOT NULL,
    confirmed_at   timestamptz,
    taken_by       uuid,
    taken_at       timestamptz,
    explained_by   uuid,
    explained_at   timestamptz,
    note           text NOT NULL DEFAULT '',
    closed_at      timestamptz,
    PRIMARY KEY (cooperative_id, id),
    CONSTRAINT difference_taken_by FOREIGN KEY (cooperative_id, taken_by) REFERENCES members.role (cooperative_id, id),
    CONSTRAINT difference_explained_by FOREIGN KEY (cooperative_id, explained_by) REFERENCES members.role (cooperative_id, id),
    CONSTRAINT difference_kind_known CHECK (kind IN ('only_ours', 'only_theirs', 'amount', 'unknown', 'account', 'balance')),
    CONSTRAINT difference_about_known CHECK (about ~ '^[a-z_]{0,30}$'),
    CONSTRAINT difference_thing_length CHECK (char_length(thing) BETWEEN 1 AND 300),
    CONSTRAINT difference_outside_length CHECK (char_length(outside) <= 255),
    CONSTRAINT difference_differs CHECK (ours_cents <> theirs_cents),
    CONSTRAINT difference_seen_after CHECK (seen_at >= found_at AND confirmed_at >= found_at),
    CONSTRAINT difference_taken CHECK ((taken_by IS NULL) = (taken_at IS NULL)),
    CONSTRAINT difference_explained CHECK ((explained_by IS NULL) = (explained_at IS NULL) AND (explained_at IS NULL) = (note = '')),
    CONSTRAINT difference_note_length CHECK (char_length(note) <= 300),
    CONSTRAINT difference_closed_was_confirmed CHECK (closed_at IS NULL OR confirmed_at IS NOT NULL)
);
COMMENT ON TABLE payments.difference IS 'Where the gateway''s books and ours differ. noted → confirmed, at a later look → closed, when they agree again; a person may explain one that stays. What belongs to nobody is a row of every cooperative: the account is shared.';
COMMENT ON COLUMN payments.difference.thing IS 'What differs: of each there is one row at a time.';
COMMENT ON COLUMN payments.difference.note IS 'Why it may stay so: about money and nobody; plain.';
CREATE UNIQUE INDEX difference_once ON payments.difference (cooperative_id, thing) WHERE closed_at IS NULL;
CREATE INDEX difference_newest ON payments.difference (cooperative_id, closed_at DESC) WHERE closed_at IS NOT NULL;
CREATE INDEX difference_taker ON payments.difference (cooperative_id, taken_by) WHERE taken_by IS NOT NULL;
CREATE INDEX difference_explainer ON payments.difference (cooperative_id, explained_by) WHERE explained_by IS NOT NULL;

CREATE TABLE payments.adopted (
    cooperative_id uuid NOT NULL,
    stop_id        uuid NOT NULL,
    kind           text NOT NULL,
    subject        text NOT NULL,
    outside        text NOT NULL,
    adopted_at     timestamptz NOT NULL,
    PRIMARY KEY (cooperative_id, stop_id, kind, subject),
    CONSTRAINT adopted_stop FOREIGN KEY (cooperative_id, stop_id) REFERENCES payments.stop (cooperative_id, id),
    CONSTRAINT adopted_kind_form CHECK (kind ~ '^[a-z_]{1,30}$'),
    CONSTRAINT adopted_lengths CHECK (char_length(subject) BETWEEN 1 AND 100 AND char_length(outside) BETWEEN 1 AND 255)
);
COMMENT ON TABLE payments.adopted IS 'What the gateway had done and a database that was put back had forgotten: found again before anything moves.';

ALTER TABLE payments.stop
    ADD COLUMN reason text NOT NULL DEFAULT '',
    ADD COLUMN asked_by uuid,
    ADD COLUMN asked_at timestamptz,
    ADD CONSTRAINT stop_asked_by FOREIGN KEY (cooperative_id, asked_by) REFERENCES members.role (cooperative_id, id),
    ADD CONSTRAINT stop_asked CHECK ((asked_by IS NULL) = (asked_at IS NULL)),
    ADD CONSTRAINT stop_four_eyes CHECK (asked_by <> lifted_by),
    ADD CONSTRAINT stop_reason_length CHECK (char_length(reason) <= 300);
COMMENT ON COLUMN payments.stop.reason IS 'In the words of who stopped by hand: about money and nobody; plain.';
COMMENT ON COLUMN payments.stop.asked_by IS 'Who asked to go on, where a second person has to agree.';
CREATE INDEX stop_asker ON payments.stop (cooperative_id, asked_by) WHERE asked_by IS NOT NULL;
CREATE INDEX stop_newest ON payments.stop (cooperative_id, since DESC);

CREATE INDEX entry_lately ON payments.entry USING brin (posted_at);

-- +goose Down
DROP INDEX payments.entry_lately, payments.stop_newest;
DROP TABLE payments.adopted;
ALTER TABLE payments.stop DROP COLUMN reason, DROP COLUMN asked_by, DROP COLUMN asked_at;
DROP TABLE payments.difference, payments.cursor;
DROP VIEW payments.outside_object;
DROP TABLE payments.claim, payments.balance_change;
DROP FUNCTION payments.at_home, payments.here;
DROP TABLE payments.home;
