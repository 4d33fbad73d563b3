package members

import (
	"context"
	"encoding/hex"
	"time"

	"github.com/jackc/pgx/v5"
)

// IssuedEmail is what the mail to the new address must carry. Code is a secret
// that exists nowhere else; Key names it, and tells nothing.
type IssuedEmail struct {
	Person Person // with the new address
	Code   string
	Key    string
}

// IssueEmail makes a fresh code for a request and keeps its hash; what an
// earlier call made stops working. It returns ErrNotFound when somebody has the
// address, and ErrSignInSpent when it is too late, or when the person asked more
// than CodesADay times in a day. A code for an address that somebody has is kept,
// too, and told to nobody: a wrong code then looks the same.
func (s *Service) IssueEmail(ctx context.Context, change EmailChangeID) (IssuedEmail, error) {
	link, code, err := s.secrets()
	if err != nil {
		return IssuedEmail{}, err
	}
	codeHash, err := s.hasher.hash(ctx, code, s.source()) // slow: before the transaction
	if err != nil {
		return IssuedEmail{}, err
	}
	issued := IssuedEmail{Code: code, Key: hex.EncodeToString(secretHash(link)[:16])}
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) (err error) {
		issued.Person, err = s.issueEmailTx(ctx, tx, change, codeHash)
		return err
	})
	if err == nil && issued.Person.ID.IsZero() {
		return IssuedEmail{}, ErrNotFound
	}
	return issued, err
}

func (s *Service) issueEmailTx(ctx context.Context, tx pgx.Tx, change EmailChangeID, codeHash string) (Person, error) {
	asked, err := lockEmailChange(ctx, tx, change)
	if err != nil {
		return Person{}, spent(err)
	}
	today, err := countEmailChanges(ctx, tx, asked.Person, s.now().Add(-24*time.Hour))
	if err != nil {
		return Person{}, err
	}
	if asked.Used || !s.now().Before(asked.Expires) || today > CodesADay {
		return Person{}, ErrSignInSpent
	}
	if err := updateEmailCode(ctx, tx, change, codeHash); err != nil {
		return Person{}, err
	}
	free, err := emailFree(ctx, tx, asked.New)
	if err != nil || !free {
		return Person{}, err
	}
	person, err := findPerson(ctx, tx, asked.Person)
	person.Email = asked.New
	return person, err
}

// FormerEmail gives the person with the address that they had before, for the
// mail that tells it there. It returns ErrNotFound when that is long ago.
func (s *Service) FormerEmail(ctx context.Context, change EmailChangeID) (Person, error) {
	return findFormerEmail(ctx, s.db, change)
}
