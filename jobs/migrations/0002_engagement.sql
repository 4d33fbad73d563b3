-- +goose Up
CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;
CREATE TABLE jobs.engagement (
    id             uuid PRIMARY KEY,
    cooperative_id uuid NOT NULL,
    shift_id       uuid NOT NULL,
    member_id      uuid NOT NULL,
    starts_at      timestamptz NOT NULL,
    ends_at        timestamptz NOT NULL,
    state          text NOT NULL,
    confirmed_at   timestamptz NOT NULL,
    CONSTRAINT engagement_within_cooperative UNIQUE (cooperative_id, id),
    CONSTRAINT engagement_once UNIQUE (shift_id, member_id),
    CONSTRAINT engagement_shift FOREIGN KEY (cooperative_id, shift_id) REFERENCES jobs.shift (cooperative_id, id),
    CONSTRAINT engagement_member FOREIGN KEY (cooperative_id, member_id) REFERENCES members.member (cooperative_id, id),
    CONSTRAINT engagement_time_in_order CHECK (ends_at > starts_at),
    CONSTRAINT engagement_state_known CHECK (state IN ('confirmed', 'started', 'finished', 'agreed', 'billed', 'paid', 'closed', 'cancelled', 'absent')),
    CONSTRAINT engagement_one_at_a_time EXCLUDE USING gist (member_id WITH =, tstzrange(starts_at, ends_at) WITH &&)
        WHERE (state NOT IN ('cancelled', 'absent'))
);
COMMENT ON TABLE jobs.engagement IS 'A member confirmed on a shift. The times are the shift''s: they stand here so that the database itself refuses two at once.';
CREATE INDEX engagement_of_shift ON jobs.engagement (cooperative_id, shift_id);
CREATE INDEX engagement_of_member ON jobs.engagement (cooperative_id, member_id, starts_at);

-- +goose Down
DROP TABLE jobs.engagement;
