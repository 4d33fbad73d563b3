package jobs

import (
	"errors"
	"fmt"

	"meent/members"
	"meent/payments"
)

// ErrUnlawful is what each error is that says why work may not be agreed, though
// there is a seat: see ConfirmTx.
var ErrUnlawful = errors.New("jobs: the law refuses the work")

// unlawful errors that are about the member, and told to nobody else.
var (
	// ErrTrialBefore means that the member was on trial or worked at this client before.
	ErrTrialBefore = fmt.Errorf("%w: a second trial at one client", ErrUnlawful)

	// ErrTrialTooLong means that the member's trial would last too long.
	ErrTrialTooLong = fmt.Errorf("%w: the trial would be too long", ErrUnlawful)

	// ErrMinor means that the member is no adult on the day. Nobody is told.
	ErrMinor = fmt.Errorf("%w: not an adult", ErrUnlawful)
)

// OfMember reports an error that is about the member: it is told to nobody else.
func OfMember(err error) bool {
	return errors.Is(err, ErrTrialBefore) || errors.Is(err, ErrTrialTooLong) || errors.Is(err, ErrMinor)
}

// NoFormRule says that the program knows no rule for a work form on a day. It is
// ErrUnlawful.
type NoFormRule struct {
	Form members.WorkForm
	Day  payments.Day
}

func (e *NoFormRule) Error() string {
	return fmt.Sprintf("jobs: no rule for %s on %s", e.Form, e.Day)
}

// Unwrap gives ErrUnlawful.
func (e *NoFormRule) Unwrap() error { return ErrUnlawful }

// NoAdmission says that a lender is not admitted on a day of the work. It is
// ErrUnlawful.
type NoAdmission struct {
	Lender members.LenderKind
	Day    payments.Day
	Ended  payments.Day // the last day of the admission; empty: there was none
}

func (e *NoAdmission) Error() string {
	return fmt.Sprintf("jobs: the lender (%s) is not admitted on %s", e.Lender, e.Day)
}

// Unwrap gives ErrUnlawful.
func (e *NoAdmission) Unwrap() error { return ErrUnlawful }

// BelowFloor says that the rate is below the legal floor of a day, or that no
// figure is known for it: then Floor is 0. It is ErrUnlawful.
type BelowFloor struct {
	Day   payments.Day
	Floor payments.Cents
}

func (e *BelowFloor) Error() string {
	return fmt.Sprintf("jobs: the rate is below the floor of %s (%v)", e.Day, e.Floor)
}

// Unwrap gives ErrUnlawful.
func (e *BelowFloor) Unwrap() error { return ErrUnlawful }
