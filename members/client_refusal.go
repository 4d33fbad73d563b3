package members

import (
	"context"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/id"
)

// ClientRefusalID identifies a refusal of a member by a client.
type ClientRefusalID = id.Of[ClientRefusal]

// RefusalCode is why a client would rather work with somebody else.
type RefusalCode string

// The codes.
const (
	RefusedWork       RefusalCode = "work"       // the work did not succeed
	RefusedAgreements RefusalCode = "agreements" // what was agreed did not come about
	RefusedContact    RefusalCode = "contact"    // the two did not get on
	RefusedSafety     RefusalCode = "safety"     // somebody did not feel safe
	RefusedOther      RefusalCode = "something_else"
)

// RefusalCodes lists them.
func RefusalCodes() []RefusalCode {
	return []RefusalCode{RefusedWork, RefusedAgreements, RefusedContact, RefusedSafety, RefusedOther}
}

// How much a client says about it.
const (
	ShortestRefusal = 10
	LongestRefusal  = 500
)

// RefusalMonths is how long a refusal lasts at the most.
const RefusalMonths = 12

// RefusalEnd is how a refusal ended before its day.
type RefusalEnd string

// The ends. That its day is over is none of them: nothing has to happen for that.
const (
	RefusalTakenBack RefusalEnd = "client"
	RefusalLifted    RefusalEnd = "review"
	RefusalOver      RefusalEnd = "time" // and another came after it
)

// ClientRefusal is a client who would rather work with somebody else than this
// member, until a day. Nothing of it is hidden: the member reads it, with the
// reason, and can ask for a second look.
type ClientRefusal struct {
	ID          ClientRefusalID
	Cooperative id.Cooperative
	Member      MemberID
	MemberName  string
	Client      ClientID
	ClientName  string
	By          string // the contact who decided
	Code        RefusalCode
	Why         string
	Gone        bool // the reason cannot be read any more
	At          time.Time
	Until       Day       // included
	Ended       time.Time // zero: it was not ended before its day
	How         RefusalEnd
	Review      ReviewID // that was asked of it; zero: none
}

// Holds reports whether the member gets no work of the client on a day.
func (r ClientRefusal) Holds(today Day) bool { return r.Ended.IsZero() && today <= r.Until }

// Decision is the refusal as a second look names it.
func (r ClientRefusal) Decision() Decision { return Decision{Refusal: r.ID} }

// whyColumn is what the reason is bound to, beside the member's person.
func (r ClientRefusal) whyColumn() string { return "client_refusal.why@" + r.ID.String() }

// NewClientRefusal refuses a member. Who asks gives it an ID, to tell of it.
type NewClientRefusal struct {
	ID     ClientRefusalID
	Member MemberID
	Code   RefusalCode
	Why    string
	Until  Day // included; tomorrow at the earliest, a year ahead at the latest
}

func (n NewClientRefusal) problems(today Day) (p check.Problems) {
	check.OneOf(&p, "code", n.Code, RefusalCodes()...)
	p.Paragraphs("why", n.Why, ShortestRefusal, LongestRefusal)
	switch last := today.AddMonths(RefusalMonths); {
	case !n.Until.Real():
		p.Add("until", "no_such_day", nil)
	case n.Until <= today:
		p.Add("until", "day_is_past", nil)
	case n.Until > last:
		p.Add("until", "day_too_far", map[string]any{"Day": string(last)})
	}
	return p
}

// RefuseMemberTx notes that the acting client would rather work with somebody
// else. The caller knows that the member worked for them, tells who must hear of
// it, and has taken every other lock: the deed comes last. What is agreed already
// goes on. It returns check.Problems at "code", "why" and "until", ErrDecided
// while one holds, ErrNoKey, and ErrNotFound to everybody else and for a member of
// another cooperative.
func (s *Service) RefuseMemberTx(ctx context.Context, tx pgx.Tx, by Actor, n NewClientRefusal) error {
	n.Why = strings.TrimSpace(n.Why)
	if by.Kind != RoleClient || by.Client.IsZero() {
		return ErrNotFound
	}
	now := s.now()
	if err := n.problems(DayOf(now)).Err(); err != nil {
		return err
	}
	person, err := lockPersonOf(ctx, tx, by.Cooperative, n.Member)
	if err != nil {
		return err
	}
	r := ClientRefusal{ID: n.ID, Cooperative: by.Cooperative, Member: n.Member, Client: by.Client, Code: n.Code, At: now, Until: n.Until}
	sealed, err := s.SealTx(ctx, tx, person, r.whyColumn(), n.Why)
	if err != nil {
		return err
	}
	if err := insertClientRefusal(ctx, tx, by, r, sealed); err != nil {
		return err
	}
	return s.AuditTx(ctx, tx, Deed{By: by, For: person, What: "member_refused", Ref: refusalRef(r.ID), Why: n.Why})
}

func refusalRef(refusal ClientRefusalID) string { return "refusal:" + refusal.String() }

// TakeBackRefusal ends a refusal of the acting client. It returns ErrDecided for
// one that has ended, and ErrNotFound for somebody else's.
func (s *Service) TakeBackRefusal(ctx context.Context, by Actor, refusal ClientRefusalID) error {
	if by.Kind != RoleClient {
		return ErrNotFound
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		r, person, err := lockClientRefusal(ctx, tx, by.Cooperative, refusal)
		switch {
		case err != nil:
			return err
		case r.Client != by.Client:
			return ErrNotFound
		case !r.Holds(DayOf(s.now())):
			return ErrDecided
		}
		return s.endRefusalTx(ctx, tx, by, r, person, RefusalTakenBack)
	})
}

// endRefusalTx ends one that holds, tells both sides and writes the deed.
func (s *Service) endRefusalTx(ctx context.Context, tx pgx.Tx, by Actor, r ClientRefusal, person PersonID, how RefusalEnd) error {
	if err := updateRefusalEnded(ctx, tx, r, how, s.now()); err != nil {
		return err
	}
	moved := Moved{Cooperative: r.Cooperative, Members: []MemberID{r.Member}, Client: r.Client}
	if err := s.tellTx(ctx, tx, r.Cooperative, RefusalEnded{Refusal: r.ID, Cooperative: r.Cooperative}, moved); err != nil {
		return err
	}
	return s.AuditTx(ctx, tx, Deed{By: by, For: person, What: "member_welcome_again", Ref: refusalRef(r.ID)})
}

// RefusalEnded is the task that tells a member, and where a second look ended it
// the client, that the two can work together again.
type RefusalEnded struct {
	Refusal     ClientRefusalID
	Cooperative id.Cooperative
}

// Kind names the task.
func (RefusalEnded) Kind() string { return "members.refusal_ended" }
