package coaching

import (
	"context"
	"encoding/hex"

	"github.com/jackc/pgx/v5"

	"meent/members"
)

// SignStatement signs a statement for the acting side: for the member, or for the
// coach who began it. The first signature freezes what it says; after the second
// nothing about it ever changes. hash is of what was shown to who signs. It returns
// ErrStatementChanged where it says something else by now, ErrStatementMoved where
// this side signed already or it was withdrawn, ErrOtherCoach,
// *members.NotGranted where the coach may not read all of it, members.ErrRestricted
// to a coach, members.ErrNoKey, and members.ErrNotFound to everybody else.
func (s *Service) SignStatement(ctx context.Context, by members.Actor, m members.MemberID, statement StatementID, hash string) error {
	return s.asSideWithProgress(ctx, by, m, true, func(tx pgx.Tx) error {
		k, err := lockStatement(ctx, tx, by.Cooperative, m, statement)
		if err != nil {
			return err
		}
		to := StatementSignedOnce
		if k.State == StatementSignedOnce {
			to = StatementSigned
		}
		if _, err := k.State.To(to); err != nil || k.SignedBy(by) {
			return ErrStatementMoved
		}
		if by.Kind == members.RoleCoach && k.Coach != by.Role {
			return ErrOtherCoach
		}
		if err := s.freezeTx(ctx, tx, by, &k, hash); err != nil {
			return err
		}
		if err := markSigned(ctx, tx, by, k, to, s.now()); err != nil {
			return err
		}
		if err := s.tellStatementTx(ctx, tx, k, to == StatementSignedOnce); err != nil {
			return err
		}
		return s.people.AuditTx(ctx, tx, members.Deed{By: by, For: k.person, What: "statement_signed", Ref: statementRef(statement),
			Detail: map[string]string{"content": Code(hash), "is": string(to)}})
	})
}

// freezeTx compares what is signed with what was shown, and seals it the first
// time.
func (s *Service) freezeTx(ctx context.Context, tx pgx.Tx, by members.Actor, k *keptStatement, hash string) error {
	missing, err := s.readableTx(ctx, tx, by, k.Member)
	if err != nil {
		return err
	}
	if len(missing) > 0 {
		return &members.NotGranted{Member: k.Member, Scope: missing[0]}
	}
	if k.State == StatementSignedOnce {
		if hex.EncodeToString(k.hash) != hash {
			return ErrStatementChanged
		}
		return nil
	}
	content, err := s.draftTx(ctx, tx, *k, nil)
	if err != nil {
		return err
	}
	text, err := content.canonical()
	if err != nil {
		return err
	}
	if hashOf(text) != hash {
		return ErrStatementChanged
	}
	if k.hash, err = hex.DecodeString(hash); err != nil {
		return err
	}
	k.content, err = s.people.SealTx(ctx, tx, k.person, contentColumn(k.ID), string(text))
	return err
}

// WithdrawStatement ends a statement that is not signed by both, by the member or
// by the coach who began it or whose the member is now, not by who stands in; what
// was frozen goes. A coach needs the key to the progress. It returns
// ErrStatementMoved, ErrOtherCoach, *members.NotGranted, and members.ErrNotFound to
// everybody else.
func (s *Service) WithdrawStatement(ctx context.Context, by members.Actor, m members.MemberID, statement StatementID) error {
	return s.asSideWithProgress(ctx, by, m, false, func(tx pgx.Tx) error {
		k, err := lockStatement(ctx, tx, by.Cooperative, m, statement)
		if err != nil {
			return err
		}
		if err := s.mayWithdrawTx(ctx, tx, by, k); err != nil {
			return err
		}
		if _, err := k.State.To(StatementWithdrawn); err != nil {
			return err
		}
		if err := markWithdrawn(ctx, tx, k, s.now()); err != nil {
			return err
		}
		if err := s.tellStatementTx(ctx, tx, k, false); err != nil {
			return err
		}
		return s.people.AuditTx(ctx, tx, members.Deed{By: by, For: k.person, What: "statement_withdrawn", Ref: statementRef(statement)})
	})
}

// mayWithdrawTx keeps a coach from it who stands in, and did not begin it.
func (s *Service) mayWithdrawTx(ctx context.Context, tx pgx.Tx, by members.Actor, k keptStatement) error {
	if by.Kind != members.RoleCoach || k.Coach == by.Role {
		return nil
	}
	follow, err := findFollow(ctx, tx, by, k.Member, members.DayOf(s.now()))
	if err == nil && follow.StandsIn() {
		return ErrOtherCoach
	}
	return err
}
