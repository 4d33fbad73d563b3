-- +goose Up
CREATE TABLE feed.change (
    xid            xid8 NOT NULL DEFAULT pg_current_xact_id(),
    kind           text COLLATE "C" NOT NULL,
    entity         uuid NOT NULL,
    cooperative_id uuid NOT NULL,
    at             timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT change_once PRIMARY KEY (xid, kind, entity),
    CONSTRAINT change_kind_is_a_word CHECK (kind ~ '^[a-z_]{1,40}$')
);
COMMENT ON TABLE feed.change IS 'What changed, in the transaction that changed it: once for each transaction. It says that something did, never what.';
CREATE INDEX change_over ON feed.change (at);

CREATE TABLE feed.taken (
    only_row boolean PRIMARY KEY DEFAULT true CONSTRAINT taken_has_one_row CHECK (only_row),
    upto     xid8 NOT NULL
);
COMMENT ON TABLE feed.taken IS 'The highest transaction of which tidying took a change away: who has not read further begins anew.';
INSERT INTO feed.taken (upto) VALUES ('0');

-- Nobody waits for it: two transactions never write the same row.
-- +goose StatementBegin
CREATE FUNCTION feed.append(cooperative uuid, kind text, entity uuid) RETURNS void LANGUAGE sql AS $$
    INSERT INTO feed.change (cooperative_id, kind, entity) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING;
    SELECT pg_notify('feed', '');
$$;
-- +goose StatementEnd

-- +goose Down
DROP FUNCTION feed.append(uuid, text, uuid);
DROP TABLE feed.taken;
DROP TABLE feed.change;
