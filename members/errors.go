package members

import "errors"

var (
	// ErrNotFound stands for what is not there, and for what another
	// cooperative has: the two must look the same.
	ErrNotFound = errors.New("members: not found")

	// ErrNotGranted means that the member does not let the actor read this, or
	// not any more.
	ErrNotGranted = errors.New("members: not granted")

	// ErrNoKey means that the program has not the key to seal or open this with.
	ErrNoKey = errors.New("members: no key to seal or open this with (MEENT_KEY)")

	// ErrUnreadable means that what was sealed cannot be read: it was changed or
	// moved, or the person's key is gone for good.
	ErrUnreadable = errors.New("members: sealed, and not readable")

	// ErrSignInSpent is returned when no living sign-in fits: it expired, was
	// used, was tried too often, or was asked in another browser.
	ErrSignInSpent = errors.New("members: sign-in is spent")

	// ErrWrongCode is returned for a wrong code while tries are left.
	ErrWrongCode = errors.New("members: wrong code")
)
