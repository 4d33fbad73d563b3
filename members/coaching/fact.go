package coaching

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/members"
)

// Kind is what sort of thing happened.
type Kind string

// The kinds of facts. A no carries no reason: that is the member's own.
const (
	OfferSent      Kind = "offer_sent"
	OfferYes       Kind = "offer_yes"
	OfferNo        Kind = "offer_no"
	OfferExpired   Kind = "offer_expired"
	OfferReserve   Kind = "offer_reserve"
	OfferThanked   Kind = "offer_thanked"
	OfferWithdrawn Kind = "offer_withdrawn"
	SeatAsked      Kind = "seat_asked" // by the member
	SeatRefused    Kind = "seat_refused"
	Confirmed      Kind = "confirmed"
	Shift          Kind = "shift" // work that is agreed, at the time when it begins
	HoursProposed  Kind = "hours_proposed"
	HoursCountered Kind = "hours_countered" // by the client
	HoursAgreed    Kind = "hours_agreed"
	Billed         Kind = "billed"
	Paid           Kind = "paid"       // the bank said so
	PayFailed      Kind = "pay_failed" // the bank sent it back
)

// needs maps each kind to the grant without which nobody reads it.
func needs() map[Kind]members.Scope {
	return map[Kind]members.Scope{
		OfferSent:      members.OffersScope,
		OfferYes:       members.OffersScope,
		OfferNo:        members.OffersScope,
		OfferExpired:   members.OffersScope,
		OfferReserve:   members.OffersScope,
		OfferThanked:   members.OffersScope,
		OfferWithdrawn: members.OffersScope,
		SeatAsked:      members.OffersScope,
		SeatRefused:    members.OffersScope,
		Confirmed:      members.AgendaScope,
		Shift:          members.AgendaScope,
		HoursProposed:  members.HoursScope,
		HoursCountered: members.HoursScope,
		HoursAgreed:    members.HoursScope,
		Billed:         members.PayScope,
		Paid:           members.PayScope,
		PayFailed:      members.PayScope,
	}
}

// Scope is the grant that the kind needs.
func (k Kind) Scope() members.Scope { return needs()[k] }

// Scopes lists what a member can let a coach read today, in the order of pages.
func Scopes() []members.Scope {
	return append([]members.Scope{members.ProfileScope, members.ProgressScope, members.SelfScoresScope}, timelineScopes()...)
}

// timelineScopes are those of facts; the profile is a page of its own.
func timelineScopes() []members.Scope {
	return []members.Scope{members.OffersScope, members.AgendaScope, members.HoursScope, members.PayScope}
}

// FactID identifies a fact.
type FactID = id.Of[Fact]

// Fact is one thing that happened to a member.
type Fact struct {
	ID          FactID // drawn by NoteTx
	Cooperative id.Cooperative
	Member      members.MemberID
	Kind        Kind
	At          time.Time
	Minutes     int    // of work; 0 where the kind has none
	Ref         string // a random id of whoever reports; nothing personal
}

// NoteTx adds a fact, in the transaction in which it becomes one. The same kind
// and reference twice is one fact: the first. It stands by itself, so that every
// domain to the right can report without a Service.
func NoteTx(ctx context.Context, tx pgx.Tx, f Fact) error {
	f.ID = id.New[Fact](nil)
	return insertFact(ctx, tx, f)
}
