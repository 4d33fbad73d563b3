package members

import (
	"context"
	"strconv"
	"strings"
	"time"

	"meent/internal/id"
)

// Decision names what a person of the cooperative decided about another: a
// restriction, the refusal of a client, a client's refusal of a member, or another
// deed. Exactly one is set.
type Decision struct {
	Restriction RestrictionID
	Client      ClientID
	Refusal     ClientRefusalID
	Deed        DeedID
}

// DeedID names a deed in the log of one cooperative.
type DeedID struct {
	Cooperative id.Cooperative
	Seq         int64
}

// String is the decision as addresses have it; ParseDecision reads it.
func (d Decision) String() string {
	switch {
	case !d.Restriction.IsZero():
		return "restriction:" + d.Restriction.String()
	case !d.Client.IsZero():
		return clientRef(d.Client)
	case !d.Refusal.IsZero():
		return refusalRef(d.Refusal)
	default:
		return "deed:" + d.Deed.Cooperative.String() + ":" + strconv.FormatInt(d.Deed.Seq, 10)
	}
}

// ParseDecision returns id.ErrInvalid for what names no decision.
func ParseDecision(text string) (d Decision, err error) {
	kind, rest, _ := strings.Cut(text, ":")
	switch kind {
	case "restriction":
		d.Restriction, err = id.Parse[Restriction](rest)
	case "client":
		d.Client, err = id.Parse[Client](rest)
	case "refusal":
		d.Refusal, err = id.Parse[ClientRefusal](rest)
	case "deed":
		d.Deed, err = parseDeed(rest)
	default:
		err = id.ErrInvalid
	}
	return d, err
}

func parseDeed(text string) (d DeedID, err error) {
	cooperative, seq, _ := strings.Cut(text, ":")
	if d.Seq, err = strconv.ParseInt(seq, 10, 64); err != nil || d.Seq < 1 || strconv.FormatInt(d.Seq, 10) != seq {
		return d, id.ErrInvalid
	}
	parsed, err := id.Parse[struct{}](cooperative)
	d.Cooperative = id.Cooperative(parsed)
	return d, err
}

// Decided is a decision, and who took it and why.
type Decided struct {
	Decision
	Cooperative     id.Cooperative
	CooperativeName string
	What            string // as the deed is named
	By              PersonID
	ByName          string
	Why             string
	Gone            bool // the reason cannot be read any more
	At              time.Time
	Stands          bool     // it was not turned or ended since
	Review          ReviewID // that was asked of it; zero: none
}

// Decided finds a decision about the acting person, in whichever cooperative. It
// returns ErrNotFound for decisions about others, one's own, and those that are
// not there, and ErrNoKey.
func (s *Service) Decided(ctx context.Context, by Actor, d Decision) (Decided, error) {
	return s.decided(ctx, by.Person, d)
}

// keptDecided is a decision as its rows have it: the reason is sealed.
type keptDecided struct {
	Decided
	about  PersonID // whose key sealed it
	column string
	why    []byte
	salted bool
}

func (s *Service) decided(ctx context.Context, person PersonID, d Decision) (Decided, error) {
	kept, err := findDecided(ctx, s.db, person, d)
	if err != nil {
		return Decided{}, err
	}
	found := kept.Decided
	err = s.OpenAll(ctx, s.db, []SealedText{{Person: kept.about, Column: kept.column, Sealed: kept.why, Into: &found.Why, Gone: &found.Gone}})
	if kept.salted {
		found.Why = withoutSalt(found.Why)
	}
	return found, err
}
