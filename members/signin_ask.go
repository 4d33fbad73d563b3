package members

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/id"
	"meent/internal/tasks"
)

// AskSignIn is what a person who wants to sign in gives. Browser is the secret
// of the asking browser's cookie: only there can the sign-in be used.
type AskSignIn struct {
	Email   string
	Browser string
	Locale  Locale
}

// SignInAsked is the task that makes the secrets and mails them.
type SignInAsked struct{ ID SignInID }

// Kind names the task.
func (SignInAsked) Kind() string { return "members.sign_in_asked" }

// AskSignIn notes the wish to sign in and leaves the rest to a task, so that
// known and unknown addresses take the same time and get the same answer. It
// returns check.Problems.
func (s *Service) AskSignIn(ctx context.Context, ask AskSignIn) error {
	var p check.Problems
	checkEmail(&p, ask.Email)
	if err := p.Err(); err != nil {
		return err
	}
	email, _ := ParseEmail(ask.Email)
	asked := signIn{
		ID: id.New[signIn](s.random), Email: email, Browser: secretHash(ask.Browser),
		Locale: ParseLocale(string(ask.Locale)), Expires: s.now().Add(SignInLife),
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if err := insertSignIn(ctx, tx, asked); err != nil {
			return err
		}
		_, err := s.tasks.EnqueueTx(ctx, tx, SignInAsked{ID: asked.ID}, tasks.Opts{Lane: tasks.Hi, Due: s.now()})
		return err
	})
}

// AskConfirm asks for a code at the person's own address, with which they show
// in this browser once more that it is them. UseCode answers who it was.
func (s *Service) AskConfirm(ctx context.Context, person PersonID, browser string) error {
	p, err := findPerson(ctx, s.db, person)
	if err != nil {
		return err
	}
	return s.AskSignIn(ctx, AskSignIn{Email: string(p.Email), Browser: browser, Locale: p.Locale})
}
