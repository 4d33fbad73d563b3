package matching

import (
	"context"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/matching/engine"
	"meent/members"
)

// FairWeeks are the periods over which fairness can be looked at: so many whole weeks,
// until last Monday.
func FairWeeks() []int { return []int{4, 12} }

// Fairness is how work was shared in a cooperative: what its members received against
// what they want, and which seats were filled. Nothing in it is about fewer than
// LeastPeople, and it names no member. Hours are counted as the points for a fair share
// count them: from the beginning to the end of agreed work, and of who did not tell how
// much they want, engine.UsualWant.
type Fairness struct {
	From, Until time.Time // midnights
	Enough      bool      // there are as many members; without, nothing of their hours is told
	Sum         ShareGroup
	Groups      []ShareGroup // none where there is but one
	Gini        float64

	Regions, Clients []FillRow // for a coordinator alone
}

// portionOf is a member in a period.
type portionOf struct {
	received int // minutes
	wanted   int // hours a week; 0: not told
	since    *time.Time
}

// Fairness looks at the last whole weeks. Members and coaches read how hours were shared,
// for the cooperative is theirs; a coordinator also how seats were filled. It returns
// check.Problems at "weeks", and members.ErrNotFound to everybody else.
func (s *Service) Fairness(ctx context.Context, by members.Actor, weeks int) (f Fairness, err error) {
	if by.Kind != members.RoleMember && by.Kind != members.RoleCoach && by.Kind != members.RoleCoordinator {
		return f, members.ErrNotFound
	}
	if !slices.Contains(FairWeeks(), weeks) {
		return f, check.Problems{{Field: "weeks", Rule: "not_a_choice"}}
	}
	f.From, f.Until = lastWeeks(s.now(), weeks)
	whole := pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}
	return f, pgx.BeginTxFunc(ctx, s.db, whole, func(tx pgx.Tx) error {
		list, err := listPortions(ctx, tx, by.Cooperative, f.From, f.Until)
		if err != nil {
			return err
		}
		f.share(list)
		if by.Kind != members.RoleCoordinator {
			return nil
		}
		cells, err := listFill(ctx, tx, by.Cooperative, f.From, f.Until)
		f.Regions, f.Clients = fillRows(cells)
		return err
	})
}

// lastWeeks are so many from Monday to Sunday that are over, by the clocks in the
// Netherlands: it changes once a week, so that nobody learns of a day by looking twice.
func lastWeeks(now time.Time, weeks int) (from, until time.Time) {
	today := now.In(members.Amsterdam())
	until = midnight(today, -(int(today.Weekday())+6)%7)
	return midnight(until, -7*weeks), until
}

// share fills in what is told of the hours.
func (f *Fairness) share(list []portionOf) {
	var portions []Portion
	for _, one := range list {
		if p := one.portion(f.From, f.Until); p.Wanted > 0 {
			portions = append(portions, p)
		}
	}
	if f.Enough = len(portions) >= LeastPeople; !f.Enough {
		return
	}
	f.Groups, f.Gini = ShareGroups(portions), Gini(portions)
	f.Sum.People = len(portions)
	for _, p := range portions {
		f.Sum.Portion = f.Sum.add(p)
	}
	if len(f.Groups) < 2 {
		f.Groups = nil
	}
}

// portion is what the member received, and wanted in the days that they were here.
func (o portionOf) portion(from, until time.Time) Portion {
	if o.since != nil && o.since.After(from) {
		from = midnight(o.since.In(until.Location()), 0)
	}
	days := 0
	for from = from.In(until.Location()); from.Before(until); from = midnight(from, 1) {
		days++
	}
	wanted := o.wanted * 60
	if o.wanted == 0 {
		wanted = int(engine.UsualWant/time.Minute) / engine.ShareWeeks
	}
	return Portion{Received: o.received, Wanted: wanted * days / 7}
}

// Curve is the curve of Lorenz through the groups: what is between them is not told.
func (f Fairness) Curve() []Portion {
	curve, sum := []Portion{{}}, Portion{}
	for _, g := range f.Groups {
		sum = sum.add(g.Portion)
		curve = append(curve, sum)
	}
	return curve
}
