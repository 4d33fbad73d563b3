package matching

import (
	"context"
	"slices"

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

// readWorktime finds for whom the shift would be too much, beside what is agreed
// already.
func readWorktime(ctx context.Context, tx pgx.Tx, w Work, only []members.MemberID, found []Candidate) error {
	rules, err := jobs.WorktimeTx(ctx, tx, w.Cooperative)
	if err != nil {
		return err
	}
	work, err := listStints(ctx, tx, w, only)
	if err != nil {
		return err
	}
	one := jobs.Stint{Starts: w.Starts, Ends: w.Ends, Break: w.Break}
	for i := range found {
		for _, rule := range rules {
			if !rule.Breaks(one, work[found[i].Member]) {
				continue
			}
			if rule.Effect == jobs.WorktimeBlocks {
				found[i].TooMuch = append(found[i].TooMuch, rule.Code)
			} else {
				found[i].Warned = append(found[i].Warned, rule.Code)
			}
		}
	}
	return nil
}
