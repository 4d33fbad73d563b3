package members

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/id"
)

// farthestDay is how far ahead a date can be told, in months.
const farthestDay = 6

// WeekOff says that the acting member cannot work from this day to the end of
// its week; off false takes it back. Extra times of those days go as well. It
// returns check.Problems at "day", and ErrNotFound to everybody who is not a
// member.
func (s *Service) WeekOff(ctx context.Context, by Actor, from Day, off bool) error {
	if err := dayProblems(from, DayOf(s.now())).Err(); err != nil {
		return err
	}
	return s.changeDays(ctx, by, func(tx pgx.Tx) error {
		for _, day := range restOfWeek(from) {
			if err := setDay(ctx, tx, by, Exception{Day: day, Off: off}); err != nil {
				return err
			}
		}
		return nil
	})
}

// DayOff says that the acting member cannot work on a date. Errors are as for
// WeekOff.
func (s *Service) DayOff(ctx context.Context, by Actor, day Day) error {
	if err := dayProblems(day, DayOf(s.now())).Err(); err != nil {
		return err
	}
	return s.changeDays(ctx, by, func(tx pgx.Tx) error { return setDay(ctx, tx, by, Exception{Day: day, Off: true}) })
}

// ExtraTime says that the acting member can work on a date beside the ordinary
// week. It returns check.Problems at "day" and "span", and ErrNotFound to
// everybody who is not a member.
func (s *Service) ExtraTime(ctx context.Context, by Actor, day Day, span Span) error {
	p := dayProblems(day, DayOf(s.now()))
	if !span.real() {
		p.Add("span", "wrong_span", nil)
	}
	if err := p.Err(); err != nil {
		return err
	}
	return s.changeDays(ctx, by, func(tx pgx.Tx) error {
		if !span.Overnight() {
			return addTime(ctx, tx, by, day, span.From, span.Until)
		}
		if err := addTime(ctx, tx, by, day, span.From, DayQuarters); err != nil {
			return err
		}
		return addTime(ctx, tx, by, day.Add(1), 0, span.Until)
	})
}

// UsualDay forgets what the acting member told of a date. Errors are as for
// WeekOff.
func (s *Service) UsualDay(ctx context.Context, by Actor, day Day) error {
	if err := dayProblems(day, DayOf(s.now())).Err(); err != nil {
		return err
	}
	return s.changeDays(ctx, by, func(tx pgx.Tx) error { return deleteDay(ctx, tx, by, day) })
}

// changeDays lets one change of the member's days happen at a time.
func (s *Service) changeDays(ctx context.Context, by Actor, change func(pgx.Tx) error) error {
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if err := lockMember(ctx, tx, by.Cooperative, by.Member); err != nil {
			return err
		}
		if err := change(tx); err != nil {
			return err
		}
		return s.HelpedTx(ctx, tx, by, "helped_days", "")
	})
}

func dayProblems(day, today Day) (p check.Problems) {
	switch last := today.AddMonths(farthestDay); {
	case !day.Real():
		p.Add("day", "no_such_day", nil)
	case day < today:
		p.Add("day", "day_is_past", nil)
	case day > last:
		p.Add("day", "day_too_far", map[string]any{"Day": string(last)})
	}
	return p
}

// AvailabilityTx reads when these members can work around this time. It needs
// no grant: matching reads it, and shows it to nobody.
func AvailabilityTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, who []MemberID, start, end time.Time) (map[MemberID]Availability, error) {
	return listAvailability(ctx, tx, c, who, DayOf(start), DayOf(end))
}
