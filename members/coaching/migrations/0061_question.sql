-- +goose Up
CREATE TABLE coaching.question (
    id             uuid PRIMARY KEY,
    cooperative_id uuid NOT NULL,
    member_id      uuid NOT NULL,
    coach_id       uuid,
    page           text NOT NULL,
    text           text NOT NULL,
    state          text NOT NULL,
    asked_at       timestamptz NOT NULL,
    answer_before  timestamptz NOT NULL,
    passed_on_at   timestamptz,
    answered_at    timestamptz,
    answered_by    uuid,
    answer         text,
    CONSTRAINT question_member FOREIGN KEY (cooperative_id, member_id) REFERENCES members.member (cooperative_id, id),
    CONSTRAINT question_coach FOREIGN KEY (cooperative_id, coach_id) REFERENCES members.role (cooperative_id, id),
    CONSTRAINT question_answered_by FOREIGN KEY (cooperative_id, answered_by) REFERENCES members.role (cooperative_id, id),
    CONSTRAINT question_page_is_a_path CHECK (page = '' OR page ~ '^(/[a-z0-9-]+)+$' AND char_length(page) <= 200),
    CONSTRAINT question_text_length CHECK (char_length(text) BETWEEN 1 AND 500),
    CONSTRAINT question_answer_length CHECK (char_length(answer) BETWEEN 1 AND 1000),
    CONSTRAINT question_state_known CHECK (state IN ('asked', 'answered')),
    CONSTRAINT question_answered_whole CHECK ((state = 'answered') = (answered_at IS NOT NULL)
        AND (state = 'answered') = (answered_by IS NOT NULL) AND (state = 'answered') = (answer IS NOT NULL)),
    CONSTRAINT question_times_in_order CHECK (answer_before > asked_at AND passed_on_at >= asked_at AND answered_at >= asked_at)
);
COMMENT ON TABLE coaching.question IS 'What a member asked their coach, and the answer. asked → answered.';
COMMENT ON COLUMN coaching.question.coach_id IS 'Who followed the member when it was asked; NULL: nobody, so that it went to the coordinators.';
COMMENT ON COLUMN coaching.question.page IS 'Which page the member looked at: a path with ids, never a query.';
COMMENT ON COLUMN coaching.question.passed_on_at IS 'When it was told to the others, because nobody had answered by answer_before.';
CREATE INDEX question_of_member ON coaching.question (cooperative_id, member_id, asked_at DESC);
CREATE INDEX question_open ON coaching.question (cooperative_id, asked_at) WHERE state = 'asked';
CREATE INDEX question_of_coach ON coaching.question (cooperative_id, coach_id) WHERE coach_id IS NOT NULL;
CREATE INDEX question_answered_by ON coaching.question (cooperative_id, answered_by) WHERE answered_by IS NOT NULL;

-- +goose Down
DROP TABLE coaching.question;
