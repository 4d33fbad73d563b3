package members

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math/big"
	"time"

	"github.com/jackc/pgx/v5"
)

// CodesADay is for how many requests of one address in a day a code is made;
// later ones get a link alone. Each request lets five codes be guessed, so that
// a stranger who asks all day has fifty guesses of a million at somebody's code,
// while the owner of the address can always come in.
const CodesADay = 10

// noCode stands for the hash of a code that was not made; nothing matches it.
const noCode = "none"

// IssuedSignIn is what the message must carry: a mail, or a text to Mobile where
// that is not empty. Link and Code are secrets that
// exist nowhere else; Code may be empty, see CodesADay. Key names them, and
// tells nothing.
type IssuedSignIn struct {
	Person Person
	Mobile Mobile
	Link   string
	Code   string
	Key    string
}

// IssueSignIn makes fresh secrets for a sign-in that was asked and keeps their
// hashes; what an earlier call made stops working. It returns ErrNotFound when
// nobody has the address or the number, and ErrSignInSpent when it is too late. Secrets for
// nobody are kept, too, and told to nobody: a wrong code then looks the same.
func (s *Service) IssueSignIn(ctx context.Context, sign SignInID) (IssuedSignIn, error) {
	link, code, err := s.secrets()
	if err != nil {
		return IssuedSignIn{}, err
	}
	codeHash, err := s.hasher.hash(ctx, code, s.source()) // slow: before the transaction
	if err != nil {
		return IssuedSignIn{}, err
	}
	issued := IssuedSignIn{Link: link, Code: code, Key: hex.EncodeToString(secretHash(link)[:16])}
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		return s.issueTx(ctx, tx, sign, &issued, codeHash)
	})
	if err == nil && issued.Person.ID.IsZero() {
		return IssuedSignIn{}, ErrNotFound
	}
	return issued, err
}

func (s *Service) issueTx(ctx context.Context, tx pgx.Tx, sign SignInID, issued *IssuedSignIn, codeHash string) error {
	asked, err := lockSignIn(ctx, tx, sign)
	if err != nil {
		return err
	}
	if asked.Used || !s.now().Before(asked.Expires) {
		return ErrSignInSpent
	}
	if issued.Person, issued.Mobile, err = s.askerTx(ctx, tx, asked); err != nil && !errors.Is(err, ErrNotFound) {
		return err
	}
	today, err := countSignIns(ctx, tx, asked, s.now().Add(-24*time.Hour))
	if err != nil {
		return err
	}
	if today > CodesADay {
		issued.Code, codeHash = "", noCode
	}
	return updateSignInSecrets(ctx, tx, sign, secretHash(issued.Link), codeHash)
}

// askerTx gives who asked, and the number when they asked by that. It returns
// ErrNotFound for nobody, and for a coordinator's number: who has a stranger's
// old one must not come to other people's data.
func (s *Service) askerTx(ctx context.Context, tx pgx.Tx, asked signIn) (Person, Mobile, error) {
	if len(asked.Marks) == 0 {
		person, err := findPersonByEmail(ctx, tx, asked.Email)
		return person, "", err
	}
	whose, err := findPhone(ctx, tx, asked.Marks)
	if err != nil {
		return Person{}, "", err
	}
	if coordinates, err := isCoordinator(ctx, tx, whose.person); err != nil || coordinates {
		return Person{}, "", cmp.Or(err, ErrNotFound)
	}
	number, err := s.OpenTx(ctx, tx, whose.person, phoneColumn, whose.sealed)
	if err != nil {
		return Person{}, "", err
	}
	person, err := findPerson(ctx, tx, whose.person)
	return person, Mobile(number), err
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
