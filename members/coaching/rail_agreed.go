package coaching

import (
	"context"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/members"
)

// AgreedRails are the guard rails of one member that hold, as matching reads
// them: what was agreed, and never why or by whom.
type AgreedRails struct {
	DayMinutes  int      // at the most; 0: no such rail
	WeekMinutes int      // at the most; 0: no such rail
	Metres      int      // at the most; 0: no such rail
	NoNights    bool     // nothing between 23.00 and 6.00
	NotAlone    bool     // only with others
	First       bool     // somebody helps at the first shift for a client
	CoachFirst  bool     // the coach sees an offer before the member does
	Only        []string // groups of skills; none: no such rail
	Not         []string // groups of skills
	Coach       bool     // somebody follows the member, and may read their offers
}

// RailsTx gives the guard rails that hold of the cooperative's members, or of
// only some, by what is agreed and granted at this moment. Who has none is not in
// it. It asks once, whatever the number.
func RailsTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, only []members.MemberID, now time.Time) (map[members.MemberID]AgreedRails, error) {
	return selectAgreedRails(ctx, tx, c, only, members.DayOf(now))
}

// with adds one rail.
func (a AgreedRails) with(r Rail) AgreedRails {
	switch r.Kind {
	case HoursDayRail:
		a.DayMinutes = r.Minutes
	case HoursWeekRail:
		a.WeekMinutes = r.Minutes
	case ReachRail:
		a.Metres = r.Metres
	case NightRail:
		a.NoNights = true
	case AloneRail:
		a.NotAlone = true
	case FirstRail:
		a.First = true
	case CoachRail:
		a.CoachFirst = true
	case OnlyRail:
		a.Only = r.Groups
	case NotRail:
		a.Not = r.Groups
	}
	return a
}

// Kinds reports whether work of these groups may be: all of it among only these,
// where those are named, and nothing of it among not these. Work that asks
// nothing special is of no group, and never among only these.
func (a AgreedRails) Kinds(groups []string) bool {
	if len(a.Only) > 0 && len(groups) == 0 {
		return false
	}
	return !slices.ContainsFunc(groups, func(g string) bool {
		return slices.Contains(a.Not, g) || len(a.Only) > 0 && !slices.Contains(a.Only, g)
	})
}
