package members

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"io"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
)

// Calendar is whose agenda an address shows.
type Calendar struct {
	Cooperative id.Cooperative
	Member      MemberID
}

// calendarSecret is how many characters the secret of an address has.
const calendarSecret = 43

// MakeCalendar gives the acting member an address for their calendar program: its
// secret, which is shown now and never again. An address from before ends. It
// returns ErrNotFound to everybody who is not a member.
func (s *Service) MakeCalendar(ctx context.Context, by Actor) (secret string, err error) {
	if by.Kind != RoleMember || by.Member.IsZero() {
		return "", ErrNotFound
	}
	if secret, err = newCalendarSecret(s.random); err != nil {
		return "", err
	}
	return secret, pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if err := upsertCalendar(ctx, tx, by, hashCalendar(secret), s.now()); err != nil {
			return err
		}
		return s.AuditTx(ctx, tx, Deed{By: by, For: by.Person, What: "calendar_made"})
	})
}

// EndCalendar ends the acting member's address; without one nothing happens.
func (s *Service) EndCalendar(ctx context.Context, by Actor) error {
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		ended, err := deleteCalendar(ctx, tx, by)
		if err != nil || !ended {
			return err
		}
		return s.AuditTx(ctx, tx, Deed{By: by, For: by.Person, What: "calendar_ended"})
	})
}

// CalendarMade says since when the acting member has an address; zero: none.
func (s *Service) CalendarMade(ctx context.Context, by Actor) (time.Time, error) {
	return findCalendarMade(ctx, s.db, by)
}

// FindCalendar says whose agenda the secret opens: whoever has it may read, so
// nobody acts. It returns ErrNotFound for what opens nothing, or not any more.
func (s *Service) FindCalendar(ctx context.Context, secret string) (Calendar, error) {
	if len(secret) != calendarSecret {
		return Calendar{}, ErrNotFound
	}
	return findCalendar(ctx, s.db, hashCalendar(secret))
}

// newCalendarSecret draws 256 bits.
func newCalendarSecret(random io.Reader) (string, error) {
	if random == nil {
		random = rand.Reader
	}
	secret := make([]byte, 32)
	_, err := io.ReadFull(random, secret)
	return base64.RawURLEncoding.EncodeToString(secret), err
}

// hashCalendar needs no salt: nobody guesses 256 bits.
func hashCalendar(secret string) []byte {
	sum := sha256.Sum256([]byte(secret))
	return sum[:]
}
