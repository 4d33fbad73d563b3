-- +goose Up
ALTER TABLE members.member_skill ADD COLUMN level text NOT NULL DEFAULT 'can'
    CONSTRAINT member_skill_level_known CHECK (level IN ('learning', 'can', 'well', 'can teach'));

CREATE TABLE members.skill_evidence (
    cooperative_id uuid NOT NULL,
    member_id      uuid NOT NULL,
    skill_code     text NOT NULL,
    by_role_id     uuid NOT NULL,
    level          text NOT NULL,
    at             timestamptz NOT NULL,
    PRIMARY KEY (cooperative_id, member_id, skill_code, by_role_id),
    CONSTRAINT evidence_skill FOREIGN KEY (cooperative_id, member_id, skill_code) REFERENCES members.member_skill ON DELETE CASCADE,
    CONSTRAINT evidence_by FOREIGN KEY (cooperative_id, by_role_id) REFERENCES members.role (cooperative_id, id),
    CONSTRAINT evidence_level_known CHECK (level IN ('learning', 'can', 'well', 'can teach'))
);
COMMENT ON TABLE members.skill_evidence IS 'A coach or client who saw that the member can do it, at the level of that day. It says nothing of a higher one.';
CREATE INDEX evidence_by_role ON members.skill_evidence (cooperative_id, by_role_id);

CREATE TABLE members.ability (
    code       text PRIMARY KEY,
    group_code text NOT NULL,
    bit        smallint NOT NULL CONSTRAINT ability_bit_unique UNIQUE,
    nl         text NOT NULL CONSTRAINT ability_nl_unique UNIQUE,
    en         text NOT NULL CONSTRAINT ability_en_unique UNIQUE,
    CONSTRAINT ability_bit_in_a_word CHECK (bit BETWEEN 0 AND 31)
);
COMMENT ON TABLE members.ability IS 'Reference data, upserted from abilities.csv at every migrate. What work can be like, in positive words; no diagnosis.';

CREATE TABLE members.member_ability (
    cooperative_id uuid NOT NULL,
    member_id      uuid NOT NULL,
    ability_code   text NOT NULL CONSTRAINT member_ability_known REFERENCES members.ability,
    strength       text NOT NULL,
    PRIMARY KEY (cooperative_id, member_id, ability_code),
    CONSTRAINT member_ability_member FOREIGN KEY (cooperative_id, member_id) REFERENCES members.member (cooperative_id, id),
    CONSTRAINT member_ability_strength_known CHECK (strength IN ('must', 'prefer'))
);
CREATE INDEX member_ability_ability ON members.member_ability (ability_code);

