package members

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/id"
	"meent/internal/tasks"
)

// PhoneChangeID identifies one request to sign in with a number.
type PhoneChangeID = id.Of[phoneChange]

// phoneChange is such a request, as it stands in the database. It is asked →
// sent → used, lives as long as a sign-in and bears as many wrong codes.
type phoneChange struct {
	ID       PhoneChangeID
	Person   PersonID
	Sealed   []byte // the number
	Mark     []byte
	Expires  time.Time
	CodeHash string // empty until the message was made
	Tries    int
	Used     bool
}

func (p phoneChange) living(now time.Time) bool {
	return !p.Used && p.CodeHash != "" && p.Tries < SignInTries && now.Before(p.Expires)
}

// PhoneAsked is the task that sends a code to the number.
type PhoneAsked struct{ ID PhoneChangeID }

// Kind names the task.
func (PhoneAsked) Kind() string { return "members.phone_asked" }

// What a sealed number is bound to, beside the person.
const (
	phoneColumn       = "phone.number"
	phoneChangeColumn = "phone_change.number"
)

// marks are those of a number, by each of the program's keys, the first one
// first. It returns ErrNoKey.
func (s *Service) marks(m Mobile) (marks [][]byte, err error) {
	for _, key := range s.ring {
		marks = append(marks, key.Mark(string(m), "phone"))
	}
	if len(marks) == 0 {
		err = ErrNoKey
	}
	return marks, err
}

// AskPhone notes the wish to sign in with a number and leaves the rest to a
// task: whether somebody signs in with it already shows nowhere. The caller has
// seen to it that the person just showed who they are. It returns check.Problems
// and ErrNoKey.
func (s *Service) AskPhone(ctx context.Context, person PersonID, number string) error {
	mobile, ok := ParseMobile(number)
	if !ok {
		return check.Problems{{Field: "phone", Rule: "not_a_mobile"}}
	}
	marks, err := s.marks(mobile)
	if err != nil {
		return err
	}
	asked := phoneChange{ID: id.New[phoneChange](s.random), Person: person, Mark: marks[0], Expires: s.now().Add(SignInLife)}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if asked.Sealed, err = s.SealTx(ctx, tx, person, phoneChangeColumn, string(mobile)); err != nil {
			return err
		}
		if err := insertPhoneChange(ctx, tx, asked); err != nil {
			return err
		}
		_, err := s.tasks.EnqueueTx(ctx, tx, PhoneAsked{ID: asked.ID}, tasks.Opts{Lane: tasks.Hi, Due: s.now()})
		return err
	})
}

// ConfirmPhone lets the person sign in with the number that they asked for last,
// when the code that was sent there is right; the number before it does not work
// any more. They are told by mail. It returns ErrWrongCode while tries are left,
// and ErrSignInSpent otherwise, also for a number with which somebody else signs
// in.
func (s *Service) ConfirmPhone(ctx context.Context, by Actor, code string) error {
	change, err := s.countPhoneTry(ctx, by.Person)
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
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error { return s.confirmPhoneTx(ctx, tx, by, change) })
}

// countPhoneTry takes one try before the code is looked at, as countTry does.
func (s *Service) countPhoneTry(ctx context.Context, person PersonID) (change phoneChange, err error) {
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) (err error) {
		if change, err = lockNewestPhoneChange(ctx, tx, person); err != nil {
			return spent(err)
		}
		if !change.living(s.now()) {
			return ErrSignInSpent
		}
		change.Tries++
		return updatePhoneTries(ctx, tx, change)
	})
	return change, err
}

func (s *Service) confirmPhoneTx(ctx context.Context, tx pgx.Tx, by Actor, change phoneChange) error {
	if err := spendPhoneChange(ctx, tx, change, s.now()); err != nil {
		return spent(err)
	}
	number, err := s.OpenTx(ctx, tx, by.Person, phoneChangeColumn, change.Sealed)
	if err != nil {
		return err
	}
	if err := s.keepPhoneTx(ctx, tx, by.Person, Mobile(number)); err != nil {
		return spent(err)
	}
	if err := s.changedTx(ctx, tx, by.Person, PhoneAdded); err != nil {
		return err
	}
	return s.auditSelfTx(ctx, tx, by, "phone_added")
}

// keepPhoneTx makes the number the person's. It returns ErrNotFound when it is
// somebody else's, whichever key marked it there.
func (s *Service) keepPhoneTx(ctx context.Context, tx pgx.Tx, person PersonID, number Mobile) error {
	marks, err := s.marks(number)
	if err != nil {
		return err
	}
	whose, err := findPhone(ctx, tx, marks)
	if err == nil && whose.person != person {
		return ErrNotFound
	}
	if err != nil && !errors.Is(err, ErrNotFound) {
		return err
	}
	kept := phone{person: person, mark: marks[0], keyID: s.ring[0].ID()}
	if kept.sealed, err = s.SealTx(ctx, tx, person, phoneColumn, string(number)); err != nil {
		return err
	}
	return upsertPhone(ctx, tx, kept, s.now())
}

// RemovePhone ends that the person signs in with a number, and tells them by
// mail. It returns ErrNotFound when there is none.
func (s *Service) RemovePhone(ctx context.Context, by Actor) error {
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if err := deletePhone(ctx, tx, by.Person); err != nil {
			return err
		}
		if err := s.changedTx(ctx, tx, by.Person, PhoneRemoved); err != nil {
			return err
		}
		return s.auditSelfTx(ctx, tx, by, "phone_removed")
	})
}

// OwnPhone is the number with which the person signs in, for themselves and for
// messages to them. It returns ErrNotFound when there is none.
func (s *Service) OwnPhone(ctx context.Context, person PersonID) (number Mobile, err error) {
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		number, err = s.ownPhoneTx(ctx, tx, person)
		return err
	})
	return number, err
}

func (s *Service) ownPhoneTx(ctx context.Context, tx pgx.Tx, person PersonID) (Mobile, error) {
	own, err := findPhoneOf(ctx, tx, person)
	if err != nil {
		return "", err
	}
	number, err := s.OpenTx(ctx, tx, person, phoneColumn, own.sealed)
	return Mobile(number), err
}

// HasPhone reports whether the person signs in with a number.
func (s *Service) HasPhone(ctx context.Context, person PersonID) (bool, error) {
	return hasPhone(ctx, s.db, person)
}
