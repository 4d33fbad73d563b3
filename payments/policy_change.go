package payments

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/id"
	"meent/members"
)

// PolicyChangeID identifies a proposal of other limits.
type PolicyChangeID = id.Of[PolicyChange]

// PolicyState is how far a proposal is. Only an approved one counts.
type PolicyState string

// The states of a proposal: proposed → approved | refused | taken_back.
const (
	PolicyProposed  PolicyState = "proposed"
	PolicyApproved  PolicyState = "approved"
	PolicyRefused   PolicyState = "refused"    // by somebody else
	PolicyTakenBack PolicyState = "taken_back" // by who proposed it
)

// The bounds of what people propose: more is a slip of the pen.
const (
	MostLimit        = Cents(100_000_000)
	MostAdvanceLimit = Cents(500_000)
)

// PolicyChange is other limits that a coordinator wants, and another lets count.
type PolicyChange struct {
	ID           PolicyChangeID
	To           Policy
	Reason       string // about money, never about a person: it is plain and stays
	State        PolicyState
	ProposedName string
	ProposedAt   time.Time
	DecidedName  string    // "" until it is decided
	DecidedAt    time.Time // zero until then

	proposer members.PersonID
}

// Own reports whether the acting person proposed it themselves.
func (p PolicyChange) Own(by members.Actor) bool { return p.proposer == by.Person }

// problems are those of limits, for their form.
func (p Policy) problems(reason string) (all check.Problems) {
	for _, l := range []struct {
		field               string
		amount, least, most Cents
	}{
		{"four_eyes", p.FourEyes, 0, MostLimit}, {"payout", p.Payout, 1, MostLimit}, {"hour", p.Hour, 1, MostLimit},
		{"member_day", p.MemberDay, 1, MostLimit}, {"refund_hour", p.RefundHour, 1, MostLimit}, {"advance", p.Advance, 0, MostAdvanceLimit},
	} {
		switch {
		case l.amount < l.least:
			all.Add(l.field, "not_an_amount", nil)
		case l.amount > l.most:
			all.Add(l.field, "above_most", map[string]any{"Cents": int64(l.most)})
		}
	}
	all.Text("reason", reason, 1, 300)
	return all
}

// decide is the rule of four eyes.
func (p PolicyChange) decide(by members.PersonID, to PolicyState) error {
	switch {
	case p.State != PolicyProposed:
		return ErrPolicyDecided
	case to == PolicyTakenBack && p.proposer != by:
		return members.ErrNotFound
	case to != PolicyTakenBack && p.proposer == by:
		return ErrOwnPolicy
	}
	return nil
}

// ProposePolicy notes limits that a coordinator wants. The old ones count until
// another coordinator says yes. It returns check.Problems, ErrPolicyWaits while
// another proposal waits, members.ErrRestricted, and members.ErrNotFound to
// everybody else.
func (s *Service) ProposePolicy(ctx context.Context, by members.Actor, to Policy, reason string) (PolicyChangeID, error) {
	if by.Kind != members.RoleCoordinator {
		return PolicyChangeID{}, members.ErrNotFound
	}
	reason = strings.TrimSpace(reason)
	if err := to.problems(reason).Err(); err != nil {
		return PolicyChangeID{}, err
	}
	change := PolicyChange{ID: id.New[PolicyChange](s.random), To: to, Reason: reason}
	return change.ID, pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if err := members.MayTakeTx(ctx, tx, by); err != nil {
			return err
		}
		if err := insertPolicyChange(ctx, tx, by, change, s.now()); err != nil {
			return err
		}
		return s.people.AuditTx(ctx, tx, change.deed(by, "policy_proposed"))
	})
}

// DecidePolicy ends a proposal: PolicyApproved lets its limits count from now on,
// PolicyRefused is somebody else's no, PolicyTakenBack is for who proposed it. It
// returns ErrOwnPolicy to whoever proposed it, ErrPolicyDecided,
// members.ErrRestricted, and members.ErrNotFound.
func (s *Service) DecidePolicy(ctx context.Context, by members.Actor, change PolicyChangeID, to PolicyState) error {
	if by.Kind != members.RoleCoordinator || to == PolicyProposed {
		return members.ErrNotFound
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if err := members.MayTakeTx(ctx, tx, by); err != nil {
			return err
		}
		p, err := lockPolicyChange(ctx, tx, by.Cooperative, change)
		if err != nil {
			return err
		}
		if err := p.decide(by.Person, to); err != nil {
			return err
		}
		if err := endPolicyChange(ctx, tx, by, change, to, s.now()); err != nil {
			return err
		}
		if to == PolicyApproved {
			if err := upsertPolicy(ctx, tx, by.Cooperative, p.To); err != nil {
				return err
			}
		}
		return s.people.AuditTx(ctx, tx, p.deed(by, "policy_"+string(to)))
	})
}

func (p PolicyChange) deed(by members.Actor, what string) members.Deed {
	cents := func(c Cents) string { return strconv.FormatInt(int64(c), 10) }
	return members.Deed{By: by, What: what, Ref: "policy:" + p.ID.String(), Detail: map[string]string{
		"four_eyes": cents(p.To.FourEyes), "payout": cents(p.To.Payout), "hour": cents(p.To.Hour),
		"member_day": cents(p.To.MemberDay), "advance": cents(p.To.Advance), "refund_hour": cents(p.To.RefundHour),
	}}
}

// PolicyChanges lists what waits in the acting coordinator's cooperative, and then
// what was decided, the newest first; at most 50. For others it is empty.
func (s *Service) PolicyChanges(ctx context.Context, by members.Actor) ([]PolicyChange, error) {
	if by.Kind != members.RoleCoordinator {
		return nil, nil
	}
	return listPolicyChanges(ctx, s.db, by.Cooperative)
}
