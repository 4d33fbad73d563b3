package members

import (
	"context"
	"encoding/hex"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
)

// IssuedPhone is what the message to the number must carry. Code is a secret
// that exists nowhere else; Key names it, and tells nothing.
type IssuedPhone struct {
	Person Person
	Mobile Mobile
	Code   string
	Key    string
}

// IssuePhone makes a fresh code for a request and keeps its hash; what an
// earlier call made stops working. It returns ErrNotFound when somebody else
// signs in with the number, and ErrSignInSpent when it is too late, or when the
// person, or all people together for this number, asked more than CodesADay times
// in a day. A code for a number that somebody has is kept, too, and told to
// nobody: a wrong code then looks the same.
func (s *Service) IssuePhone(ctx context.Context, change PhoneChangeID) (IssuedPhone, error) {
	link, code, err := s.secrets()
	if err != nil {
		return IssuedPhone{}, err
	}
	codeHash, err := s.hasher.hash(ctx, code, s.source()) // slow: before the transaction
	if err != nil {
		return IssuedPhone{}, err
	}
	issued := IssuedPhone{Code: code, Key: hex.EncodeToString(secretHash(link)[:16])}
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error { return s.issuePhoneTx(ctx, tx, change, &issued, codeHash) })
	if err == nil && issued.Person.ID.IsZero() {
		return IssuedPhone{}, ErrNotFound
	}
	return issued, err
}

func (s *Service) issuePhoneTx(ctx context.Context, tx pgx.Tx, change PhoneChangeID, issued *IssuedPhone, codeHash string) error {
	asked, err := lockPhoneChange(ctx, tx, change)
	if err != nil {
		return spent(err)
	}
	today, err := countPhoneChanges(ctx, tx, asked, s.now().Add(-24*time.Hour))
	if err != nil {
		return err
	}
	if asked.Used || asked.Tries >= SignInTries || !s.now().Before(asked.Expires) || today > CodesADay {
		return ErrSignInSpent
	}
	if err := updatePhoneCode(ctx, tx, change, codeHash); err != nil {
		return err
	}
	number, err := s.OpenTx(ctx, tx, asked.Person, phoneChangeColumn, asked.Sealed)
	if err != nil {
		return err
	}
	issued.Mobile = Mobile(number)
	marks, err := s.marks(issued.Mobile)
	if err != nil {
		return err
	}
	whose, err := findPhone(ctx, tx, marks)
	if err == nil && whose.person != asked.Person {
		return nil // somebody else's
	}
	if err != nil && !errors.Is(err, ErrNotFound) {
		return err
	}
	issued.Person, err = findPerson(ctx, tx, asked.Person)
	return err
}
