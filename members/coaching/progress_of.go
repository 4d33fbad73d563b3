package coaching

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/members"
)

// subject is the member whose progress it is, while nobody else changes it.
type subject struct {
	Member members.MemberID
	Role   members.RoleID // the member's own
	Person members.PersonID
}

// isOwn reports whether the actor is the member, and nobody acts for them.
func isOwn(by members.Actor, m members.MemberID) bool {
	return by.Kind == members.RoleMember && !m.IsZero() && by.Member == m && !by.Helped()
}

// onProgress does something with a member's progress: their own, or that of a
// member whom the acting coach follows and who lets them read it, which is noted
// in the member's access log, as is a refusal. It returns members.ErrNotGranted,
// and members.ErrNotFound to everybody else.
func (s *Service) onProgress(ctx context.Context, by members.Actor, m members.MemberID, do func(pgx.Tx, subject) error) error {
	return s.people.NoteRefusal(ctx, by, pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if !isOwn(by, m) {
			if _, err := findFollow(ctx, tx, by, m, members.DayOf(s.now())); err != nil {
				return err
			}
		}
		who, err := lockSubject(ctx, tx, by.Cooperative, m) // before the grants, as GrantTx does
		if err != nil {
			return err
		}
		if !isOwn(by, m) {
			if _, err := s.people.ReadTx(ctx, tx, by, m, members.ProgressScope); err != nil {
				return err
			}
		}
		return do(tx, who)
	}))
}

// noteProgressTx lets open pages look again and writes the deed down.
func (s *Service) noteProgressTx(ctx context.Context, tx pgx.Tx, by members.Actor, who subject, what, ref string) error {
	if err := s.tellTx(ctx, tx, by.Cooperative, movedOf(by.Cooperative, who.Member)); err != nil {
		return err
	}
	return s.people.AuditTx(ctx, tx, members.Deed{By: by, For: who.Person, What: what, Ref: ref})
}
