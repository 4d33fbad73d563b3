-- +goose Up
DROP INDEX tasks.task_turn, tasks.task_lease, tasks.task_done;
ALTER TABLE tasks.task
    DROP CONSTRAINT task_state_known,
    DROP CONSTRAINT task_leased_while_running,
    DROP CONSTRAINT task_ended_when_done_or_dead,
    DROP CONSTRAINT task_dead_says_why,
    DROP COLUMN turn_at,
    ADD COLUMN problem text;
ALTER TABLE tasks.task RENAME COLUMN lease_until TO held_until;
UPDATE tasks.task SET problem = 'failed' WHERE last_error IS NOT NULL;
ALTER TABLE tasks.task
    ADD CONSTRAINT task_state_known CHECK (state IN ('waiting', 'sent', 'running', 'done', 'dead', 'dropped')),
    ADD CONSTRAINT task_held_while_sent_or_running CHECK ((state IN ('sent', 'running')) = (held_until IS NOT NULL)),
    ADD CONSTRAINT task_ended_when_over CHECK ((state IN ('done', 'dead', 'dropped')) = (ended_at IS NOT NULL)),
    ADD CONSTRAINT task_problem_known CHECK (problem IN ('failed', 'refused', 'late', 'fault', 'vanished')),
    ADD CONSTRAINT task_problem_in_words CHECK ((problem IS NULL) = (last_error IS NULL)),
    ADD CONSTRAINT task_dead_says_why CHECK (state <> 'dead' OR problem IS NOT NULL);
COMMENT ON TABLE tasks.task IS 'Background work. waiting → sent (a message lies in Redis) → running → done; back to waiting after a failure, a lost message, a vanished worker or a stop; running → dead after too many; dead → waiting or dropped by a person.';
COMMENT ON COLUMN tasks.task.held_until IS 'Until then the message, or the worker that has the task, is waited for.';
CREATE INDEX task_due ON tasks.task (lane, due_at) INCLUDE (cooperative_id) WHERE state = 'waiting';
CREATE INDEX task_held ON tasks.task (held_until) INCLUDE (cooperative_id, lane) WHERE state IN ('sent', 'running');
CREATE INDEX task_over ON tasks.task (ended_at) WHERE state IN ('done', 'dropped');

CREATE TABLE tasks.delivery (
    only_row boolean PRIMARY KEY DEFAULT true,
    mark     text NOT NULL,
    since    timestamptz NOT NULL,
    CONSTRAINT delivery_one_row CHECK (only_row)
);
COMMENT ON TABLE tasks.delivery IS 'Which Redis holds the messages of the rows in state sent. When another answers, or the same one was emptied, they are sent anew.';

CREATE TABLE tasks.intervention (
    id             uuid PRIMARY KEY,
    cooperative_id uuid,
    task_id        uuid NOT NULL,
    kind           text NOT NULL,
    act            text NOT NULL,
    reason         text,
    person_id      uuid,
    at             timestamptz NOT NULL,
    CONSTRAINT intervention_act_known CHECK (act IN ('retry', 'drop')),
    CONSTRAINT intervention_drop_says_why CHECK (act <> 'drop' OR length(reason) > 0)
);
COMMENT ON TABLE tasks.intervention IS 'What people did to dead tasks. Rows are only added; they outlive their task, so there is no foreign key.';
COMMENT ON COLUMN tasks.intervention.person_id IS 'NULL: the operator, by command. No foreign key: people live to the right of here.';
CREATE INDEX intervention_newest ON tasks.intervention (cooperative_id, at DESC);

-- +goose Down
DROP TABLE tasks.intervention, tasks.delivery;
DROP INDEX tasks.task_due, tasks.task_held, tasks.task_over;
UPDATE tasks.task SET state = 'waiting', held_until = NULL WHERE state IN ('sent', 'running');
UPDATE tasks.task SET state = 'done', last_error = NULL, problem = NULL WHERE state = 'dropped';
ALTER TABLE tasks.task
    DROP CONSTRAINT task_state_known,
    DROP CONSTRAINT task_held_while_sent_or_running,
    DROP CONSTRAINT task_ended_when_over,
    DROP CONSTRAINT task_problem_known,
    DROP CONSTRAINT task_problem_in_words,
    DROP CONSTRAINT task_dead_says_why,
    DROP COLUMN problem,
    ADD COLUMN turn_at timestamptz;
UPDATE tasks.task SET turn_at = due_at;
ALTER TABLE tasks.task RENAME COLUMN held_until TO lease_until;
ALTER TABLE tasks.task
    ALTER COLUMN turn_at SET NOT NULL,
    ADD CONSTRAINT task_state_known CHECK (state IN ('waiting', 'running', 'done', 'dead')),
    ADD CONSTRAINT task_leased_while_running CHECK ((state = 'running') = (lease_until IS NOT NULL)),
    ADD CONSTRAINT task_ended_when_done_or_dead CHECK ((state IN ('done', 'dead')) = (ended_at IS NOT NULL)),
    ADD CONSTRAINT task_dead_says_why CHECK (state <> 'dead' OR last_error IS NOT NULL);
CREATE INDEX task_turn ON tasks.task (turn_at) WHERE state = 'waiting';
CREATE INDEX task_lease ON tasks.task (lease_until) WHERE state = 'running';
CREATE INDEX task_done ON tasks.task (ended_at) WHERE state = 'done';
