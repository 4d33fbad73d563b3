package members

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/id"
	"meent/internal/tasks"
)

// EmailChangeID identifies one request for another e-mail address.
type EmailChangeID = id.Of[emailChange]

// emailChange is a request for another address, as it stands in the database.
// It is asked → sent → used, lives as long as a sign-in and bears as many wrong
// codes.
type emailChange struct {
	ID       EmailChangeID
	Person   PersonID
	Old, New Email
	Expires  time.Time
	CodeHash string // empty until the mail was made
	Tries    int
	Used     bool
}

func (e emailChange) living(now time.Time) bool {
	return !e.Used && e.CodeHash != "" && e.Tries < SignInTries && now.Before(e.Expires)
}

// EmailAsked is the task that mails a code to the new address.
type EmailAsked struct{ ID EmailChangeID }

// Kind names the task.
func (EmailAsked) Kind() string { return "members.email_asked" }

// EmailChanged is the task that tells the old address.
type EmailChanged struct{ ID EmailChangeID }

// Kind names the task.
func (EmailChanged) Kind() string { return "members.email_changed" }

// AskEmail notes the wish for another address and leaves the rest to a task:
// whether somebody has that address already shows nowhere. The caller has seen
// to it that the person just showed who they are. It returns check.Problems.
func (s *Service) AskEmail(ctx context.Context, person PersonID, address string) error {
	var p check.Problems
	checkEmail(&p, address)
	if err := p.Err(); err != nil {
		return err
	}
	email, _ := ParseEmail(address)
	asked := emailChange{ID: id.New[emailChange](s.random), Person: person, New: email, Expires: s.now().Add(SignInLife)}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if err := insertEmailChange(ctx, tx, asked); err != nil {
			return err
		}
		_, err := s.tasks.EnqueueTx(ctx, tx, EmailAsked{ID: asked.ID}, tasks.Opts{Lane: tasks.Hi, Due: s.now()})
		return err
	})
}

// ChangeEmail gives the person the address that they asked for last, when the
// code that was mailed there is right. The old address is told, and all sessions
// of the person end, this one too: so the caller begins it anew. It returns
// ErrWrongCode while tries are left, and ErrSignInSpent otherwise.
func (s *Service) ChangeEmail(ctx context.Context, by Actor, code string) error {
	change, err := s.countEmailTry(ctx, by.Person)
	if err != nil {
		return err
	}
	right, err := s.hasher.matches(ctx, code, change.CodeHash)
	if err != nil {
		return err
	}
	if !right {
		return wrongCode(signIn{Tries: change.Tries})
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error { return s.changeEmailTx(ctx, tx, by, change) })
}

// countEmailTry takes one try before the code is looked at, as countTry does.
func (s *Service) countEmailTry(ctx context.Context, person PersonID) (emailChange, error) {
	var change emailChange
	err := pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) (err error) {
		if change, err = lockNewestEmailChange(ctx, tx, person); err != nil {
			return spent(err)
		}
		if !change.living(s.now()) {
			return ErrSignInSpent
		}
		change.Tries++
		return updateEmailTries(ctx, tx, change)
	})
	return change, err
}

func (s *Service) changeEmailTx(ctx context.Context, tx pgx.Tx, by Actor, change emailChange) error {
	if err := spendEmailChange(ctx, tx, change, s.now()); err != nil {
		return spent(err)
	}
	if err := updateEmail(ctx, tx, change); err != nil {
		return spent(err)
	}
	if err := deleteSessionsOf(ctx, tx, by.Person, s.now()); err != nil {
		return err
	}
	if _, err := s.tasks.EnqueueTx(ctx, tx, EmailChanged{ID: change.ID}, tasks.Opts{Lane: tasks.Hi, Due: s.now()}); err != nil {
		return err
	}
	return s.auditSelfTx(ctx, tx, by, "email_changed")
}

// auditSelfTx writes down what a person did to their own way in. Who has no role
// anywhere has no log to stand in.
func (s *Service) auditSelfTx(ctx context.Context, tx pgx.Tx, by Actor, what string) error {
	if by.Cooperative.IsZero() {
		return nil
	}
	return s.AuditTx(ctx, tx, Deed{By: by, For: by.Person, What: what})
}
