-- +goose Up
ALTER TABLE members.member_profile
    ADD COLUMN certificate text,
    ADD CONSTRAINT profile_certificate_known CHECK (certificate IN ('in_hand', 'not'));
COMMENT ON COLUMN members.member_profile.certificate IS 'Whether the member has a certificate of conduct (VOG). Never why not.';
ALTER TABLE members.member_answer
    DROP CONSTRAINT answer_question_known,
    ADD CONSTRAINT answer_question_known CHECK (question IN ('name', 'skills', 'levels', 'abilities', 'load', 'support', 'travel', 'week',
        'hours', 'room', 'learn', 'languages', 'certificate', 'contact', 'note'));

-- +goose Down
DELETE FROM members.member_answer WHERE question = 'certificate';
ALTER TABLE members.member_answer
    DROP CONSTRAINT answer_question_known,
    ADD CONSTRAINT answer_question_known CHECK (question IN ('name', 'skills', 'levels', 'abilities', 'load', 'support', 'travel', 'week',
        'hours', 'room', 'learn', 'languages', 'contact', 'note'));
ALTER TABLE members.member_profile DROP COLUMN certificate;
