-- +goose Up
CREATE TABLE jobs.gig (
    id              uuid PRIMARY KEY,
    cooperative_id  uuid NOT NULL,
    client_id       uuid NOT NULL,
    title           text NOT NULL,
    description     text NOT NULL,
    language        text NOT NULL,
    place_code      text NOT NULL CONSTRAINT gig_place REFERENCES members.place,
    address         text NOT NULL,
    rate_cents      bigint NOT NULL,
    load            text NOT NULL,
    support_on_site boolean NOT NULL,
    with_others     boolean NOT NULL,
    state           text NOT NULL,
    posted_by       uuid NOT NULL,
    posted_at       timestamptz NOT NULL,
    CONSTRAINT gig_within_cooperative UNIQUE (cooperative_id, id),
    CONSTRAINT gig_client FOREIGN KEY (cooperative_id, client_id) REFERENCES members.client (cooperative_id, id),
    CONSTRAINT gig_posted_by FOREIGN KEY (cooperative_id, posted_by) REFERENCES members.role (cooperative_id, id),
    CONSTRAINT gig_title_length CHECK (char_length(title) BETWEEN 1 AND 80),
    CONSTRAINT gig_description_length CHECK (char_length(description) BETWEEN 1 AND 2000),
    CONSTRAINT gig_address_length CHECK (char_length(address) <= 200),
    CONSTRAINT gig_language_known CHECK (language IN ('nl', 'en')),
    CONSTRAINT gig_rate_positive CHECK (rate_cents > 0),
    CONSTRAINT gig_load_known CHECK (load IN ('light', 'middle', 'heavy')),
    CONSTRAINT gig_state_known CHECK (state IN ('draft', 'open', 'paused', 'done', 'cancelled'))
);
COMMENT ON COLUMN jobs.gig.address IS 'Shown only to the client and the coordinator; others see the place.';
CREATE INDEX gig_of_client ON jobs.gig (cooperative_id, client_id, posted_at DESC);
CREATE INDEX gig_posted_by ON jobs.gig (cooperative_id, posted_by);
CREATE INDEX gig_place ON jobs.gig (place_code);
CREATE INDEX gig_open ON jobs.gig (cooperative_id) WHERE state = 'open';

CREATE TABLE jobs.gig_skill (
    cooperative_id uuid NOT NULL,
    gig_id         uuid NOT NULL,
    skill_code     text NOT NULL CONSTRAINT gig_skill_known REFERENCES members.skill,
    PRIMARY KEY (cooperative_id, gig_id, skill_code),
    CONSTRAINT gig_skill_gig FOREIGN KEY (cooperative_id, gig_id) REFERENCES jobs.gig (cooperative_id, id)
);
CREATE INDEX gig_skill_skill ON jobs.gig_skill (skill_code);

CREATE TABLE jobs.shift (
    id             uuid PRIMARY KEY,
    cooperative_id uuid NOT NULL,
    gig_id         uuid NOT NULL,
    starts_at      timestamptz NOT NULL,
    ends_at        timestamptz NOT NULL,
    break_minutes  integer NOT NULL,
    seats          integer NOT NULL,
    CONSTRAINT shift_within_cooperative UNIQUE (cooperative_id, id),
    CONSTRAINT shift_gig FOREIGN KEY (cooperative_id, gig_id) REFERENCES jobs.gig (cooperative_id, id),
    CONSTRAINT shift_time_in_order CHECK (ends_at > starts_at AND ends_at <= starts_at + interval '12 hours'),
    CONSTRAINT shift_break_inside CHECK (break_minutes >= 0 AND break_minutes * interval '1 minute' < ends_at - starts_at),
    CONSTRAINT shift_seats_range CHECK (seats BETWEEN 1 AND 50)
);
CREATE INDEX shift_of_gig ON jobs.shift (cooperative_id, gig_id, starts_at);
CREATE INDEX shift_start ON jobs.shift (cooperative_id, starts_at);

-- +goose Down
DROP TABLE jobs.shift;
DROP TABLE jobs.gig_skill;
DROP TABLE jobs.gig;
