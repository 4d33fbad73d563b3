-- +goose Up
ALTER TABLE payments.payout
    ADD began_at         timestamptz,
    ADD held_at          timestamptz,
    ADD held_why         text,
    ADD release_asked_by uuid,
    ADD release_asked_at timestamptz,
    ADD released_by      uuid,
    ADD released_at      timestamptz,
    DROP CONSTRAINT payout_state_known,
    DROP CONSTRAINT payout_sent_has_a_number,
    ADD CONSTRAINT payout_state_known CHECK (state IN ('held', 'due', 'sent', 'paid', 'failed')),
    ADD CONSTRAINT payout_sent_has_a_number CHECK (state IN ('held', 'due', 'failed') OR emptied_at IS NOT NULL OR (payout_id IS NOT NULL AND transfer_id IS NOT NULL AND sent_at IS NOT NULL)),
    ADD CONSTRAINT payout_held_why_known CHECK (held_why IN ('payout', 'hour', 'member_day')),
    ADD CONSTRAINT payout_held_has_its_time CHECK ((held_at IS NULL) = (held_why IS NULL)),
    ADD CONSTRAINT payout_held_until_released CHECK ((state = 'held') = (held_at IS NOT NULL AND released_at IS NULL)),
    ADD CONSTRAINT payout_held_before_it_begins CHECK (state <> 'held' OR (began_at IS NULL AND transfer_id IS NULL)),
    ADD CONSTRAINT payout_released_by_somebody CHECK ((released_at IS NULL) = (released_by IS NULL) AND (released_at IS NULL OR held_at IS NOT NULL)),
    ADD CONSTRAINT payout_asked_by_somebody CHECK ((release_asked_at IS NULL) = (release_asked_by IS NULL) AND (release_asked_at IS NULL OR held_at IS NOT NULL)),
    ADD CONSTRAINT payout_released_by_another CHECK (released_by <> release_asked_by),
    ADD CONSTRAINT payout_release_asker FOREIGN KEY (cooperative_id, release_asked_by) REFERENCES members.role (cooperative_id, id),
    ADD CONSTRAINT payout_releaser FOREIGN KEY (cooperative_id, released_by) REFERENCES members.role (cooperative_id, id);
COMMENT ON TABLE payments.payout IS 'A member''s wage on its way to the bank. due → sent → paid | failed → due; a paid one may still fail, days later. due → held → due when it is more than may leave without a person.';
COMMENT ON COLUMN payments.payout.began_at IS 'When its money was set apart to leave: so much left in an hour, or for one member in a day.';
COMMENT ON COLUMN payments.payout.held_why IS 'Which limit of payments.policy it would have passed.';
COMMENT ON COLUMN payments.payout.release_asked_by IS 'The first of two, where one is not enough.';
UPDATE payments.payout o SET began_at = e.posted_at FROM payments.entry e
    WHERE e.cooperative_id = o.cooperative_id AND e.key = 'payout:' || o.id || ':hold';
UPDATE payments.payout SET began_at = coalesce(sent_at, due_at) WHERE began_at IS NULL AND (transfer_id IS NOT NULL OR state <> 'due');
CREATE INDEX payout_began ON payments.payout (cooperative_id, began_at);
CREATE INDEX payout_held ON payments.payout (cooperative_id, held_at) WHERE state = 'held';
CREATE INDEX payout_release_asked ON payments.payout (cooperative_id, release_asked_by) WHERE release_asked_by IS NOT NULL;
CREATE INDEX payout_released ON payments.payout (cooperative_id, released_by) WHERE released_by IS NOT NULL;

-- +goose Down
ALTER TABLE payments.payout
    DROP began_at, DROP held_at, DROP held_why, DROP release_asked_by, DROP release_asked_at, DROP released_by, DROP released_at,
    DROP CONSTRAINT payout_state_known,
    DROP CONSTRAINT payout_sent_has_a_number;
UPDATE payments.payout SET state = 'due' WHERE state = 'held';
ALTER TABLE payments.payout
    ADD CONSTRAINT payout_state_known CHECK (state IN ('due', 'sent', 'paid', 'failed')),
    ADD CONSTRAINT payout_sent_has_a_number CHECK (state IN ('due', 'failed') OR emptied_at IS NOT NULL OR (payout_id IS NOT NULL AND transfer_id IS NOT NULL AND sent_at IS NOT NULL));
COMMENT ON TABLE payments.payout IS 'A member''s wage on its way to the bank. due → sent → paid | failed → due; a paid one may still fail, days later.';
