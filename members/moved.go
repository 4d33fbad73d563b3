package members

import "meent/internal/id"

// Moved is the task that tells open pages of these people that something of
// theirs changed: an offer, hours, a bill, a payout. Whoever changes it enqueues
// it in the same transaction, once for all of them; what is nobody's is left zero.
type Moved struct {
	Cooperative id.Cooperative
	Members     []MemberID
	Client      ClientID
}

// Kind names the task.
func (Moved) Kind() string { return "members.moved" }
