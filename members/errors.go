package members

import "errors"

var (
	// ErrNotFound stands for what is not there, and for what another
	// cooperative has: the two must look the same.
	ErrNotFound = errors.New("members: not found")

	// ErrNotGranted means that the member does not let the actor read this, or
	// not any more.
	ErrNotGranted = errors.New("members: not granted")

	// ErrSignInSpent is returned when no living sign-in fits: it expired, was
	// used, was tried too often, or was asked in another browser.
	ErrSignInSpent = errors.New("members: sign-in is spent")

	// ErrPasskey means that a passkey does not fit, for whatever reason: of
	// another site, a challenge that is old or used, nobody's key, a copied one.
	ErrPasskey = errors.New("members: passkey does not fit")

	// ErrManyPasskeys is returned for one passkey more than MostPasskeys.
	ErrManyPasskeys = errors.New("members: many passkeys already")

	// ErrHasFactor means that somebody who is halfway in wants to set up what is
	// set up already, or wants a second app.
	ErrHasFactor = errors.New("members: has a second factor already")

	// ErrNoKey means that the program has no key to seal secrets with.
	ErrNoKey = errors.New("members: no key for secrets")

	// ErrWrongCode is returned for a wrong code while tries are left.
	ErrWrongCode = errors.New("members: wrong code")
)
