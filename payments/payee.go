package payments

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"meent/internal/id"
	"meent/members"
)

// PayeeState is how it is with the account over which a member is paid.
type PayeeState string

// The states of a payee.
const (
	PayeeAsked      PayeeState = "asked"      // an account was opened, and nobody looked at it yet
	PayeeIncomplete PayeeState = "incomplete" // the member must still tell something
	PayeeReady      PayeeState = "ready"      // money can go to a bank
	PayeeRestricted PayeeState = "restricted" // all was told once, and now the gateway wants something
	PayeeGone       PayeeState = "gone"       // it was deleted, or took its trust in us away
)

// PayeeStates lists them.
func PayeeStates() []PayeeState {
	return []PayeeState{PayeeAsked, PayeeIncomplete, PayeeReady, PayeeRestricted, PayeeGone}
}

// Rest is how long no money goes to a member after where it goes, or how they sign
// in, was changed: so long the one who did not change it can say so.
const Rest = 72 * time.Hour

// payee is the account over which a member is paid.
type payee struct {
	cooperative id.Cooperative
	member      members.MemberID
	account     string
	number      int
	state       PayeeState
	due         []string
	bank        string
	changedAt   time.Time
	restsUntil  time.Time // because the bank changed; zero: it never did
	lookedAt    time.Time // zero: look before anything else
	toldAt      time.Time // that money waits; zero: not, or not any more
}

// payeeRef is our number of a member's account at the gateway.
func payeeRef(m members.MemberID, number int) Reference {
	if number == 1 {
		return Reference(m.String())
	}
	return Reference(fmt.Sprintf("%s:%d", m, number))
}

// state is what the account can be used for.
func (a AccountThere) state() PayeeState {
	switch {
	case !a.Submitted || a.Bank == "":
		return PayeeIncomplete
	case !a.Payouts:
		return PayeeRestricted
	default:
		return PayeeReady
	}
}

// payeeNews is what a look brought to light.
type payeeNews struct {
	ready bool // it was not, and is
	first bool // a bank, where there was none
	moved bool // another bank: money rests
}

// see is the payee as the gateway sees the account now. The first bank of all
// needs no rest: nobody can be turned away from where nothing went. A bank that
// is missing for a while is remembered, so that a detour is a change as well, and
// so is a new account after one that is gone.
func (p payee) see(a AccountThere, now time.Time) (payee, payeeNews) {
	news := payeeNews{first: a.Bank != "" && p.bank == "" && p.state != PayeeAsked, moved: a.Bank != "" && p.bank != "" && a.Bank != p.bank}
	seen := p.become(a.state(), now)
	if news.moved {
		seen.restsUntil = now.Add(Rest)
	}
	if a.Bank != "" {
		seen.bank = a.Bank
	}
	seen.due = bounded(a.Due)
	if news.ready = seen.state == PayeeReady && p.state != PayeeReady; news.ready {
		seen.toldAt = time.Time{}
	}
	return seen, news
}

// leave is the payee whose account the gateway does not know any more.
func (p payee) leave(now time.Time) payee {
	gone := p.become(PayeeGone, now)
	gone.due = nil
	return gone
}

func (p payee) become(state PayeeState, now time.Time) payee {
	if state != p.state {
		p.state, p.changedAt = state, now
	}
	p.lookedAt = now
	return p
}

const (
	mostDue     = 20
	longestName = 100
)

// bounded keeps the first names, none of them longer than ours are.
func bounded(due []string) []string {
	names := slices.Clone(due[:min(len(due), mostDue)])
	for i, name := range names {
		names[i] = name[:min(len(name), longestName)]
	}
	return names
}

// Need is a group of what the gateway asks of a member.
type Need string

// The needs, in the order in which pages show them.
const (
	NeedBank  Need = "bank"  // to which bank account
	NeedSelf  Need = "self"  // who they are
	NeedProof Need = "proof" // a document
	NeedTerms Need = "terms" // to agree with the gateway's terms
	NeedMore  Need = "more"  // anything else
)

// Needs lists them.
func Needs() []Need { return []Need{NeedBank, NeedSelf, NeedProof, NeedTerms, NeedMore} }

// needOf is the group of a name of the gateway's.
func needOf(name string) Need {
	switch {
	case strings.HasPrefix(name, "external_account"):
		return NeedBank
	case strings.Contains(name, "verification"), strings.Contains(name, "document"):
		return NeedProof
	case strings.HasPrefix(name, "tos_acceptance"):
		return NeedTerms
	case strings.HasPrefix(name, "individual."), strings.HasPrefix(name, "person_"), strings.HasPrefix(name, "business_"):
		return NeedSelf
	default:
		return NeedMore
	}
}

// needs are the groups of what is asked, each once.
func (p payee) needs() (list []Need) {
	for _, need := range Needs() {
		if slices.ContainsFunc(p.due, func(name string) bool { return needOf(name) == need }) {
			list = append(list, need)
		}
	}
	return list
}
