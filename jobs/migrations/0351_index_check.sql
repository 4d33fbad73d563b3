-- +goose Up
CREATE TABLE jobs.index_check (
    only_row   boolean PRIMARY KEY DEFAULT true,
    checked_at timestamptz NOT NULL,
    held       integer NOT NULL,
    missing    integer NOT NULL,
    surplus    integer NOT NULL,
    stale      integer NOT NULL,
    repaired   bigint NOT NULL,
    CONSTRAINT index_check_one_row CHECK (only_row)
);
COMMENT ON TABLE jobs.index_check IS 'How the browse index differed from these tables when it was last compared. It holds the gigs of every cooperative.';
COMMENT ON COLUMN jobs.index_check.repaired IS 'Gigs that were put right, since the first check.';

-- +goose Down
DROP TABLE jobs.index_check;
