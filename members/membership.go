package members

import (
	"fmt"
	"slices"
)

// Membership is where a person stands with the cooperative.
type Membership string

// The states of a membership.
const (
	Referred Membership = "referred" // is expected, and has not begun
	OnTrial  Membership = "trial"    // tries it out
	Joined   Membership = "member"   // belongs to it
	Alumni   Membership = "alumni"   // belonged to it, or withdrew before
)

// Memberships lists them in the order of a membership's life.
func Memberships() []Membership { return []Membership{Referred, OnTrial, Joined, Alumni} }

// Next lists where a coordinator may move it. An alumnus who comes back begins
// with a trial.
func (m Membership) Next() []Membership {
	switch m {
	case Referred:
		return []Membership{OnTrial, Alumni}
	case OnTrial:
		return []Membership{Joined, Alumni}
	case Joined:
		return []Membership{Alumni}
	case Alumni:
		return []Membership{OnTrial}
	default:
		return nil
	}
}

// To moves to another state. It returns *WrongMove.
func (m Membership) To(to Membership) (Membership, error) {
	if !slices.Contains(m.Next(), to) {
		return m, &WrongMove{From: m, To: to}
	}
	return to, nil
}

// Works reports whether the person may be offered work. The past stays theirs
// in every state: what they did, earned and still have to agree.
func (m Membership) Works() bool { return m == OnTrial || m == Joined }

// WrongMove is returned when a membership cannot go from one state to another.
type WrongMove struct{ From, To Membership }

func (e *WrongMove) Error() string {
	return fmt.Sprintf("members: a membership cannot go from %s to %s", e.From, e.To)
}

// Unwrap gives ErrWrongMove.
func (e *WrongMove) Unwrap() error { return ErrWrongMove }

// Consent is what the municipality says that referred a member.
type Consent string

// The answers. Who was not referred by a municipality needs none.
const (
	ConsentNotNeeded Consent = "not_needed"
	ConsentNo        Consent = "no" // not, or not yet
	ConsentYes       Consent = "yes"
)

// Consents lists them.
func Consents() []Consent { return []Consent{ConsentNotNeeded, ConsentNo, ConsentYes} }

// allows reports whether a trial may begin.
func (c Consent) allows() bool { return c == ConsentNotNeeded || c == ConsentYes }

// remindBefore is how many days before the end of a trial those are reminded who
// decide what comes after it.
const remindBefore = 7
