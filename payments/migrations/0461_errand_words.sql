-- +goose Up
ALTER TABLE payments.errand
    ADD COLUMN words_hash bytea,
    ADD CONSTRAINT errand_words_length CHECK (octet_length(words_hash) = 32);
COMMENT ON COLUMN payments.errand.input_hash IS 'Of what is asked for, at each try; null before the first call of a generation.';
COMMENT ON COLUMN payments.errand.words_hash IS 'Of what else the calls with this key say, such as an address or a bank: with the next key it may be something else.';
-- What is asked of these is less than it was, and the rest of it is words.
UPDATE payments.errand SET input_hash = NULL WHERE kind IN ('checkout', 'payout');

-- +goose Down
UPDATE payments.errand SET input_hash = NULL WHERE kind IN ('checkout', 'payout');
ALTER TABLE payments.errand DROP COLUMN words_hash;
