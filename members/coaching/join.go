package coaching

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/members"
)

// Join spends the invitation of a secret: it makes a member of who has it, and
// the coach who invited becomes theirs. Anyone may try. It returns
// check.Problems and members.ErrInvitationSpent.
func (s *Service) Join(ctx context.Context, secret string, j members.Joining) (members.JoinedBy, error) {
	return s.join(ctx, func(tx pgx.Tx) (members.JoinedBy, error) { return s.people.JoinTx(ctx, tx, secret, j) })
}

// JoinTogether is Join by the coach or coordinator who sits beside the one who
// joins, with a card of their own. It returns check.Problems,
// members.ErrInvitationSpent and members.ErrNotFound.
func (s *Service) JoinTogether(ctx context.Context, by members.Actor, i members.InvitationID, j members.Joining) (members.JoinedBy, error) {
	return s.join(ctx, func(tx pgx.Tx) (members.JoinedBy, error) { return s.people.JoinTogetherTx(ctx, tx, by, i, j) })
}

func (s *Service) join(ctx context.Context, how func(pgx.Tx) (members.JoinedBy, error)) (joined members.JoinedBy, err error) {
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if joined, err = how(tx); err != nil {
			return err
		}
		if joined.New && joined.InviterKind == members.RoleCoach {
			if err := s.AssignTx(ctx, tx, joined.Cooperative, joined.Member, joined.Inviter); err != nil {
				return err
			}
		}
		return s.people.AuditTx(ctx, tx, joined.Deed)
	})
	return joined, err
}
