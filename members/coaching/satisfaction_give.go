package coaching

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/members"
)

// AskSatisfaction proposes to ask a client how they like the help in the period of
// a draft: the client hears and sees nothing until the member says yes, see
// AgreeSatisfaction. Twice is once. The caller knows that the member worked for the
// client then: this domain knows no work. It returns members.ErrNotGranted where
// the coach may not read the hours, ErrOtherCoach, ErrStatementMoved for one that
// is no draft, and members.ErrNotFound for a client elsewhere, and to everybody but
// the member's coach.
func (s *Service) AskSatisfaction(ctx context.Context, by members.Actor, m members.MemberID, statement StatementID, client members.ClientID) error {
	return s.asReader(ctx, by, m, func(tx pgx.Tx) error {
		k, err := s.lockDraftTx(ctx, tx, by, m, statement)
		if err != nil {
			return err
		}
		if _, err := s.people.ReadTx(ctx, tx, by, m, members.HoursScope); err != nil {
			return err
		}
		if client.IsZero() {
			return members.ErrNotFound
		}
		form := id.New[Satisfaction](s.random)
		isNew, err := insertForm(ctx, tx, k, form, client, s.now())
		if err != nil {
			return err
		}
		if !isNew {
			return wasAsked(ctx, tx, k, client)
		}
		if err := s.tellStatementTx(ctx, tx, k, true); err != nil {
			return err
		}
		return s.people.AuditTx(ctx, tx, members.Deed{By: by, For: k.person, What: "satisfaction_asked", Ref: statementRef(statement),
			Detail: map[string]string{"client": client.String()}})
	})
}

// Form is the form of one of the acting client's people. It returns
// members.ErrNotFound to everybody else.
func (s *Service) Form(ctx context.Context, by members.Actor, form SatisfactionID) (Satisfaction, error) {
	if by.Kind != members.RoleClient || by.Client.IsZero() {
		return Satisfaction{}, members.ErrNotFound
	}
	f, err := findClientForm(ctx, s.db, by, form, "")
	return f.Satisfaction, err
}

// OpenForms are those that wait for the acting client's people; none for others.
func (s *Service) OpenForms(ctx context.Context, by members.Actor) ([]Satisfaction, error) {
	if by.Kind != members.RoleClient || by.Client.IsZero() {
		return nil, nil
	}
	return listClientForms(ctx, s.db, by)
}

// OwnForm is the acting member's form for a statement of theirs. It returns
// members.ErrNotFound to everybody else.
func (s *Service) OwnForm(ctx context.Context, by members.Actor, statement StatementID) (Satisfaction, error) {
	if by.Kind != members.RoleMember || by.Member.IsZero() || by.Helped() {
		return Satisfaction{}, members.ErrNotFound
	}
	f, err := findMemberForm(ctx, s.db, by, statement, "")
	return f.Satisfaction, err
}

// GiveForm fills in a form of the acting client's people, once. It returns
// check.Problems at the questions and "words", ErrFormClosed, members.ErrNoKey, and
// members.ErrNotFound to everybody else.
func (s *Service) GiveForm(ctx context.Context, by members.Actor, form SatisfactionID, o Opinion) error {
	if by.Kind != members.RoleClient || by.Client.IsZero() {
		return members.ErrNotFound
	}
	return s.give(ctx, by, o, func(tx pgx.Tx) (openForm, error) { return findClientForm(ctx, tx, by, form, whileItStands) })
}

// GiveOwnForm is GiveForm for the acting member's.
func (s *Service) GiveOwnForm(ctx context.Context, by members.Actor, statement StatementID, o Opinion) error {
	if by.Kind != members.RoleMember || by.Member.IsZero() || by.Helped() {
		return members.ErrNotFound
	}
	return s.give(ctx, by, o, func(tx pgx.Tx) (openForm, error) { return findMemberForm(ctx, tx, by, statement, whileItStands) })
}

func (s *Service) give(ctx context.Context, by members.Actor, o Opinion, find func(pgx.Tx) (openForm, error)) error {
	wrong := o.problems()
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		f, err := find(tx)
		if err != nil {
			return err
		}
		if f.State != FormAsked {
			return ErrFormClosed
		}
		if err := wrong.Err(); err != nil {
			return err
		}
		sealed, err := s.people.SealGivenTx(ctx, tx, f.person, opinionColumn(f.ID), o.Words)
		if err != nil {
			return err
		}
		if err := markGiven(ctx, tx, by, f.ID, o.Scores, sealed, s.now()); err != nil {
			return err
		}
		if err := s.tellTx(ctx, tx, by.Cooperative, movedOf(by.Cooperative, f.member)); err != nil {
			return err
		}
		return s.people.AuditTx(ctx, tx, members.Deed{By: by, For: f.person, What: "satisfaction_given", Ref: statementRef(f.statement)})
	})
}
