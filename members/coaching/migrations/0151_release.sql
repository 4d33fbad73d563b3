-- +goose Up
CREATE TABLE coaching.release (
    id             uuid PRIMARY KEY,
    cooperative_id uuid NOT NULL,
    member_id      uuid NOT NULL,
    client_id      uuid NOT NULL,
    state          text NOT NULL,
    until          date NOT NULL,
    alone          boolean NOT NULL,
    sentence       bytea,
    begun_by       uuid NOT NULL,
    begun_at       timestamptz NOT NULL,
    member_at      timestamptz,
    coach_id       uuid,
    coach_at       timestamptz,
    released_at    timestamptz,
    ended_by       uuid,
    ended_at       timestamptz,
    CONSTRAINT release_member FOREIGN KEY (cooperative_id, member_id) REFERENCES members.member (cooperative_id, id),
    CONSTRAINT release_client FOREIGN KEY (cooperative_id, client_id) REFERENCES members.client (cooperative_id, id),
    CONSTRAINT release_begun_by FOREIGN KEY (cooperative_id, begun_by) REFERENCES members.role (cooperative_id, id),
    CONSTRAINT release_coach FOREIGN KEY (cooperative_id, coach_id) REFERENCES members.role (cooperative_id, id),
    CONSTRAINT release_ended_by FOREIGN KEY (cooperative_id, ended_by) REFERENCES members.role (cooperative_id, id),
    CONSTRAINT release_state_known CHECK (state IN ('asked', 'released', 'expired', 'revoked', 'refused', 'withdrawn')),
    CONSTRAINT release_until_within_a_year CHECK (until BETWEEN (begun_at AT TIME ZONE 'Europe/Amsterdam')::date
        AND (begun_at AT TIME ZONE 'Europe/Amsterdam')::date + interval '1 year'),
    CONSTRAINT release_sentence_length CHECK (octet_length(sentence) BETWEEN 30 AND 829),
    CONSTRAINT release_sentence_of_the_member CHECK (sentence IS NULL OR member_at IS NOT NULL),
    CONSTRAINT release_coach_key_whole CHECK ((coach_id IS NULL) = (coach_at IS NULL)),
    CONSTRAINT release_with_the_members_key CHECK (released_at IS NULL OR member_at IS NOT NULL),
    CONSTRAINT release_with_two_keys CHECK (released_at IS NULL OR alone OR coach_at IS NOT NULL),
    CONSTRAINT release_has_its_time CHECK (CASE WHEN state IN ('released', 'revoked') THEN released_at IS NOT NULL
        WHEN state IN ('asked', 'refused', 'withdrawn') THEN released_at IS NULL ELSE true END),
    CONSTRAINT release_end_has_its_time CHECK ((state IN ('asked', 'released')) = (ended_at IS NULL)),
    CONSTRAINT release_ended_by_somebody CHECK (state NOT IN ('revoked', 'refused') OR ended_by IS NOT NULL),
    CONSTRAINT release_times_in_order CHECK (member_at >= begun_at AND coach_at >= begun_at AND released_at >= begun_at AND ended_at >= begun_at)
);
COMMENT ON TABLE coaching.release IS 'A member''s card for one client, until a day in the Netherlands, included. asked → released → expired | revoked; asked → refused | withdrawn | expired. It opens with the key of the member, and of the coach unless alone.';
COMMENT ON COLUMN coaching.release.alone IS 'The member decides alone: they said so, or nobody follows them.';
COMMENT ON COLUMN coaching.release.sentence IS 'What the member says to this client. Sealed with the key of the member''s person: at most 200 characters.';
COMMENT ON COLUMN coaching.release.coach_id IS 'Whose key the coach''s is; nobody''s again when another coach takes over before it opens.';
COMMENT ON COLUMN coaching.release.ended_by IS 'The role that ended it; NULL: its day is over, or who asked follows the member no more.';
CREATE UNIQUE INDEX release_one_at_a_time ON coaching.release (cooperative_id, member_id, client_id) WHERE state IN ('asked', 'released');
CREATE INDEX release_of_member ON coaching.release (cooperative_id, member_id, begun_at DESC);
CREATE INDEX release_to_client ON coaching.release (cooperative_id, client_id, state, until);
CREATE INDEX release_begun_by ON coaching.release (cooperative_id, begun_by);
CREATE INDEX release_coach ON coaching.release (cooperative_id, coach_id) WHERE coach_id IS NOT NULL;
CREATE INDEX release_ended_by ON coaching.release (cooperative_id, ended_by) WHERE ended_by IS NOT NULL;
CREATE INDEX release_over ON coaching.release ((coalesce(ended_at, (until + 1)::timestamp AT TIME ZONE 'Europe/Amsterdam')));

-- +goose Down
DROP TABLE coaching.release;
