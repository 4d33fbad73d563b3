-- +goose Up
ALTER TABLE stripesim.txn DROP CONSTRAINT txn_type_known;
ALTER TABLE stripesim.txn ADD CONSTRAINT txn_type_known CHECK (type IN (
    'charge', 'refund', 'refund_failure', 'payment', 'payment_refund', 'payment_failure_refund', 'transfer', 'transfer_refund',
    'payout', 'payout_failure', 'payout_cancel', 'dispute', 'dispute_reversal'));

ALTER TABLE stripesim.balance ADD COLUMN ripens_at timestamptz;
COMMENT ON COLUMN stripesim.balance.ripens_at IS 'When the next of its money becomes available; NULL when nothing waits.';
CREATE INDEX balance_ripens ON stripesim.balance (ripens_at) WHERE ripens_at IS NOT NULL;

CREATE TABLE stripesim.bank (
    id         text PRIMARY KEY,
    number     bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT bank_number_unique UNIQUE,
    account    text NOT NULL REFERENCES stripesim.account,
    last4      text NOT NULL,
    status     text NOT NULL DEFAULT 'new',
    simulate   text NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT bank_status_known CHECK (status IN ('new', 'errored')),
    CONSTRAINT bank_simulate_known CHECK (simulate IN ('', 'fail', 'fail_late'))
);
COMMENT ON TABLE stripesim.bank IS 'Bank accounts of connected accounts. Of a number only the end is kept.';
COMMENT ON COLUMN stripesim.bank.simulate IS 'How payouts to it end, when they do not say so themselves.';
CREATE INDEX bank_account ON stripesim.bank (account, number DESC);

ALTER TABLE stripesim.account
    ADD COLUMN submitted boolean NOT NULL DEFAULT true,
    ADD COLUMN transfers text NOT NULL DEFAULT 'active',
    ADD COLUMN pays_out  boolean NOT NULL DEFAULT true,
    ADD COLUMN due       text[] NOT NULL DEFAULT '{}',
    ADD COLUMN disabled  text NOT NULL DEFAULT '',
    ADD COLUMN bank_id   text CONSTRAINT account_bank_there REFERENCES stripesim.bank DEFERRABLE INITIALLY DEFERRED,
    ADD COLUMN gone_at   timestamptz,
    ADD CONSTRAINT account_transfers_known CHECK (transfers IN ('inactive', 'pending', 'active')),
    ADD CONSTRAINT account_pays_out_when_submitted CHECK (submitted OR NOT pays_out);
COMMENT ON COLUMN stripesim.account.due IS 'What Stripe still asks of its owner.';
COMMENT ON COLUMN stripesim.account.bank_id IS 'Where its payouts go.';
COMMENT ON COLUMN stripesim.account.gone_at IS 'When it was deleted, or took its access back.';

CREATE TABLE stripesim.link (
    id          text PRIMARY KEY,
    account     text NOT NULL REFERENCES stripesim.account,
    return_url  text NOT NULL,
    refresh_url text NOT NULL,
    created_at  timestamptz NOT NULL,
    expires_at  timestamptz NOT NULL,
    used_at     timestamptz
);
COMMENT ON TABLE stripesim.link IS 'Pages on which the owner of an account tells what Stripe must know.';

ALTER TABLE stripesim.session
    ADD COLUMN methods text[] NOT NULL DEFAULT '{card}',
    ADD COLUMN paid    boolean NOT NULL DEFAULT false;
UPDATE stripesim.session SET paid = true WHERE status = 'complete';
ALTER TABLE stripesim.session ADD CONSTRAINT session_paid_is_complete CHECK (NOT paid OR status = 'complete');

ALTER TABLE stripesim.intent ADD COLUMN methods text[] NOT NULL DEFAULT '{card}';
ALTER TABLE stripesim.intent DROP CONSTRAINT intent_status_known;
ALTER TABLE stripesim.intent ADD CONSTRAINT intent_status_known CHECK (status IN ('requires_payment_method', 'processing', 'succeeded'));

