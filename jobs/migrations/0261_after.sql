-- +goose Up
CREATE TABLE jobs.feedback (
    id             uuid PRIMARY KEY,
    cooperative_id uuid NOT NULL,
    engagement_id  uuid NOT NULL,
    side           text NOT NULL,
    by_role_id     uuid NOT NULL,
    welcome        text,
    clear          text,
    safe           text,
    pace           text,
    sentence       bytea,
    given_at       timestamptz NOT NULL,
    answer         bytea,
    answered_by    uuid,
    answered_at    timestamptz,
    chosen         boolean NOT NULL DEFAULT false,
    CONSTRAINT feedback_within_cooperative UNIQUE (cooperative_id, id),
    CONSTRAINT feedback_once UNIQUE (cooperative_id, engagement_id, side),
    CONSTRAINT feedback_engagement FOREIGN KEY (cooperative_id, engagement_id) REFERENCES jobs.engagement (cooperative_id, id) ON DELETE CASCADE,
    CONSTRAINT feedback_by FOREIGN KEY (cooperative_id, by_role_id) REFERENCES members.role (cooperative_id, id),
    CONSTRAINT feedback_answered_by FOREIGN KEY (cooperative_id, answered_by) REFERENCES members.role (cooperative_id, id),
    CONSTRAINT feedback_side_known CHECK (side IN ('client', 'member')),
    CONSTRAINT feedback_words_known CHECK (welcome IN ('good', 'mixed', 'not') AND clear IN ('good', 'mixed', 'not')
        AND safe IN ('good', 'mixed', 'not') AND pace IN ('good', 'mixed', 'not')),
    CONSTRAINT feedback_words_of_member CHECK (side = 'member' OR num_nonnulls(welcome, clear, safe, pace) = 0),
    CONSTRAINT feedback_sentence_length CHECK (octet_length(sentence) BETWEEN 30 AND 1229),
    CONSTRAINT feedback_answer_length CHECK (octet_length(answer) BETWEEN 30 AND 1229),
    CONSTRAINT feedback_answered_whole CHECK (num_nulls(answer, answered_by, answered_at) IN (0, 3)),
    CONSTRAINT feedback_chosen_of_client CHECK (side = 'client' OR NOT chosen)
);
COMMENT ON TABLE jobs.feedback IS 'What one side says about work whose hours are agreed. Never added up, never public, and no input of matching.';
COMMENT ON COLUMN jobs.feedback.sentence IS 'Sealed with the key of the member''s person, as is answer: at most 300 characters each.';
COMMENT ON COLUMN jobs.feedback.chosen IS 'The member wants the client''s sentence on what they show of their work.';
CREATE INDEX feedback_by ON jobs.feedback (cooperative_id, by_role_id);
CREATE INDEX feedback_answered_by ON jobs.feedback (cooperative_id, answered_by) WHERE answered_by IS NOT NULL;

CREATE TABLE jobs.feedback_skill (
    cooperative_id uuid NOT NULL,
    feedback_id    uuid NOT NULL,
    skill_code     text NOT NULL CONSTRAINT feedback_skill_skill REFERENCES members.skill,
    word           text NOT NULL,
    PRIMARY KEY (cooperative_id, feedback_id, skill_code),
    CONSTRAINT feedback_skill_feedback FOREIGN KEY (cooperative_id, feedback_id) REFERENCES jobs.feedback (cooperative_id, id) ON DELETE CASCADE,
    CONSTRAINT feedback_skill_word_known CHECK (word IN ('well', 'fine', 'practise'))
);
COMMENT ON TABLE jobs.feedback_skill IS 'What a client says of one skill that the gig asked.';
CREATE INDEX feedback_skill_skill ON jobs.feedback_skill (skill_code);

CREATE TABLE jobs.favourite (
    id             uuid PRIMARY KEY,
    cooperative_id uuid NOT NULL,
    member_id      uuid NOT NULL,
    client_id      uuid NOT NULL,
    engagement_id  uuid NOT NULL,
    state          text NOT NULL,
    asked_by       uuid NOT NULL,
    asked_at       timestamptz NOT NULL,
    answered_at    timestamptz,
    ended_at       timestamptz,
    ended_side     text,
    CONSTRAINT favourite_within_cooperative UNIQUE (cooperative_id, id),
    CONSTRAINT favourite_member FOREIGN KEY (cooperative_id, member_id) REFERENCES members.member (cooperative_id, id),
    CONSTRAINT favourite_client FOREIGN KEY (cooperative_id, client_id) REFERENCES members.client (cooperative_id, id),
    CONSTRAINT favourite_engagement FOREIGN KEY (cooperative_id, engagement_id) REFERENCES jobs.engagement (cooperative_id, id) ON DELETE CASCADE,
    CONSTRAINT favourite_asked_by FOREIGN KEY (cooperative_id, asked_by) REFERENCES members.role (cooperative_id, id),
    CONSTRAINT favourite_state_known CHECK (state IN ('asked', 'on', 'refused', 'withdrawn', 'expired', 'ended')),
    CONSTRAINT favourite_times CHECK ((state IN ('on', 'refused', 'ended')) = (answered_at IS NOT NULL)
        AND (state IN ('withdrawn', 'expired', 'ended')) = (ended_at IS NOT NULL)),
    CONSTRAINT favourite_ended_by CHECK (ended_side IN ('client', 'member')),
    CONSTRAINT favourite_ended_by_one CHECK ((state IN ('withdrawn', 'ended')) = (ended_side IS NOT NULL))
);
COMMENT ON TABLE jobs.favourite IS 'A client who wants to ask this member first, and whether the member wants that: asked → on | refused | withdrawn | expired ; on → ended.';
CREATE UNIQUE INDEX favourite_one ON jobs.favourite (cooperative_id, client_id, member_id) WHERE state IN ('asked', 'on');
CREATE INDEX favourite_of_member ON jobs.favourite (cooperative_id, member_id, asked_at);
CREATE INDEX favourite_of_client ON jobs.favourite (cooperative_id, client_id, asked_at);
CREATE INDEX favourite_of_engagement ON jobs.favourite (cooperative_id, engagement_id);
CREATE INDEX favourite_asked_by ON jobs.favourite (cooperative_id, asked_by);

