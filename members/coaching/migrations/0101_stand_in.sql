-- +goose Up
CREATE TABLE coaching.stand_in (
    id             uuid PRIMARY KEY,
    cooperative_id uuid NOT NULL,
    member_id      uuid NOT NULL,
    coach_id       uuid NOT NULL,
    colleague_id   uuid NOT NULL,
    begins         date NOT NULL,
    until          date NOT NULL,
    named_at       timestamptz NOT NULL,
    ended_at       timestamptz,
    CONSTRAINT stand_in_member FOREIGN KEY (cooperative_id, member_id) REFERENCES members.member (cooperative_id, id),
    CONSTRAINT stand_in_coach FOREIGN KEY (cooperative_id, coach_id) REFERENCES members.role (cooperative_id, id),
    CONSTRAINT stand_in_colleague FOREIGN KEY (cooperative_id, colleague_id) REFERENCES members.role (cooperative_id, id),
    CONSTRAINT stand_in_somebody_else CHECK (colleague_id <> coach_id),
    CONSTRAINT stand_in_six_weeks CHECK (until >= begins AND until < begins + 42),
    CONSTRAINT stand_in_ended_after CHECK (ended_at >= named_at)
);
COMMENT ON TABLE coaching.stand_in IS 'Who helps a member while their coach is away, from day to day, both included, in the Netherlands. The member gives the keys. named → over | ended.';
COMMENT ON COLUMN coaching.stand_in.coach_id IS 'Who followed the member when it was named, and is away. When somebody else follows, this stands for nothing any more.';
COMMENT ON COLUMN coaching.stand_in.ended_at IS 'When somebody ended it before its last day; NULL: nobody did.';
CREATE INDEX stand_in_of_member ON coaching.stand_in (cooperative_id, member_id, until);
CREATE INDEX stand_in_of_coach ON coaching.stand_in (cooperative_id, coach_id, until);
CREATE INDEX stand_in_of_colleague ON coaching.stand_in (cooperative_id, colleague_id, until);
CREATE INDEX stand_in_over ON coaching.stand_in ((least(ended_at, (until + 1)::timestamp AT TIME ZONE 'Europe/Amsterdam')));

CREATE VIEW coaching.follower AS
    SELECT cooperative_id, member_id, coach_id AS role_id, 'coach'::text AS kind, since, '-infinity'::date AS begins, 'infinity'::date AS until
    FROM coaching.caseload
    UNION ALL
    SELECT s.cooperative_id, s.member_id, s.colleague_id, 'stand_in'::text, s.begins::timestamp AT TIME ZONE 'Europe/Amsterdam', s.begins, s.until
    FROM coaching.stand_in s
    JOIN coaching.caseload l ON l.cooperative_id = s.cooperative_id AND l.member_id = s.member_id AND l.coach_id = s.coach_id
    WHERE s.ended_at IS NULL;
COMMENT ON VIEW coaching.follower IS 'Who follows whom: on a day in the Netherlands those rows of which begins and until hold the day. Nothing else decides that.';

-- +goose Down
DROP VIEW coaching.follower;
DROP TABLE coaching.stand_in;