ALTER TABLE stripesim.charge
    ADD COLUMN method   text NOT NULL DEFAULT 'card',
    ADD COLUMN simulate text NOT NULL DEFAULT '',
    ADD COLUMN disputed boolean NOT NULL DEFAULT false,
    ADD COLUMN due_at   timestamptz,
    ADD CONSTRAINT charge_method_known CHECK (method IN ('card', 'ideal', 'sepa_debit')),
    ADD CONSTRAINT charge_pending_is_due CHECK (status <> 'pending' OR due_at IS NOT NULL),
    ADD CONSTRAINT charge_dispute_needs_success CHECK (NOT disputed OR status = 'succeeded');
ALTER TABLE stripesim.charge DROP CONSTRAINT charge_status_known;
ALTER TABLE stripesim.charge ADD CONSTRAINT charge_status_known CHECK (status IN ('pending', 'succeeded', 'failed'));
COMMENT ON COLUMN stripesim.charge.card IS 'The last four digits of the test card or of the bank account.';
COMMENT ON COLUMN stripesim.charge.simulate IS 'What the test card or method brings later.';
COMMENT ON COLUMN stripesim.charge.due_at IS 'When its next step comes by itself; NULL when there is none.';
CREATE INDEX charge_due ON stripesim.charge (due_at) WHERE due_at IS NOT NULL;

ALTER TABLE stripesim.refund
    ADD COLUMN status         text NOT NULL DEFAULT 'succeeded',
    ADD COLUMN failure_txn_id text REFERENCES stripesim.txn,
    ADD COLUMN simulate       text NOT NULL DEFAULT '',
    ADD COLUMN due_at         timestamptz,
    ADD CONSTRAINT refund_status_known CHECK (status IN ('pending', 'succeeded', 'failed')),
    ADD CONSTRAINT refund_failure_returns_money CHECK ((status = 'failed') = (failure_txn_id IS NOT NULL)),
    ADD CONSTRAINT refund_pending_is_due CHECK (status <> 'pending' OR due_at IS NOT NULL);
CREATE INDEX refund_due ON stripesim.refund (due_at) WHERE due_at IS NOT NULL;

ALTER TABLE stripesim.transfer
    ADD COLUMN reversed bigint NOT NULL DEFAULT 0,
    ADD CONSTRAINT transfer_reversed_within CHECK (reversed BETWEEN 0 AND amount);

CREATE TABLE stripesim.reversal (
    id          text PRIMARY KEY,
    number      bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT reversal_number_unique UNIQUE,
    transfer_id text NOT NULL REFERENCES stripesim.transfer,
    amount      bigint NOT NULL,
    account     text NOT NULL REFERENCES stripesim.account,
    refund      text NOT NULL,
    metadata    jsonb NOT NULL,
    txn_id      text NOT NULL REFERENCES stripesim.txn,
    created_at  timestamptz NOT NULL,
    CONSTRAINT reversal_amount_positive CHECK (amount > 0)
);
COMMENT ON COLUMN stripesim.reversal.refund IS 'How the reversal is called in the book of the account that gave the money back (pyr_…).';
CREATE INDEX reversal_transfer ON stripesim.reversal (transfer_id, number DESC);

ALTER TABLE stripesim.payout
    ADD COLUMN bank         text NOT NULL DEFAULT '',
    ADD COLUMN failure_code text NOT NULL DEFAULT '';
UPDATE stripesim.payout SET failure_code = 'account_closed' WHERE status = 'failed';
ALTER TABLE stripesim.payout DROP CONSTRAINT payout_status_known, DROP CONSTRAINT payout_failure_returns_money, DROP CONSTRAINT payout_failed_is_over;
ALTER TABLE stripesim.payout
    ADD CONSTRAINT payout_status_known CHECK (status IN ('pending', 'paid', 'failed', 'canceled')),
    ADD CONSTRAINT payout_failure_returns_money CHECK ((status IN ('failed', 'canceled')) = (failure_txn_id IS NOT NULL)),
    ADD CONSTRAINT payout_failed_is_over CHECK (status NOT IN ('failed', 'canceled') OR due_at IS NULL),
    ADD CONSTRAINT payout_failure_says_why CHECK ((status = 'failed') = (failure_code <> ''));

