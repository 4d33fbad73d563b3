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

	// ErrWrongCode is returned for a wrong code while tries are left.
	ErrWrongCode = errors.New("members: wrong code")

	// ErrInvitationSpent is returned when no invitation fits that can be used: it
	// expired, was used or revoked, or never was.
	ErrInvitationSpent = errors.New("members: the invitation is spent")

	// ErrImportWrong means that a row of an import cannot be done any more, so
	// that nothing of it was.
	ErrImportWrong = errors.New("members: something is wrong with the import")

	// ErrWrongMove is what *WrongMove is.
	ErrWrongMove = errors.New("members: a membership cannot go there")

	// ErrNoConsent means that the municipality that referred the member does not
	// agree, or not yet.
	ErrNoConsent = errors.New("members: the municipality has not agreed")
)
