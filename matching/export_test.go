package matching

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/jobs"
	"meent/members"
)

// Looked is what Prospects finds of each shift that it looks at, before it chooses.
func (s *Service) Looked(ctx context.Context, by members.Actor) (map[jobs.ShiftID][]Rule, error) {
	member, open, err := s.lookAround(ctx, by)
	found := map[jobs.ShiftID][]Rule{}
	for _, w := range open {
		found[w.Shift] = failed(member.at(w), w)
	}
	return found, err
}

// Received is what the member gets of work in the weeks around the shift.
func (s *Service) Received(ctx context.Context, by members.Actor, shift jobs.ShiftID) (received time.Duration, err error) {
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		w, err := selectWork(ctx, tx, by.Cooperative, shift, s.now())
		if err != nil {
			return err
		}
		found, err := selectCandidates(ctx, tx, w, []members.MemberID{by.Member}, s.now())
		for _, c := range found {
			received += c.Received
		}
		return err
	})
	return received, err
}

// Drift looks for it in every cooperative.
func (k *Keeper) Drift(ctx context.Context) (wrong int, err error) {
	for _, one := range k.kept {
		n, err := k.driftOf(ctx, one)
		if wrong += n; err != nil {
			return wrong, err
		}
	}
	return wrong, nil
}

// Unsaved reports whether something changed that is not in its file.
func (k *Keeper) Unsaved() bool { return k.file.saved.Load() != k.stats.changes.Load() }
