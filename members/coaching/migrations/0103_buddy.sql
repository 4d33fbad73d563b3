-- +goose Up
CREATE TABLE coaching.buddy (
    id             uuid PRIMARY KEY,
    cooperative_id uuid NOT NULL,
    member_id      uuid NOT NULL,
    buddy_id       uuid NOT NULL,
    state          text NOT NULL,
    member_yes     boolean NOT NULL,
    until          date,
    asked_at       timestamptz NOT NULL,
    asked_by       uuid NOT NULL,
    closed_at      timestamptz,
    CONSTRAINT buddy_key UNIQUE (cooperative_id, id),
    CONSTRAINT buddy_member FOREIGN KEY (cooperative_id, member_id) REFERENCES members.member (cooperative_id, id),
    CONSTRAINT buddy_buddy FOREIGN KEY (cooperative_id, buddy_id) REFERENCES members.member (cooperative_id, id),
    CONSTRAINT buddy_asked_by FOREIGN KEY (cooperative_id, asked_by) REFERENCES members.role (cooperative_id, id),
    CONSTRAINT buddy_somebody_else CHECK (member_id <> buddy_id),
    CONSTRAINT buddy_state_known CHECK (state IN ('asked', 'on', 'refused', 'ended')),
    CONSTRAINT buddy_on_has_both CHECK (state <> 'on' OR member_yes AND until IS NOT NULL),
    CONSTRAINT buddy_closed_whole CHECK ((state IN ('refused', 'ended')) = (closed_at IS NOT NULL)),
    CONSTRAINT buddy_times_in_order CHECK (closed_at >= asked_at)
);
COMMENT ON TABLE coaching.buddy IS 'A member with experience who helps another, when both want it. asked → on | refused; on → ended, or over after its last day.';
COMMENT ON COLUMN coaching.buddy.member_yes IS 'The member said yes: then the buddy is asked.';
CREATE UNIQUE INDEX buddy_one_open ON coaching.buddy (cooperative_id, member_id) WHERE state IN ('asked', 'on');
CREATE INDEX buddy_of_member ON coaching.buddy (cooperative_id, member_id, asked_at DESC);
CREATE INDEX buddy_of_buddy ON coaching.buddy (cooperative_id, buddy_id);
CREATE INDEX buddy_asked_by ON coaching.buddy (cooperative_id, asked_by);
CREATE INDEX buddy_over ON coaching.buddy ((least(closed_at, (until + 1)::timestamp AT TIME ZONE 'Europe/Amsterdam')));

CREATE TABLE coaching.buddy_message (
    id             uuid PRIMARY KEY,
    cooperative_id uuid NOT NULL,
    pair_id        uuid NOT NULL,
    by_member      boolean NOT NULL,
    text           bytea NOT NULL,
    sent_at        timestamptz NOT NULL,
    CONSTRAINT buddy_message_pair FOREIGN KEY (cooperative_id, pair_id) REFERENCES coaching.buddy (cooperative_id, id) ON DELETE CASCADE,
    CONSTRAINT buddy_message_length CHECK (octet_length(text) BETWEEN 30 AND 2029)
);
COMMENT ON TABLE coaching.buddy_message IS 'What a member and their buddy write to each other.';
COMMENT ON COLUMN coaching.buddy_message.text IS 'Sealed with the key of the person of the member who is helped: at most 500 characters.';
CREATE INDEX buddy_message_list ON coaching.buddy_message (cooperative_id, pair_id, sent_at DESC);

-- +goose Down
DROP TABLE coaching.buddy_message, coaching.buddy;
