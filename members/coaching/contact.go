package coaching

import (
	"time"

	"meent/internal/id"
	"meent/members"
)

// ContactID identifies a contact. The phone that logs it draws it, so that what
// is sent twice is kept once.
type ContactID = id.Of[Contact]

// ContactKind is how a coach was in touch.
type ContactKind string

// The kinds of contacts.
const (
	Talk       ContactKind = "talk" // face to face
	Call       ContactKind = "call"
	Visit      ContactKind = "visit" // at work
	Message    ContactKind = "message"
	WithClient ContactKind = "with_client" // with the client, for the member
	OtherHelp  ContactKind = "other"
)

// ContactKinds lists them in the order of pages.
func ContactKinds() []ContactKind {
	return []ContactKind{Talk, Call, Visit, Message, WithClient, OtherHelp}
}

// How long the words of a contact may be, in characters, and how long it took,
// in minutes.
const (
	MostWhy     = 500
	MostNext    = 300
	MostMinutes = 600
)

// Contact is what a coach did for a member. There are no other notes about a
// member, and the member can read each.
type Contact struct {
	ID      ContactID
	Member  members.MemberID
	Coach   members.RoleID
	By      string // the coach's name
	Kind    ContactKind
	At      time.Time
	Minutes int
	Goal    GoalID // zero: for none
	Why     string // why it was needed
	Next    string // the next step; may be empty
	Logged  time.Time
	Gone    bool // the words cannot be read any more
}

func whyColumn(c ContactID) string  { return "contact.why@" + c.String() }
func nextColumn(c ContactID) string { return "contact.next@" + c.String() }