CREATE TABLE jobs.job_offer (
    id             uuid PRIMARY KEY,
    cooperative_id uuid NOT NULL,
    member_id      uuid NOT NULL,
    client_id      uuid NOT NULL,
    engagement_id  uuid NOT NULL,
    title          text NOT NULL,
    hours_week     smallint NOT NULL,
    starts_on      date NOT NULL,
    words          bytea NOT NULL,
    state          text NOT NULL,
    offered_by     uuid NOT NULL,
    offered_at     timestamptz NOT NULL,
    due_at         timestamptz NOT NULL,
    member_said    text,
    member_reason  bytea,
    member_at      timestamptz,
    coach_said     text,
    coach_words    bytea,
    coach_id       uuid,
    coach_at       timestamptz,
    closed_at      timestamptz,
    CONSTRAINT job_offer_within_cooperative UNIQUE (cooperative_id, id),
    CONSTRAINT job_offer_member FOREIGN KEY (cooperative_id, member_id) REFERENCES members.member (cooperative_id, id),
    CONSTRAINT job_offer_client FOREIGN KEY (cooperative_id, client_id) REFERENCES members.client (cooperative_id, id),
    CONSTRAINT job_offer_engagement FOREIGN KEY (cooperative_id, engagement_id) REFERENCES jobs.engagement (cooperative_id, id) ON DELETE CASCADE,
    CONSTRAINT job_offer_by FOREIGN KEY (cooperative_id, offered_by) REFERENCES members.role (cooperative_id, id),
    CONSTRAINT job_offer_coach FOREIGN KEY (cooperative_id, coach_id) REFERENCES members.role (cooperative_id, id),
    CONSTRAINT job_offer_title_length CHECK (char_length(title) BETWEEN 1 AND 80),
    CONSTRAINT job_offer_hours_range CHECK (hours_week BETWEEN 1 AND 40),
    CONSTRAINT job_offer_words_length CHECK (octet_length(words) BETWEEN 30 AND 2029),
    CONSTRAINT job_offer_reason_length CHECK (octet_length(member_reason) BETWEEN 30 AND 1229),
    CONSTRAINT job_offer_coach_words_length CHECK (octet_length(coach_words) BETWEEN 30 AND 2029),
    CONSTRAINT job_offer_state_known CHECK (state IN ('asked', 'coach_first', 'with_coach', 'taken', 'declined', 'withdrawn', 'expired')),
    CONSTRAINT job_offer_said_known CHECK (member_said IN ('yes', 'no') AND coach_said IN ('yes', 'no')),
    CONSTRAINT job_offer_said_whole CHECK (num_nulls(member_said, member_at) IN (0, 2) AND num_nulls(coach_said, coach_id, coach_at) IN (0, 3)),
    CONSTRAINT job_offer_taken_by_both CHECK (state <> 'taken' OR member_said = 'yes' AND coach_said IS DISTINCT FROM 'no'),
    CONSTRAINT job_offer_closed CHECK ((state IN ('taken', 'declined', 'withdrawn', 'expired')) = (closed_at IS NOT NULL))
);
COMMENT ON TABLE jobs.job_offer IS 'A job that a client offers to who worked for them. Without a fee. asked → coach_first | with_coach → taken | declined ; withdrawn by the client, expired after thirty days.';
COMMENT ON COLUMN jobs.job_offer.words IS 'Sealed with the key of the member''s person, as are member_reason and coach_words.';
CREATE UNIQUE INDEX job_offer_one ON jobs.job_offer (cooperative_id, client_id, member_id) WHERE state IN ('asked', 'coach_first', 'with_coach');
CREATE INDEX job_offer_of_member ON jobs.job_offer (cooperative_id, member_id, offered_at);
CREATE INDEX job_offer_of_client ON jobs.job_offer (cooperative_id, client_id, offered_at);
CREATE INDEX job_offer_of_house ON jobs.job_offer (cooperative_id, offered_at);
CREATE INDEX job_offer_of_engagement ON jobs.job_offer (cooperative_id, engagement_id);
CREATE INDEX job_offer_by ON jobs.job_offer (cooperative_id, offered_by);
CREATE INDEX job_offer_coach ON jobs.job_offer (cooperative_id, coach_id) WHERE coach_id IS NOT NULL;

-- +goose Down
DROP TABLE jobs.job_offer;
DROP TABLE jobs.favourite;
DROP TABLE jobs.feedback_skill;
DROP TABLE jobs.feedback;
