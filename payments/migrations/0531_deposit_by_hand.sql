-- +goose Up
ALTER TABLE payments.deposit
    ADD COLUMN returns integer NOT NULL DEFAULT 0,
    ADD COLUMN back_refused text NOT NULL DEFAULT '',
    ADD COLUMN hand_note text NOT NULL DEFAULT '',
    ADD COLUMN hand_asked_by uuid,
    ADD COLUMN hand_asked_at timestamptz,
    ADD COLUMN hand_agreed_by uuid,
    ADD CONSTRAINT deposit_hand_asked_by FOREIGN KEY (cooperative_id, hand_asked_by) REFERENCES members.role (cooperative_id, id),
    ADD CONSTRAINT deposit_hand_agreed_by FOREIGN KEY (cooperative_id, hand_agreed_by) REFERENCES members.role (cooperative_id, id),
    ADD CONSTRAINT deposit_refused_length CHECK (char_length(back_refused) <= 100),
    ADD CONSTRAINT deposit_note_length CHECK (char_length(hand_note) <= 300),
    ADD CONSTRAINT deposit_hand_asked CHECK ((hand_asked_by IS NULL) = (hand_asked_at IS NULL) AND (hand_asked_by IS NULL) = (hand_note = '')),
    ADD CONSTRAINT deposit_hand_is_last CHECK (hand_asked_by IS NULL OR state = 'returned' AND refund_id IS NULL AND (back_failed_at IS NOT NULL OR hand_agreed_by IS NOT NULL)),
    ADD CONSTRAINT deposit_hand_four_eyes CHECK (hand_agreed_by IS NULL OR hand_asked_by IS NOT NULL AND hand_agreed_by <> hand_asked_by AND back_at IS NOT NULL);
COMMENT ON COLUMN payments.deposit.returns IS 'How often a person had its return tried again.';
COMMENT ON COLUMN payments.deposit.back_refused IS 'The gateway''s word, when it said no.';
COMMENT ON COLUMN payments.deposit.hand_note IS 'How the client got it otherwise: about money and nobody; plain.';
COMMENT ON COLUMN payments.deposit.hand_agreed_by IS 'Somebody else than who said that the client got it otherwise. Since then it is back, and what is at the gateway is the cooperative''s.';
CREATE INDEX deposit_not_back ON payments.deposit (cooperative_id, back_failed_at) WHERE back_failed_at IS NOT NULL;
CREATE INDEX deposit_hand_asker ON payments.deposit (cooperative_id, hand_asked_by) WHERE hand_asked_by IS NOT NULL;
CREATE INDEX deposit_hand_agreer ON payments.deposit (cooperative_id, hand_agreed_by) WHERE hand_agreed_by IS NOT NULL;

DROP VIEW payments.wrong_refund_left;
CREATE VIEW payments.wrong_refund_left AS
    WITH waiting AS (
        SELECT cooperative_id, 'refund:' || id || ':moving' AS address, cents FROM payments.refund WHERE state = 'approved'
        UNION ALL SELECT cooperative_id, 'refund:' || id || ':moving', cents - used_cents - lost_cents FROM payments.deposit
            WHERE state = 'returned' AND refund_id IS NULL AND hand_agreed_by IS NULL AND emptied_at IS NULL
    )
    SELECT a.cooperative_id, a.address, a.balance_cents AS cents FROM payments.account a
    LEFT JOIN waiting w ON w.cooperative_id = a.cooperative_id AND w.address = a.address
    WHERE a.address ~ '^refund:[^:]+:moving$' AND a.balance_cents <> coalesce(w.cents, 0);
COMMENT ON VIEW payments.wrong_refund_left IS 'Money that waits for a refund, or for the return of a deposit, which is over, or is not all there.';

-- +goose Down
DROP VIEW payments.wrong_refund_left;
CREATE VIEW payments.wrong_refund_left AS
    WITH waiting AS (
        SELECT cooperative_id, 'refund:' || id || ':moving' AS address, cents FROM payments.refund WHERE state = 'approved'
        UNION ALL SELECT cooperative_id, 'refund:' || id || ':moving', cents - used_cents - lost_cents FROM payments.deposit WHERE state = 'returned' AND refund_id IS NULL AND emptied_at IS NULL
    )
    SELECT a.cooperative_id, a.address, a.balance_cents AS cents FROM payments.account a
    LEFT JOIN waiting w ON w.cooperative_id = a.cooperative_id AND w.address = a.address
    WHERE a.address ~ '^refund:[^:]+:moving$' AND a.balance_cents <> coalesce(w.cents, 0);
COMMENT ON VIEW payments.wrong_refund_left IS 'Money that waits for a refund, or for the return of a deposit, which is over, or is not all there.';
ALTER TABLE payments.deposit DROP COLUMN returns, DROP COLUMN back_refused, DROP COLUMN hand_note, DROP COLUMN hand_asked_by, DROP COLUMN hand_asked_at, DROP COLUMN hand_agreed_by;
