package matching

import (
	"context"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/jobs"
	"meent/members"
)

// worktimeRules are those about how much somebody works, and when; they hold
// where the cooperative lets them block.
func worktimeRules() []Rule { return []Rule{RestRule, HoursDayRule, HoursWeekRule} }

// code is the rule of jobs that stands behind one of these.
func (r Rule) code() jobs.WorktimeCode {
	switch r {
	case RestRule:
		return jobs.RestBetween
	case HoursDayRule:
		return jobs.HoursADay
	default:
		return jobs.HoursAWeek
	}
}

func (r Rule) worktimeHolds(c Candidate) bool { return !slices.Contains(c.TooMuch, r.code()) }

// readWorktime fills in the rules of the cooperative.
func readWorktime(ctx context.Context, tx pgx.Tx, s scope, by map[members.MemberID]*seeker, _ time.Time) error {
	rules, err := jobs.WorktimeTx(ctx, tx, s.cooperative)
	for _, one := range by {
		one.worktime = rules
	}
	return err
}
