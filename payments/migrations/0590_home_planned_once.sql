-- +goose Up
-- Each payout asks where the ledger is. A function in SQL is planned at each call, one in
-- PL/pgSQL once a connection.
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION payments.here(OUT cluster bigint, OUT timeline bigint, OUT database bigint, OUT ledger bigint) STABLE LANGUAGE plpgsql AS $$
BEGIN
    cluster := (SELECT system_identifier FROM pg_control_system());
    timeline := ('x' || lpad(left(pg_walfile_name(pg_current_wal_lsn()), 8), 16, '0'))::bit(64)::bigint;
    database := (SELECT oid::bigint FROM pg_database WHERE datname = current_database());
    ledger := 'payments.entry'::regclass::oid::bigint;
END
$$;

CREATE OR REPLACE FUNCTION payments.at_home() RETURNS boolean STABLE LANGUAGE plpgsql AS $$
BEGIN
    RETURN NOT EXISTS (SELECT FROM payments.home o, payments.here() h
        WHERE (o.cluster, o.timeline, o.database, o.ledger) IS DISTINCT FROM (h.cluster, h.timeline, h.database, h.ledger));
END
$$;
-- +goose StatementEnd

-- +goose Down
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION payments.here(OUT cluster bigint, OUT timeline bigint, OUT database bigint, OUT ledger bigint) STABLE LANGUAGE sql AS $$
    SELECT (SELECT system_identifier FROM pg_control_system()),
        ('x' || lpad(left(pg_walfile_name(pg_current_wal_lsn()), 8), 16, '0'))::bit(64)::bigint,
        (SELECT oid::bigint FROM pg_database WHERE datname = current_database()),
        'payments.entry'::regclass::oid::bigint
$$;

CREATE OR REPLACE FUNCTION payments.at_home() RETURNS boolean STABLE LANGUAGE sql AS $$
    SELECT NOT EXISTS (SELECT FROM payments.home o, payments.here() h
        WHERE (o.cluster, o.timeline, o.database, o.ledger) IS DISTINCT FROM (h.cluster, h.timeline, h.database, h.ledger))
$$;
-- +goose StatementEnd
