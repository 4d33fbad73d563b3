-- +goose Up
ALTER TABLE jobs.gig
    ADD COLUMN awaits_deposit boolean NOT NULL DEFAULT false,
    ADD CONSTRAINT gig_awaits_while_paused CHECK (NOT awaits_deposit OR state = 'paused');
COMMENT ON COLUMN jobs.gig.awaits_deposit IS 'Posted by a client who pays before the work: it is paused until that money is there, and then opens by itself.';

-- +goose Down
ALTER TABLE jobs.gig DROP CONSTRAINT gig_awaits_while_paused, DROP COLUMN awaits_deposit;
