-- +goose Up
ALTER TABLE members.sign_in
    ALTER COLUMN email DROP NOT NULL,
    ADD COLUMN phone_marks bytea[],
    ADD CONSTRAINT sign_in_by_mail_or_text CHECK (num_nonnulls(email, phone_marks) = 1);
COMMENT ON COLUMN members.sign_in.phone_marks IS 'Of a request by number: its mark with each of the program''s keys, the first one first. The number itself is nowhere.';
CREATE INDEX sign_in_phone ON members.sign_in ((phone_marks[1]), asked_at);

-- +goose Down
DELETE FROM members.sign_in WHERE email IS NULL;
DROP INDEX members.sign_in_phone;
ALTER TABLE members.sign_in DROP COLUMN phone_marks, ALTER COLUMN email SET NOT NULL;
