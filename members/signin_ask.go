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
	Email   string // or a mobile number, where Texts
	Texts   bool   // there is a way to send text messages
	Browser string
	Locale  Locale
}

// ByText reports that what was given is a number rather than an address.
func (a AskSignIn) ByText() bool { return a.Texts && looksLikeNumber(a.Email) }

// SignInAsked is the task that makes the secrets and sends them.
type SignInAsked struct{ ID SignInID }

// Kind names the task.
func (SignInAsked) Kind() string { return "members.sign_in_asked" }

// AskSignIn notes the wish to sign in and leaves the rest to a task, so that
// known and unknown addresses and numbers take the same time and get the same
// answer. It returns check.Problems at "email", and ErrNoKey for a number when
// the program has no key.
func (s *Service) AskSignIn(ctx context.Context, ask AskSignIn) error {
	asked := signIn{
		ID: id.New[signIn](s.random), Browser: secretHash(ask.Browser),
		Locale: ParseLocale(string(ask.Locale)), Expires: s.now().Add(SignInLife),
	}
	if err := s.addressTo(&asked, ask); err != nil {
		return err
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if err := insertSignIn(ctx, tx, asked); err != nil {
			return err
		}
		_, err := s.tasks.EnqueueTx(ctx, tx, SignInAsked{ID: asked.ID}, tasks.Opts{Lane: tasks.Hi, Due: s.now()})
		return err
	})
}

func (s *Service) addressTo(asked *signIn, ask AskSignIn) (err error) {
	if !ask.ByText() {
		var p check.Problems
		checkEmail(&p, ask.Email)
		asked.Email, _ = ParseEmail(ask.Email)
		return p.Err()
	}
	mobile, ok := ParseMobile(ask.Email)
	if !ok {
		return check.Problems{{Field: "email", Rule: "not_a_mobile"}}
	}
	asked.Marks, err = s.marks(mobile)
	return err
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

// AskConfirmByText is AskConfirm with a text message to the number with which
// the person signs in. It returns ErrNotFound when there is none.
func (s *Service) AskConfirmByText(ctx context.Context, person PersonID, browser string) error {
	p, err := findPerson(ctx, s.db, person)
	if err != nil {
		return err
	}
	number, err := s.OwnPhone(ctx, person)
	if err != nil {
		return err
	}
	return s.AskSignIn(ctx, AskSignIn{Email: string(number), Texts: true, Browser: browser, Locale: p.Locale})
}
