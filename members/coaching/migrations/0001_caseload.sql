-- +goose Up
CREATE TABLE coaching.caseload (
    cooperative_id uuid NOT NULL,
    member_id      uuid NOT NULL,
    coach_id       uuid NOT NULL,
    since          timestamptz NOT NULL,
    PRIMARY KEY (cooperative_id, member_id),
    CONSTRAINT caseload_member FOREIGN KEY (cooperative_id, member_id) REFERENCES members.member (cooperative_id, id),
    CONSTRAINT caseload_coach FOREIGN KEY (cooperative_id, coach_id) REFERENCES members.role (cooperative_id, id)
);
COMMENT ON TABLE coaching.caseload IS 'Which coach (a role) follows which member. A member has at most one coach in a cooperative.';
CREATE INDEX caseload_of_coach ON coaching.caseload (cooperative_id, coach_id);

-- +goose Down
DROP TABLE coaching.caseload;
