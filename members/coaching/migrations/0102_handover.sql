-- +goose Up
CREATE TABLE coaching.handover (
    id             uuid PRIMARY KEY,
    cooperative_id uuid NOT NULL,
    member_id      uuid NOT NULL,
    from_id        uuid NOT NULL,
    to_id          uuid NOT NULL,
    reason         text NOT NULL,
    words          bytea,
    day            date NOT NULL,
    ticked         text[] NOT NULL DEFAULT '{}',
    state          text NOT NULL,
    proposed_at    timestamptz NOT NULL,
    proposed_by    uuid NOT NULL,
    answered_at    timestamptz,
    closed_at      timestamptz,
    CONSTRAINT handover_member FOREIGN KEY (cooperative_id, member_id) REFERENCES members.member (cooperative_id, id),
    CONSTRAINT handover_from FOREIGN KEY (cooperative_id, from_id) REFERENCES members.role (cooperative_id, id),
    CONSTRAINT handover_to FOREIGN KEY (cooperative_id, to_id) REFERENCES members.role (cooperative_id, id),
    CONSTRAINT handover_proposed_by FOREIGN KEY (cooperative_id, proposed_by) REFERENCES members.role (cooperative_id, id),
    CONSTRAINT handover_somebody_else CHECK (to_id <> from_id),
    CONSTRAINT handover_reason_known CHECK (reason IN ('leaves', 'other_district', 'member_asked', 'too_large', 'something_else')),
    CONSTRAINT handover_words_length CHECK (octet_length(words) BETWEEN 30 AND 829),
    CONSTRAINT handover_words_of_something_else CHECK (words IS NULL OR reason = 'something_else'),
    CONSTRAINT handover_ticked_known CHECK (ticked <@ ARRAY['talk', 'goals', 'questions', 'notes', 'introduced']),
    CONSTRAINT handover_state_known CHECK (state IN ('proposed', 'agreed', 'refused', 'withdrawn', 'done')),
    CONSTRAINT handover_answered_once CHECK (state <> 'proposed' OR answered_at IS NULL),
    CONSTRAINT handover_agreed_first CHECK (state NOT IN ('agreed', 'refused', 'done') OR answered_at IS NOT NULL),
    CONSTRAINT handover_closed_whole CHECK ((state IN ('refused', 'withdrawn', 'done')) = (closed_at IS NOT NULL)),
    CONSTRAINT handover_times_in_order CHECK (answered_at >= proposed_at AND closed_at >= proposed_at)
);
COMMENT ON TABLE coaching.handover IS 'A member goes from one coach to another, when the member agrees. proposed → agreed | refused | withdrawn; agreed → done | refused | withdrawn.';
COMMENT ON COLUMN coaching.handover.words IS 'Sealed with the key of the member''s person: at most 200 characters.';
COMMENT ON COLUMN coaching.handover.ticked IS 'What of the checklist the old coach has done.';
CREATE UNIQUE INDEX handover_one_open ON coaching.handover (cooperative_id, member_id) WHERE state IN ('proposed', 'agreed');
CREATE INDEX handover_of_member ON coaching.handover (cooperative_id, member_id, proposed_at DESC);
CREATE INDEX handover_of_from ON coaching.handover (cooperative_id, from_id);
CREATE INDEX handover_of_to ON coaching.handover (cooperative_id, to_id);
CREATE INDEX handover_of_proposer ON coaching.handover (cooperative_id, proposed_by);
CREATE INDEX handover_over ON coaching.handover (closed_at) WHERE state IN ('refused', 'withdrawn', 'done');

-- +goose Down
DROP TABLE coaching.handover;
