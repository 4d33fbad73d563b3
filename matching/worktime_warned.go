package matching

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/jobs"
	"meent/members"
)

// Warned says for whom of these members the shift is more than a rule of working
// time wants that only warns, beside what is agreed. How much somebody works
// elsewhere is not for a client: it returns members.ErrNotFound to everybody but a
// coordinator.
func (s *Service) Warned(ctx context.Context, by members.Actor, shift jobs.Shift, who ...members.MemberID) (map[members.MemberID][]jobs.WorktimeCode, error) {
	if by.Kind != members.RoleCoordinator {
		return nil, members.ErrNotFound
	}
	found := make(map[members.MemberID]*seeker, len(who))
	warned := map[members.MemberID][]jobs.WorktimeCode{}
	w := Work{Cooperative: by.Cooperative, Shift: shift.ID, Starts: shift.Starts, Ends: shift.Ends, Break: shift.Break}
	return warned, pgx.BeginTxFunc(ctx, s.db, pgx.TxOptions{AccessMode: pgx.ReadOnly}, func(tx pgx.Tx) error {
		if err := readWorkAround(ctx, tx, w, who, found, s.now()); err != nil {
			return err
		}
		for m, one := range found {
			if c := one.at(w); len(c.Warned) > 0 {
				warned[m] = c.Warned
			}
		}
		return nil
	})
}

// readWorkAround makes seekers of these members, of whom nothing is known but what
// they do around the work, and the rules for it.
func readWorkAround(ctx context.Context, tx pgx.Tx, w Work, who []members.MemberID, found map[members.MemberID]*seeker, now time.Time) error {
	for _, m := range who {
		found[m] = &seeker{Candidate: Candidate{Member: m}}
	}
	around := scopeOf([]Work{w}, append([]members.MemberID{}, who...))
	if err := readWorktime(ctx, tx, around, found, now); err != nil {
		return err
	}
	return readBooked(ctx, tx, around, found, now)
}

// WarnedAsker is Warned for who asks for a seat.
func (s *Service) WarnedAsker(ctx context.Context, by members.Actor, a AskedSeat) ([]jobs.WorktimeCode, error) {
	if by.Kind != members.RoleCoordinator {
		return nil, members.ErrNotFound
	}
	var member members.MemberID
	err := s.db.QueryRow(ctx, `SELECT member_id FROM matching.offer WHERE cooperative_id = $1 AND id = $2`, by.Cooperative, a.ID).Scan(&member)
	if errors.Is(err, pgx.ErrNoRows) {
		err = members.ErrNotFound
	}
	if err != nil {
		return nil, err
	}
	warned, err := s.Warned(ctx, by, a.Shift, member)
	return warned[member], err
}
