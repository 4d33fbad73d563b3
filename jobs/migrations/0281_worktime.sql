-- +goose Up
CREATE TABLE jobs.worktime_rule (
    cooperative_id uuid NOT NULL,
    code           text NOT NULL,
    minutes        integer NOT NULL,
    effect         text NOT NULL,
    PRIMARY KEY (cooperative_id, code),
    CONSTRAINT worktime_code_known CHECK (code IN ('rest', 'day', 'week')),
    CONSTRAINT worktime_effect_known CHECK (effect IN ('block', 'warn')),
    CONSTRAINT worktime_never_looser CHECK (CASE code WHEN 'rest' THEN minutes >= 660 WHEN 'day' THEN minutes BETWEEN 1 AND 720 ELSE minutes BETWEEN 1 AND 3600 END)
);
COMMENT ON TABLE jobs.worktime_rule IS 'What a cooperative chose about working time; no row: the law''s limit, and it blocks. What the law says is data of the program.';

-- +goose Down
DROP TABLE jobs.worktime_rule;
