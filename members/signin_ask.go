package members

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math/big"

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

// IssuedSignIn is what the mail must carry. Link and Code are secrets that
// exist nowhere else; Key names them, and tells nothing.
type IssuedSignIn struct {
	Person Person
	Link   string
	Code   string
	Key    string
}

// IssueSignIn makes fresh secrets for a sign-in that was asked and keeps their
// hashes; what an earlier call made stops working. It returns ErrNotFound when
// nobody has the address, and ErrSignInSpent when it is too late.
func (s *Service) IssueSignIn(ctx context.Context, sign SignInID) (IssuedSignIn, error) {
	link, code, err := s.secrets()
	if err != nil {
		return IssuedSignIn{}, err
	}
	codeHash, err := s.hasher.hash(ctx, code, s.source())
	if err != nil {
		return IssuedSignIn{}, err
	}
	issued := IssuedSignIn{Link: link, Code: code, Key: hex.EncodeToString(secretHash(link)[:16])}
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		asked, err := lockSignIn(ctx, tx, sign)
		if err != nil {
			return err
		}
		if asked.Used || !s.now().Before(asked.Expires) {
			return ErrSignInSpent
		}
		if issued.Person, err = findPersonByEmail(ctx, tx, asked.Email); err != nil {
			return err
		}
		return updateSignInSecrets(ctx, tx, sign, secretHash(link), codeHash)
	})
	return issued, err
}

// NewSecret draws 256 random bits as text for a cookie or a link.
func (s *Service) NewSecret() (string, error) {
	raw := make([]byte, 32)
	if _, err := io.ReadFull(s.source(), raw); err != nil {
		return "", err
	}
	return base64.RawURLEncoding.EncodeToString(raw), nil
}

func (s *Service) secrets() (link, code string, err error) {
	link, linkErr := s.NewSecret()
	n, codeErr := rand.Int(s.source(), big.NewInt(1_000_000))
	if err := errors.Join(linkErr, codeErr); err != nil {
		return "", "", err
	}
	return link, fmt.Sprintf("%06d", n), nil
}

func (s *Service) source() io.Reader {
	if s.random == nil {
		return rand.Reader
	}
	return s.random
}
