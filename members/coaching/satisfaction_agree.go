package coaching

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/members"
)

// WaitingClient is a client whom the coach wants to ask.
type WaitingClient struct {
	ID   members.ClientID
	Name string
}

// AgreeSatisfaction is the acting member's yes or no to asking a client how they
// like the help in the period of a draft. A yes asks at once, also whom nobody
// proposed; a no stays. The caller knows that the member worked for the client
// then. Of a client whom the member keeps away nobody is asked. It returns
// ErrStatementMoved for one that is no draft, ErrFormClosed after the other answer,
// and members.ErrNotFound to everybody else.
func (s *Service) AgreeSatisfaction(ctx context.Context, by members.Actor, statement StatementID, client members.ClientID, yes bool) error {
	if !isOwn(by, by.Member) || client.IsZero() {
		return members.ErrNotFound
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		k, err := lockStatement(ctx, tx, by.Cooperative, by.Member, statement)
		if err != nil {
			return err
		}
		if k.State != StatementDraft {
			return ErrStatementMoved
		}
		return s.agreeTx(ctx, tx, by, k, client, yes)
	})
}

func (s *Service) agreeTx(ctx context.Context, tx pgx.Tx, by members.Actor, k keptStatement, client members.ClientID, yes bool) error {
	if state, err := findReleasable(ctx, tx, k.in, k.Member, client); err != nil || state.blocked {
		return err
	}
	isNew, err := insertForm(ctx, tx, k, id.New[Satisfaction](s.random), client, s.now())
	if err != nil {
		return err
	}
	if !isNew {
		if err := wasAsked(ctx, tx, k, client); err != nil {
			return err
		}
	}
	form, err := markAgreed(ctx, tx, k, client, yes, s.now())
	if err != nil {
		return err
	}
	what := "satisfaction_refused"
	if yes {
		what = "satisfaction_agreed"
		if err := s.tellTx(ctx, tx, k.in, SatisfactionAsked{form, k.in}); err != nil {
			return err
		}
	}
	if err := s.tellTx(ctx, tx, k.in, movedOf(k.in, k.Member)); err != nil {
		return err
	}
	return s.people.AuditTx(ctx, tx, members.Deed{By: by, For: k.person, What: what, Ref: statementRef(k.ID),
		Detail: map[string]string{"client": client.String()}})
}
