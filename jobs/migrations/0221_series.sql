-- +goose Up
CREATE TABLE jobs.series (
    id             uuid PRIMARY KEY,
    cooperative_id uuid NOT NULL,
    gig_id         uuid NOT NULL,
    rule           text NOT NULL,
    from_day       date NOT NULL,
    starts_minute  integer NOT NULL,
    length_minutes integer NOT NULL,
    break_minutes  integer NOT NULL,
    seats          integer NOT NULL,
    buddy_seats    integer NOT NULL,
    without_days   date[] NOT NULL,
    with_days      date[] NOT NULL,
    added_at       timestamptz NOT NULL,
    CONSTRAINT series_within_cooperative UNIQUE (cooperative_id, id),
    CONSTRAINT series_gig FOREIGN KEY (cooperative_id, gig_id) REFERENCES jobs.gig (cooperative_id, id),
    CONSTRAINT series_rule_length CHECK (char_length(rule) BETWEEN 10 AND 200),
    CONSTRAINT series_starts_range CHECK (starts_minute BETWEEN 0 AND 1439),
    CONSTRAINT series_length_range CHECK (length_minutes BETWEEN 1 AND 780),
    CONSTRAINT series_break_inside CHECK (break_minutes >= 0 AND break_minutes < length_minutes),
    CONSTRAINT series_seats_range CHECK (seats BETWEEN 1 AND 50),
    CONSTRAINT series_buddy_seats_range CHECK (buddy_seats >= 0 AND buddy_seats < seats),
    CONSTRAINT series_days_bounded CHECK (cardinality(without_days) <= 100 AND cardinality(with_days) <= 100)
);
COMMENT ON TABLE jobs.series IS 'How shifts of a gig came about: dates by a rule of RFC 5545, with those left out and added, at a time of the clocks in the Netherlands.';
COMMENT ON COLUMN jobs.series.rule IS 'An RRULE; its start is from_day, and until is a date.';
COMMENT ON COLUMN jobs.series.length_minutes IS 'By the clock on the wall: in a night in which it is changed the shift is an hour longer or shorter.';
CREATE INDEX series_of_gig ON jobs.series (cooperative_id, gig_id);

ALTER TABLE jobs.shift
    ADD COLUMN series_id uuid,
    ADD COLUMN buddy_seats integer NOT NULL DEFAULT 0,
    ADD COLUMN pieces integer,
    ADD COLUMN removed_at timestamptz,
    ADD CONSTRAINT shift_series FOREIGN KEY (cooperative_id, series_id) REFERENCES jobs.series (cooperative_id, id),
    DROP CONSTRAINT shift_seats_range,
    ADD CONSTRAINT shift_seats_range CHECK (seats BETWEEN 1 AND 50 OR seats = 0 AND removed_at IS NOT NULL),
    ADD CONSTRAINT shift_removed_has_no_seat CHECK (removed_at IS NULL OR seats = 0),
    ADD CONSTRAINT shift_buddy_seats_range CHECK (buddy_seats >= 0 AND (buddy_seats = 0 OR buddy_seats < seats)),
    ADD CONSTRAINT shift_pieces_range CHECK (pieces BETWEEN 1 AND 100000);
COMMENT ON COLUMN jobs.shift.buddy_seats IS 'Of the seats, those for somebody who learns the work beside somebody who can do it. Paid like the others.';
COMMENT ON COLUMN jobs.shift.pieces IS 'How many pieces a batch of work from home has. To know only: pay is by the hour.';
COMMENT ON COLUMN jobs.shift.removed_at IS 'When it was taken out of the gig. It stays for the offers that were made of it, and has no seat, so that nobody is asked.';
CREATE INDEX shift_of_series ON jobs.shift (cooperative_id, series_id) WHERE series_id IS NOT NULL;

ALTER TABLE jobs.engagement
    ADD COLUMN seat text NOT NULL DEFAULT 'work',
    ADD CONSTRAINT engagement_seat_known CHECK (seat IN ('work', 'buddy'));
COMMENT ON COLUMN jobs.engagement.seat IS 'buddy: learns the work beside somebody who can do it.';

-- +goose StatementBegin
CREATE FUNCTION jobs.keep_seats() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    work integer;
    buddies integer;
BEGIN
    SELECT count(*) FILTER (WHERE seat = 'work'), count(*) FILTER (WHERE seat = 'buddy') INTO work, buddies
    FROM jobs.engagement WHERE cooperative_id = NEW.cooperative_id AND shift_id = NEW.id AND state NOT IN ('cancelled', 'absent');
    IF work > NEW.seats - NEW.buddy_seats OR buddies > NEW.buddy_seats THEN
        RAISE EXCEPTION 'the seats of shift % are taken', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'shift_seats_taken', SCHEMA = 'jobs', TABLE = 'shift';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
-- Whoever gives a seat holds the row of the shift, so nobody is counted too late.
CREATE TRIGGER shift_seats_taken BEFORE UPDATE OF seats, buddy_seats ON jobs.shift
    FOR EACH ROW WHEN (NEW.seats < OLD.seats OR NEW.buddy_seats <> OLD.buddy_seats) EXECUTE FUNCTION jobs.keep_seats();

-- +goose Down
DROP TRIGGER shift_seats_taken ON jobs.shift;
DROP FUNCTION jobs.keep_seats;
ALTER TABLE jobs.engagement DROP COLUMN seat;
DROP INDEX jobs.shift_of_series;
ALTER TABLE jobs.shift
    DROP CONSTRAINT shift_removed_has_no_seat,
    DROP CONSTRAINT shift_seats_range,
    DROP COLUMN series_id, DROP COLUMN buddy_seats, DROP COLUMN pieces, DROP COLUMN removed_at,
    ADD CONSTRAINT shift_seats_range CHECK (seats BETWEEN 1 AND 50);
DROP TABLE jobs.series;
