package members

import "errors"

var (
	// ErrNotFound stands for what is not there, and for what another
	// cooperative has: the two must look the same.
	ErrNotFound = errors.New("members: not found")

	// ErrNotGranted means that the member does not let the actor read this, or
	// not any more.
	ErrNotGranted = errors.New("members: not granted")

	// ErrAlumni means that a former member gives nobody keys: they end when
	// somebody leaves, and who comes back gives them again.
	ErrAlumni = errors.New("members: a former member gives no keys")

	// ErrStale means that somebody changed it since the actor looked.
	ErrStale = errors.New("members: changed meanwhile")
	// ErrNotApproved means that the actor's client waits for the cooperative's
	// answer, or was refused.
	ErrNotApproved = errors.New("members: the client is not approved")

	// ErrRestricted means that a coordinator restricted the actor in this
	// cooperative: nothing new until that ends.
	ErrRestricted = errors.New("members: restricted by a coordinator")

	// ErrDecided means that somebody else was first, or that it was decided
	// before.
	ErrDecided = errors.New("members: decided already")

	// ErrOneself means that nobody decides this about themselves.
	ErrOneself = errors.New("members: not about oneself")

	// ErrOwnDecision means that another coordinator must look again, since this
	// one decided.
	ErrOwnDecision = errors.New("members: one's own decision")

	// ErrLastCoordinator means that a cooperative needs somebody who runs it.
	ErrLastCoordinator = errors.New("members: the last coordinator")

	// ErrLastManager means that a client needs somebody who invites and removes.
	ErrLastManager = errors.New("members: the last manager")

	// ErrInvitationSpent is returned when no living invitation fits: it ran out,
	// was used, or was taken back.
	ErrInvitationSpent = errors.New("members: invitation is spent")

	// ErrNotInvited means that another address was invited.
	ErrNotInvited = errors.New("members: another address was invited")

	// ErrNoKey means that the program has not the key to seal or open this with.
	ErrNoKey = errors.New("members: no key to seal or open this with (MEENT_KEY)")

	// ErrUnreadable means that what was sealed cannot be read: it was changed or
	// moved, or the person's key is gone for good.
	ErrUnreadable = errors.New("members: sealed, and not readable")

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

	// ErrWrongCode is returned for a wrong code while tries are left.
	ErrWrongCode = errors.New("members: wrong code")

	// ErrImportWrong means that a row of an import cannot be done any more, so
	// that nothing of it was.
	ErrImportWrong = errors.New("members: something is wrong with the import")

	// ErrHeld is what *Held is: the person cannot be erased yet.
	ErrHeld = errors.New("members: not erased yet")

	// ErrWrongMove is what *WrongMove is.
	ErrWrongMove = errors.New("members: a membership cannot go there")

	// ErrNoConsent means that the municipality that referred the member does not
	// agree, or not yet.
	ErrNoConsent = errors.New("members: the municipality has not agreed")
)
