package payments

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/id"
	"meent/members"
)

// ManualID identifies a manual posting.
type ManualID = id.Of[Manual]

// ManualState is how far a manual posting is. Only a posted one moved money.
type ManualState string

// The states of a manual posting: proposed → posted | refused | taken_back.
const (
	ManualProposed  ManualState = "proposed"
	ManualPosted    ManualState = "posted"
	ManualRefused   ManualState = "refused"    // by somebody else
	ManualTakenBack ManualState = "taken_back" // by who proposed it
)

// MostManual bounds what is moved by hand at once: more is a slip of the pen.
const MostManual = Cents(10_000_000)

// Manual is money that a coordinator wants moved, and another lets move, whatever
// the amount.
type Manual struct {
	ID           ManualID
	From, To     Account
	Amount       Cents
	Reason       string
	State        ManualState
	ProposedBy   members.RoleID
	ProposedName string
	ProposedAt   time.Time
	DecidedName  string    // "" until it is decided
	DecidedAt    time.Time // zero until then

	proposer members.PersonID
}

// Own reports whether the acting person proposed it themselves.
func (m Manual) Own(by members.Actor) bool { return m.proposer == by.Person }

// NewManual is what proposing one asks.
type NewManual struct {
	ID       ManualID // the same one sent twice is one; zero: a new one
	From, To Account
	Amount   Cents
	Reason   string // about money, never about a person: it is plain and stays
}

// manualWays are the accounts between which people may move money: what the
// cooperative brings or draws, and who carries a loss.
func manualWays() map[Account][]Account {
	return map[Account][]Account{
		CoopBank:     {Fund, Costs, Loss},
		Contribution: {Fund, Costs, Loss, CoopBank},
		Fund:         {Loss, Costs, CoopBank},
	}
}

// ManualSources lists the accounts from which people may move money.
func ManualSources() []Account { return []Account{Contribution, Fund, CoopBank} }

// ManualDestinations lists where it may go from there.
func ManualDestinations(from Account) []Account { return manualWays()[from] }

func (n NewManual) problems() (p check.Problems) {
	check.OneOf(&p, "from", n.From, ManualSources()...)
	if slices.Contains(ManualSources(), n.From) {
		check.OneOf(&p, "to", n.To, ManualDestinations(n.From)...)
	}
	switch {
	case n.Amount <= 0:
		p.Add("amount", "not_an_amount", nil)
	case n.Amount > MostManual:
		p.Add("amount", "above_most", map[string]any{"Cents": int64(MostManual)})
	}
	p.Text("reason", n.Reason, 1, 300)
	return p
}

// again returns members.ErrNotFound unless this is the one that was proposed.
func (m Manual) again(proposed Manual) error {
	if m.From != proposed.From || m.To != proposed.To || m.Amount != proposed.Amount || m.ProposedBy != proposed.ProposedBy {
		return members.ErrNotFound
	}
	return nil
}

// decide is the rule of four eyes.
func (m Manual) decide(by members.PersonID, to ManualState) error {
	switch {
	case m.State != ManualProposed:
		return ErrManualDecided
	case to == ManualTakenBack && m.proposer != by:
		return members.ErrNotFound
	case to != ManualTakenBack && m.proposer == by:
		return ErrOwnManual
	}
	return nil
}

func (m Manual) entry(approved members.RoleID) Entry {
	e := move("manual:"+m.ID.String(), CauseManual, Reference(m.ID.String()), m.From, m.To, m.Amount)
	e.Hands = Hands{Posted: m.ProposedBy, Approved: approved}
	return e
}

// ProposeManual notes money that a coordinator wants moved between the
// cooperative's own accounts. Nothing moves before another coordinator says so. It
// returns check.Problems, members.ErrRestricted, and members.ErrNotFound to
// everybody else.
func (s *Service) ProposeManual(ctx context.Context, by members.Actor, n NewManual) (ManualID, error) {
	if by.Kind != members.RoleCoordinator {
		return ManualID{}, members.ErrNotFound
	}
	n.Reason = strings.TrimSpace(n.Reason)
	if err := n.problems().Err(); err != nil {
		return ManualID{}, err
	}
	if n.ID.IsZero() {
		n.ID = id.New[Manual](s.random)
	}
	m := Manual{ID: n.ID, From: n.From, To: n.To, Amount: n.Amount, Reason: n.Reason, ProposedBy: by.Role}
	return m.ID, pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if err := members.MayTakeTx(ctx, tx, by); err != nil {
			return err
		}
		isNew, err := insertManual(ctx, tx, by.Cooperative, m, s.now())
		if err != nil {
			return err
		}
		if !isNew { // the form was sent twice
			there, err := lockManual(ctx, tx, by.Cooperative, m.ID)
			return errors.Join(err, there.again(m))
		}
		return s.people.AuditTx(ctx, tx, members.Deed{By: by, What: "manual_proposed", Ref: m.ref(), Detail: m.detail()})
	})
}

