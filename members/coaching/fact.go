package coaching

import (
	"context"
	"slices"
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
	Shift          Kind = "shift"       // work that is agreed, at the time when it begins
	FirstShift     Kind = "first_shift" // the same, for a client for whom the member never worked
	NoShow         Kind = "no_show"     // the member did not come, at the time when the work began
	HoursProposed  Kind = "hours_proposed"
	HoursCountered Kind = "hours_countered" // by the client
	HoursAgreed    Kind = "hours_agreed"
	HoursDisputed  Kind = "hours_disputed" // by either side; the rest is agreed
	CalledOff      Kind = "called_off"     // agreed work that does not come, by whomever; never with a reason
	Feedback       Kind = "feedback"       // of the client, about the work; what it says is the member's
	Billed         Kind = "billed"
	Paid           Kind = "paid"       // the bank said so
	PayFailed      Kind = "pay_failed" // the bank sent it back
	PayWaits       Kind = "pay_waits"  // money waits until the member told where to
	PayReady       Kind = "pay_ready"  // it does not any more
	SkillConfirmed Kind = "skill_confirmed"
)

// needs maps each kind to the grant without which nobody reads it; signalNeeds,
// each signal.
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
		FirstShift:     members.AgendaScope,
		NoShow:         members.AgendaScope,
		HoursProposed:  members.HoursScope,
		HoursCountered: members.HoursScope,
		HoursAgreed:    members.HoursScope,
		HoursDisputed:  members.HoursScope,
		CalledOff:      members.AgendaScope,
		Feedback:       members.HoursScope,
		Billed:         members.PayScope,
		Paid:           members.PayScope,
		PayFailed:      members.PayScope,
		PayWaits:       members.PayScope,
		PayReady:       members.PayScope,
		SkillConfirmed: members.ProfileScope,
	}
}

// signalNeeds maps each signal to the grants without which nobody sees it, all of
// them: those of the facts that it is made of, and of what else it reads. None
// means that it says nothing of the member but what the coach did, was asked, or
// holds.
func signalNeeds() map[SignalKind][]members.Scope {
	return map[SignalKind][]members.Scope{
		DidNotCome:   {NoShow.Scope()},
		LowScore:     {members.SelfScoresScope},
		QuestionWait: nil,
		FirstPlace:   {FirstShift.Scope()},
		NoContact:    nil,
		PayWaiting:   {PayWaits.Scope()},
		WorkTomorrow: {Shift.Scope()},
		HoursNear:    {Shift.Scope(), members.HoursScope, members.ProfileScope},
		ThreeNoes:    {OfferNo.Scope()},
		TrialEnds:    nil,
		KeyEnds:      nil,
		NoGig:        {Shift.Scope()},
		NewSkill:     {SkillConfirmed.Scope()},
	}
}

// Scope is the grant that the kind needs.
func (k Kind) Scope() members.Scope { return needs()[k] }

// Scopes lists what a member can let a coach read, in the order of pages: all but
// to act for them.
func Scopes() []members.Scope {
	return slices.DeleteFunc(members.Scopes(), func(s members.Scope) bool { return s == members.ActForMeScope })
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

// ForgetTx takes out what turned out not to be so: work that was called off is no
// work to come, and who was there after all was not missing.
func ForgetTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID, ref string, kinds ...Kind) error {
	return deleteFacts(ctx, tx, c, m, ref, kinds)
}