CREATE TABLE members.member_profile (
    cooperative_id uuid NOT NULL,
    member_id      uuid NOT NULL,
    physical       smallint,
    sensory        smallint,
    mental         smallint,
    support        text,
    week           bytea,
    hours_wanted   smallint,
    hours_most     smallint,
    room_cents     integer,
    room_withheld  boolean NOT NULL DEFAULT false,
    dutch          text,
    english        text,
    channel        text,
    quiet_from     smallint,
    quiet_until    smallint,
    most_offers    smallint,
    rest_days      smallint,
    PRIMARY KEY (cooperative_id, member_id),
    CONSTRAINT profile_member FOREIGN KEY (cooperative_id, member_id) REFERENCES members.member (cooperative_id, id),
    CONSTRAINT profile_load_range CHECK (physical BETWEEN 1 AND 5 AND sensory BETWEEN 1 AND 5 AND mental BETWEEN 1 AND 5),
    CONSTRAINT profile_load_whole CHECK (num_nulls(physical, sensory, mental) IN (0, 3)),
    CONSTRAINT profile_support_known CHECK (support IN ('none', 'sometimes', 'start', 'always')),
    CONSTRAINT profile_week_length CHECK (octet_length(week) = 84),
    CONSTRAINT profile_hours_range CHECK (hours_wanted BETWEEN 1 AND 40 AND hours_most BETWEEN hours_wanted AND 40),
    CONSTRAINT profile_hours_whole CHECK (num_nulls(hours_wanted, hours_most) IN (0, 2)),
    CONSTRAINT profile_room_range CHECK (room_cents BETWEEN 0 AND 1000000),
    CONSTRAINT profile_room_one CHECK (NOT room_withheld OR room_cents IS NULL),
    CONSTRAINT profile_languages_known CHECK (dutch IN ('none', 'little', 'enough', 'well') AND english IN ('none', 'little', 'enough', 'well')),
    CONSTRAINT profile_languages_whole CHECK (num_nulls(dutch, english) IN (0, 2)),
    CONSTRAINT profile_channel_known CHECK (channel IN ('mail', 'sms')),
    CONSTRAINT profile_quiet_range CHECK (quiet_from BETWEEN 0 AND 95 AND quiet_until BETWEEN 0 AND 96 AND quiet_from <> quiet_until),
    CONSTRAINT profile_quiet_whole CHECK (num_nulls(quiet_from, quiet_until) IN (0, 2)),
    CONSTRAINT profile_pace_range CHECK (most_offers BETWEEN 1 AND 3 AND rest_days BETWEEN 0 AND 7)
);
COMMENT ON TABLE members.member_profile IS 'The member''s own answers. What matching may read is plain here; the rest is in sealed. Nothing of origin, diagnosis or benefit.';
COMMENT ON COLUMN members.member_profile.week IS '672 quarter-hours by the clocks in the Netherlands, Monday 0.00 first, lowest bit of a byte first. None: not limited.';
COMMENT ON COLUMN members.member_profile.room_cents IS 'What the member wants to earn in a month at the most: their own figure.';
COMMENT ON COLUMN members.member_profile.quiet_from IS 'Quarters of the day from which on nothing is sent; over midnight where until is not after it.';

CREATE TABLE members.member_goal (
    cooperative_id uuid NOT NULL,
    member_id      uuid NOT NULL,
    skill_code     text NOT NULL CONSTRAINT goal_skill REFERENCES members.skill,
    PRIMARY KEY (cooperative_id, member_id, skill_code),
    CONSTRAINT goal_member FOREIGN KEY (cooperative_id, member_id) REFERENCES members.member (cooperative_id, id)
);
COMMENT ON TABLE members.member_goal IS 'Skills that the member wants to learn.';
CREATE INDEX goal_skill ON members.member_goal (skill_code);

CREATE TABLE members.member_day (
    cooperative_id uuid NOT NULL,
    member_id      uuid NOT NULL,
    day            date NOT NULL,
    off            boolean NOT NULL,
    extra          bytea NOT NULL,
    PRIMARY KEY (cooperative_id, member_id, day),
    CONSTRAINT day_member FOREIGN KEY (cooperative_id, member_id) REFERENCES members.member (cooperative_id, id),
    CONSTRAINT day_extra_length CHECK (octet_length(extra) = 12)
);
COMMENT ON TABLE members.member_day IS 'Dates in the Netherlands that are not as the week says: off, nothing of it; extra, 96 quarters beside it.';
CREATE INDEX day_over ON members.member_day (day);

CREATE TABLE members.member_answer (
    cooperative_id uuid NOT NULL,
    member_id      uuid NOT NULL,
    question       text NOT NULL,
    state          text NOT NULL,
    at             timestamptz NOT NULL,
    PRIMARY KEY (cooperative_id, member_id, question),
    CONSTRAINT answer_member FOREIGN KEY (cooperative_id, member_id) REFERENCES members.member (cooperative_id, id),
    CONSTRAINT answer_question_known CHECK (question IN ('name', 'skills', 'levels', 'abilities', 'load', 'support', 'travel', 'week',
        'hours', 'room', 'learn', 'languages', 'contact', 'note')),
    CONSTRAINT answer_state_known CHECK (state IN ('answered', 'skipped'))
);
COMMENT ON TABLE members.member_answer IS 'How far the member came with the questions of the profile. answered or skipped; no row: not seen yet.';

-- +goose Down
DROP TABLE members.member_answer;
DROP TABLE members.member_day;
DROP TABLE members.member_goal;
DROP TABLE members.member_profile;
DROP TABLE members.member_ability;
DROP TABLE members.ability;
DROP TABLE members.skill_evidence;
ALTER TABLE members.member_skill DROP COLUMN level;
