package matching

import (
	"context"
	"errors"

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
	found := make([]Candidate, len(who))
	for i, m := range who {
		found[i].Member = m
	}
	err := pgx.BeginTxFunc(ctx, s.db, pgx.TxOptions{AccessMode: pgx.ReadOnly}, func(tx pgx.Tx) error {
		w := Work{Cooperative: by.Cooperative, Shift: shift.ID, Starts: shift.Starts, Ends: shift.Ends, Break: shift.Break}
		return readWorktime(ctx, tx, w, who, found)
	})
	warned := map[members.MemberID][]jobs.WorktimeCode{}
	for _, c := range found {
		if len(c.Warned) > 0 {
			warned[c.Member] = c.Warned
		}
	}
	return warned, err
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
