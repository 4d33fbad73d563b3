package coaching

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/members"
)

// Profile gives what a member whom the acting coach follows tells of themselves,
// and what they confided. That the coach reads is noted in the member's access
// log. It returns members.ErrNotGranted when the member does not let them, and
// members.ErrNotFound to everybody but the member's coach.
func (s *Service) Profile(ctx context.Context, by members.Actor, m members.MemberID) (p members.Profile, c members.Confidences, err error) {
	err = s.asReader(ctx, by, m, func(tx pgx.Tx) error {
		p, c, err = s.people.ReadProfileTx(ctx, tx, by, m)
		return err
	})
	return p, c, err
}

// ConfirmSkill notes that the acting coach saw the member do it; what is new is a
// fact. It returns
// members.ErrNotGranted when the member does not let them read the profile, and
// members.ErrNotFound to everybody but the member's coach, and for a skill that
// the member does not name.
func (s *Service) ConfirmSkill(ctx context.Context, by members.Actor, m members.MemberID, skill string) error {
	return s.asReader(ctx, by, m, func(tx pgx.Tx) error {
		if _, err := s.people.ReadTx(ctx, tx, by, m, members.ProfileScope); err != nil {
			return err
		}
		fresh, err := s.people.ConfirmSkillTx(ctx, tx, by, m, skill)
		if err != nil || !fresh {
			return err
		}
		return NoteTx(ctx, tx, Fact{Cooperative: by.Cooperative, Member: m, Kind: SkillConfirmed, At: s.now(), Ref: id.New[Fact](s.random).String()})
	})
}

// asReader does something with a member whom the actor follows. What is refused
// there for want of a grant shows in the member's access log.
func (s *Service) asReader(ctx context.Context, by members.Actor, m members.MemberID, do func(pgx.Tx) error) error {
	return s.people.NoteRefusal(ctx, by, pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if _, err := findFollow(ctx, tx, by, m, members.DayOf(s.now())); err != nil {
			return err
		}
		return do(tx)
	}))
}
