-- +goose Up
CREATE TABLE feed.home (
    only_row boolean PRIMARY KEY DEFAULT true CONSTRAINT home_has_one_row CHECK (only_row),
    epoch    uuid NOT NULL,
    cluster  bigint NOT NULL,
    timeline bigint NOT NULL,
    database bigint NOT NULL,
    feed     bigint NOT NULL,
    since    timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE feed.home IS 'In which server, on which of its timelines, in which database and table the changes were written: numbers of transactions mean nothing elsewhere. Each time that it is another one a new epoch begins.';

-- +goose StatementBegin
CREATE FUNCTION feed.here(OUT cluster bigint, OUT timeline bigint, OUT database bigint, OUT feed bigint) STABLE LANGUAGE sql AS $$
    SELECT (SELECT system_identifier FROM pg_control_system()),
        ('x' || lpad(left(pg_walfile_name(pg_current_wal_lsn()), 8), 16, '0'))::bit(64)::bigint,
        (SELECT oid::bigint FROM pg_database WHERE datname = current_database()),
        'feed.change'::regclass::oid::bigint
$$;

CREATE FUNCTION feed.epoch() RETURNS uuid STABLE LANGUAGE sql AS $$
    SELECT o.epoch FROM feed.home o, feed.here() h WHERE (o.cluster, o.timeline, o.database, o.feed) = (h.cluster, h.timeline, h.database, h.feed)
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION feed.epoch IS 'In which epoch changes are written here; null: the database was put back, or moved, and nobody settled yet.';

-- +goose Down
DROP FUNCTION feed.epoch, feed.here;
DROP TABLE feed.home;