// ApproveManual moves the money. It returns ErrOwnManual to whoever proposed it,
// ErrManualDecided when it is decided, ErrOverdrawn when there is not so much on
// the account, members.ErrRestricted, and members.ErrNotFound.
func (s *Service) ApproveManual(ctx context.Context, by members.Actor, manual ManualID) error {
	return s.decideManual(ctx, by, manual, ManualPosted, func(ctx context.Context, tx pgx.Tx, m Manual) error {
		if err := s.enoughTx(ctx, tx, by.Cooperative, m); err != nil {
			return err
		}
		if err := s.postTx(ctx, tx, by.Cooperative, m.entry(by.Role)); err != nil {
			return err
		}
		return s.people.AuditTx(ctx, tx, members.Deed{By: by, What: "manual_approved", Ref: m.ref(), Detail: m.detail()})
	})
}

// enoughTx holds all rows of a hot account, of which the ledger itself bounds only
// the sum of what it audits.
func (s *Service) enoughTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, m Manual) error {
	if !m.From.Hot() || m.From.MayBeBelowZero() {
		return nil
	}
	if err := lockAccounts(ctx, tx, c, m.From, m.To); err != nil {
		return err
	}
	balances, err := readBalances(ctx, tx, c, []Account{m.From})
	if err == nil && balances[m.From] < m.Amount {
		err = ErrOverdrawn
	}
	return err
}

// RefuseManual ends somebody else's proposal. It returns the errors of
// ApproveManual.
func (s *Service) RefuseManual(ctx context.Context, by members.Actor, manual ManualID) error {
	return s.decideManual(ctx, by, manual, ManualRefused, func(ctx context.Context, tx pgx.Tx, m Manual) error {
		return s.people.AuditTx(ctx, tx, members.Deed{By: by, What: "manual_refused", Ref: m.ref(), Detail: m.detail()})
	})
}

// TakeManualBack ends one's own proposal. It returns ErrManualDecided, and
// members.ErrNotFound to everybody else.
func (s *Service) TakeManualBack(ctx context.Context, by members.Actor, manual ManualID) error {
	return s.decideManual(ctx, by, manual, ManualTakenBack, func(ctx context.Context, tx pgx.Tx, m Manual) error {
		return s.people.AuditTx(ctx, tx, members.Deed{By: by, What: "manual_taken_back", Ref: m.ref(), Detail: m.detail()})
	})
}

// decideManual holds the proposal while the rule is asked and the step is made;
// of several who decide at once one does.
func (s *Service) decideManual(ctx context.Context, by members.Actor, manual ManualID, to ManualState,
	step func(context.Context, pgx.Tx, Manual) error) error {
	if by.Kind != members.RoleCoordinator {
		return members.ErrNotFound
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if err := members.MayTakeTx(ctx, tx, by); err != nil {
			return err
		}
		m, err := lockManual(ctx, tx, by.Cooperative, manual)
		if err != nil {
			return err
		}
		if err := m.decide(by.Person, to); err != nil {
			return err
		}
		if err := decideManual(ctx, tx, by, manual, to, s.now()); err != nil {
			return err
		}
		return step(ctx, tx, m)
	})
}

func (m Manual) ref() string { return "manual:" + m.ID.String() }

func (m Manual) detail() map[string]string {
	return map[string]string{"from": string(m.From), "to": string(m.To), "cents": strconv.FormatInt(int64(m.Amount), 10)}
}

// Manuals lists what waits in the acting coordinator's cooperative, the oldest
// first, and then what was decided, the newest first; at most 200. For others it
// is empty.
func (s *Service) Manuals(ctx context.Context, by members.Actor) ([]Manual, error) {
	if by.Kind != members.RoleCoordinator {
		return nil, nil
	}
	return listManuals(ctx, s.db, by.Cooperative)
}
