package matching

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/jobs"
	"meent/matching/engine"
	"meent/members"
)

// OpenTx reads each shift to come of an open gig that has a free seat, the soonest
// first.
func (l *Loader) OpenTx(ctx context.Context, tx pgx.Tx) ([]engine.Work, error) {
	list, err := listOpenWork(ctx, tx, l.cooperative, l.now())
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return l.workTx(ctx, tx, list)
}

// openOf reads what of these shifts, and of the shifts of these gigs, is open.
func (l *Loader) openOf(ctx context.Context, shifts []jobs.ShiftID, gigs []jobs.GigID) (open []engine.Work, err error) {
	err = l.read(ctx, func(tx pgx.Tx) error {
		list, err := l.listOpenOf(ctx, tx, shifts, gigs)
		if err == nil && len(list) > 0 {
			open, err = l.workTx(ctx, tx, list)
		}
		return err
	})
	return open, err
}

// workTx says of shifts what the engine asks.
func (l *Loader) workTx(ctx context.Context, tx pgx.Tx, list []Work) ([]engine.Work, error) {
	rules, err := jobs.WorktimeTx(ctx, tx, l.cooperative)
	if err != nil {
		return nil, err
	}
	if err := l.numbers.learnAbilitiesTx(ctx, tx); err != nil {
		return nil, err
	}
	open := make([]engine.Work, len(list))
	for i, w := range list {
		if open[i], err = l.work(w); err != nil {
			return nil, err
		}
		open[i].Worktime = rules
	}
	return open, nil
}

func (l *Loader) work(w Work) (engine.Work, error) {
	groups, err := l.numbers.bits(w.Groups)
	e := engine.Work{
		Shift: w.Shift, Gig: w.Gig, Client: w.Client, Starts: w.Starts.UTC(), Ends: w.Ends.UTC(), Break: w.Break, Pay: w.Pay,
		Open: w.Open, Free: w.Free, Buddies: w.Seats.Buddies, BuddyFree: w.Seats.BuddyFree, Remote: w.Seats.Remote, Place: w.Place,
		Groups: groups, Loads: [3]int{w.Loads.Physical, w.Loads.Sensory, w.Loads.Mental}, Helps: w.Support, WithOthers: w.WithOthers,
		Offers: l.numbers.abilityBits(w.Abilities), Dutch: dutchRank(w.Dutch),
		Certificate: w.Demands.Certificate, Step: uint8(w.Demands.Step.Rank()), Trial: w.Form == members.TrialPlacement,
	}
	for _, code := range w.Skills {
		asked := w.asked(code)
		e.Asked = append(e.Asked, engine.Ask{Number: l.numbers.skill(code), Level: uint8(asked.Level.Rank()), Required: asked.Need == jobs.Required})
	}
	return e, err
}
