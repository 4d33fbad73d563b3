-- +goose Up
CREATE TABLE tasks.task (
    id             uuid PRIMARY KEY,
    cooperative_id uuid,
    kind           text NOT NULL,
    payload        jsonb NOT NULL,
    lane           smallint NOT NULL,
    key            text,
    state          text NOT NULL,
    created_at     timestamptz NOT NULL,
    due_at         timestamptz NOT NULL,
    turn_at        timestamptz NOT NULL,
    tries          integer NOT NULL DEFAULT 0,
    failures       integer NOT NULL DEFAULT 0,
    lost           integer NOT NULL DEFAULT 0,
    lease_until    timestamptz,
    ended_at       timestamptz,
    last_error     text,
    CONSTRAINT task_kind_named CHECK (length(kind) BETWEEN 1 AND 100),
    CONSTRAINT task_lane_known CHECK (lane IN (-1, 0, 1)),
    CONSTRAINT task_key_not_empty CHECK (key <> ''),
    CONSTRAINT task_state_known CHECK (state IN ('waiting', 'running', 'done', 'dead')),
    CONSTRAINT task_leased_while_running CHECK ((state = 'running') = (lease_until IS NOT NULL)),
    CONSTRAINT task_ended_when_done_or_dead CHECK ((state IN ('done', 'dead')) = (ended_at IS NOT NULL)),
    CONSTRAINT task_dead_says_why CHECK (state <> 'dead' OR last_error IS NOT NULL),
    CONSTRAINT task_counts_upwards CHECK (tries >= 0 AND failures >= 0 AND lost >= 0)
) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02);
COMMENT ON TABLE tasks.task IS 'Background work. waiting → running → done; running → waiting after a failure, a lost lease or a stop; running → dead after too many.';
COMMENT ON COLUMN tasks.task.cooperative_id IS 'NULL for work of the platform. No foreign key: keys point left along the line, and nothing stands left of this schema.';
COMMENT ON COLUMN tasks.task.payload IS 'Identifiers only, never personal data.';
COMMENT ON COLUMN tasks.task.turn_at IS 'due_at, moved by the head start of the lane: workers take in this order.';
COMMENT ON COLUMN tasks.task.tries IS 'How often a worker took it. Also the fence: a worker may end only the try that it took.';
COMMENT ON COLUMN tasks.task.lost IS 'How often its worker vanished. Does not count as a failure.';
CREATE UNIQUE INDEX task_key_once ON tasks.task (kind, key) WHERE key IS NOT NULL;
CREATE INDEX task_turn ON tasks.task (turn_at) WHERE state = 'waiting';
CREATE INDEX task_lease ON tasks.task (lease_until) WHERE state = 'running';
CREATE INDEX task_done ON tasks.task (ended_at) WHERE state = 'done';
CREATE INDEX task_dead ON tasks.task (cooperative_id, ended_at) WHERE state = 'dead';

-- +goose Down
DROP TABLE tasks.task;