CREATE TABLE stripesim.dispute (
    id          text PRIMARY KEY,
    number      bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT dispute_number_unique UNIQUE,
    charge_id   text NOT NULL CONSTRAINT dispute_one_a_charge UNIQUE REFERENCES stripesim.charge,
    intent_id   text NOT NULL REFERENCES stripesim.intent,
    status      text NOT NULL,
    amount      bigint NOT NULL,
    reason      text NOT NULL,
    evidence    jsonb NOT NULL DEFAULT '{}',
    submitted   integer NOT NULL DEFAULT 0,
    metadata    jsonb NOT NULL DEFAULT '{}',
    txn_id      text REFERENCES stripesim.txn,
    back_txn_id text REFERENCES stripesim.txn,
    created_at  timestamptz NOT NULL,
    until_at    timestamptz NOT NULL,
    due_at      timestamptz,
    CONSTRAINT dispute_status_known CHECK (status IN (
        'warning_needs_response', 'warning_under_review', 'warning_closed', 'needs_response', 'under_review', 'won', 'lost')),
    CONSTRAINT dispute_warning_moves_nothing CHECK ((status LIKE 'warning%') = (txn_id IS NULL)),
    CONSTRAINT dispute_won_returns_money CHECK ((status = 'won') = (back_txn_id IS NOT NULL)),
    CONSTRAINT dispute_closed_is_over CHECK ((status IN ('warning_closed', 'won', 'lost')) = (due_at IS NULL)),
    CONSTRAINT dispute_amount_positive CHECK (amount > 0)
);
COMMENT ON COLUMN stripesim.dispute.until_at IS 'Until when evidence may be sent.';
COMMENT ON COLUMN stripesim.dispute.due_at IS 'When it is decided; NULL once it was.';
CREATE INDEX dispute_due ON stripesim.dispute (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX dispute_intent ON stripesim.dispute (intent_id);

-- Who was paid before has a bank.
INSERT INTO stripesim.bank (id, account, last4, simulate, created_at)
SELECT 'ba_' || md5(id), id, '5264', '', created_at FROM stripesim.account ORDER BY number;
UPDATE stripesim.account a SET bank_id = b.id FROM stripesim.bank b WHERE b.account = a.id;

-- +goose Down
DROP TABLE stripesim.dispute, stripesim.reversal, stripesim.link;
ALTER TABLE stripesim.payout DROP CONSTRAINT payout_status_known, DROP CONSTRAINT payout_failure_returns_money, DROP CONSTRAINT payout_failed_is_over,
    DROP COLUMN bank, DROP COLUMN failure_code;
ALTER TABLE stripesim.payout
    ADD CONSTRAINT payout_status_known CHECK (status IN ('pending', 'paid', 'failed')),
    ADD CONSTRAINT payout_failure_returns_money CHECK ((status = 'failed') = (failure_txn_id IS NOT NULL)),
    ADD CONSTRAINT payout_failed_is_over CHECK (status <> 'failed' OR due_at IS NULL);
ALTER TABLE stripesim.transfer DROP COLUMN reversed;
ALTER TABLE stripesim.refund DROP COLUMN status, DROP COLUMN failure_txn_id, DROP COLUMN simulate, DROP COLUMN due_at;
ALTER TABLE stripesim.charge DROP CONSTRAINT charge_status_known, DROP COLUMN method, DROP COLUMN simulate, DROP COLUMN disputed, DROP COLUMN due_at;
ALTER TABLE stripesim.charge ADD CONSTRAINT charge_status_known CHECK (status IN ('succeeded', 'failed'));
ALTER TABLE stripesim.intent DROP CONSTRAINT intent_status_known, DROP COLUMN methods;
ALTER TABLE stripesim.intent ADD CONSTRAINT intent_status_known CHECK (status IN ('requires_payment_method', 'succeeded'));
ALTER TABLE stripesim.session DROP COLUMN methods, DROP COLUMN paid;
ALTER TABLE stripesim.account DROP COLUMN submitted, DROP COLUMN transfers, DROP COLUMN pays_out, DROP COLUMN due, DROP COLUMN disabled,
    DROP COLUMN bank_id, DROP COLUMN gone_at;
DROP TABLE stripesim.bank;
ALTER TABLE stripesim.balance DROP COLUMN ripens_at;
ALTER TABLE stripesim.txn DROP CONSTRAINT txn_type_known;
ALTER TABLE stripesim.txn ADD CONSTRAINT txn_type_known CHECK (type IN ('charge', 'refund', 'transfer', 'payment', 'payout', 'payout_failure'));
