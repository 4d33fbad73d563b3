package payments

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/id"
	"meent/members"
)

// ClawbackID identifies a decision to ask a wage back.
type ClawbackID = id.Of[WageBack]

// ClawbackStep is where such a decision is.
type ClawbackStep string

// Its states. Only what two people decided counts, and nothing is taken by that:
// how the member gives it back is agreed with them.
const (
	ClawbackAsked     ClawbackStep = "asked"
	ClawbackDecided   ClawbackStep = "decided"
	ClawbackSettled   ClawbackStep = "settled" // all of it came to an end: see Settlement
	ClawbackRefused   ClawbackStep = "refused"
	ClawbackTakenBack ClawbackStep = "taken_back"
)

// WageBack is a wage, or a part of it, that a member is to give back, since two
// people decided so and say why.
type WageBack struct {
	ID          ClawbackID
	Bill        BillID
	Ref         Reference // of the work
	Title       string
	Language    members.Locale
	Member      members.MemberID
	Amount      Cents
	Reason      string
	Gone        bool // nobody can read the reason any more
	State       ClawbackStep
	AskedName   string
	AskedAt     time.Time
	DecidedName string
	DecidedAt   time.Time
	SettledAt   time.Time // zero: something of it is open
	Settlements []Settlement

	asker   members.PersonID
	askedBy members.RoleID
	person  members.PersonID // the member
	sealed  []byte
}

// NewClawback is what asking for one asks.
type NewClawback struct {
	ID     ClawbackID // the same one sent twice is one; zero: a new one
	Bill   BillID
	Amount Cents
	Reason string // the member reads it
}

const mostReason = 500

func (n NewClawback) problems() (p check.Problems) {
	if n.Amount <= 0 {
		p.Add("amount", "not_an_amount", nil)
	}
	p.Paragraphs("reason", n.Reason, 10, mostReason)
	return p
}

// Settled is what of it came to an end, Left what may still be settled: what is asked,
// or on its way, is in neither.
func (k WageBack) Settled() (sum Cents) {
	for _, t := range k.Settlements {
		if t.State == SettlementDone {
			sum += t.Amount
		}
	}
	return sum
}

// Left is described at Settled.
func (k WageBack) Left() Cents {
	left := k.Amount
	for _, t := range k.Settlements {
		if t.open() {
			left -= t.Amount
		}
	}
	return left
}

func (k WageBack) column() string { return "clawback.reason@" + k.ID.String() }

func (k WageBack) entry(approved members.RoleID) Entry {
	e := move("clawback:"+k.ID.String(), CauseClawback, Reference(k.Bill.String()), MemberAccount(k.Member, Clawback), Fund, k.Amount)
	e.Hands = Hands{Posted: k.askedBy, Approved: approved}
	return e
}

// again returns members.ErrNotFound unless this is the one that was asked.
func (k WageBack) again(asked WageBack) error {
	if k.Bill != asked.Bill || k.Amount != asked.Amount || k.askedBy != asked.askedBy {
		return members.ErrNotFound
	}
	return nil
}

// decide is the rule of four eyes; nobody decides about their own wage.
func (k WageBack) decide(by members.PersonID, to ClawbackStep) error {
	switch {
	case k.State != ClawbackAsked:
		return ErrBackDecided
	case to == ClawbackTakenBack && k.asker != by:
		return members.ErrNotFound
	case to != ClawbackTakenBack && k.asker == by:
		return ErrOwnBack
	case k.person == by:
		return members.ErrOneself
	}
	return nil
}

// wageLine is the wage of a paid bill.
type wageLine struct {
	id     id.Of[Line]
	member members.MemberID
	person members.PersonID
	amount Cents
	back   Cents // asked back already, or to be
}

// AskClawback proposes that a member gives a wage back, at most all of it. Nothing
// comes of it before another coordinator agrees, whatever the amount. It returns
// check.Problems, ErrNotPaid, members.ErrOneself about one's own wage,
// members.ErrNoKey, members.ErrRestricted, and members.ErrNotFound.
func (s *Service) AskClawback(ctx context.Context, by members.Actor, n NewClawback) (ClawbackID, error) {
	if by.Kind != members.RoleCoordinator {
		return ClawbackID{}, members.ErrNotFound
	}
	n.Reason = strings.TrimSpace(n.Reason)
	if err := n.problems().Err(); err != nil {
		return ClawbackID{}, err
	}
	if n.ID.IsZero() {
		n.ID = id.New[WageBack](s.random)
	}
	k := WageBack{ID: n.ID, Bill: n.Bill, Amount: n.Amount, askedBy: by.Role}
	return k.ID, pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if err := members.MayTakeTx(ctx, tx, by); err != nil {
			return err
		}
		if _, err := lockBack(ctx, tx, by.Cooperative, n.Bill); err != nil {
			return err
		}
		if there, err := lockClawback(ctx, tx, by.Cooperative, k.ID); !errors.Is(err, members.ErrNotFound) {
			return errors.Join(err, there.again(k)) // the form was sent twice
		}
		l, err := s.wageTx(ctx, tx, by, n)
		if err != nil {
			return err
		}
		if k.sealed, err = s.people.SealTx(ctx, tx, l.person, k.column(), n.Reason); err != nil {
			return err
		}
		if err := insertClawback(ctx, tx, by.Cooperative, k, l, s.now()); err != nil {
			return err
		}
		if err := s.tellTx(ctx, tx, by.Cooperative, BackTold{What: BackClawback, Bill: n.Bill, Cooperative: by.Cooperative}); err != nil {
			return err
		}
		return s.people.AuditTx(ctx, tx, members.Deed{By: by, For: l.person, What: "clawback_asked", Ref: "bill:" + n.Bill.String(), Why: n.Reason})
	})
}

// wageTx finds the wage of a paid bill, of which so much may be asked back.
func (s *Service) wageTx(ctx context.Context, tx pgx.Tx, by members.Actor, n NewClawback) (wageLine, error) {
	b, err := lockBack(ctx, tx, by.Cooperative, n.Bill)
	if err != nil {
		return wageLine{}, err
	}
	l, err := findWage(ctx, tx, by.Cooperative, n.Bill)
	switch {
	case err != nil:
		return l, err
	case b.state != BillPaid:
		return l, ErrNotPaid
	case l.person == by.Person:
		return l, members.ErrOneself
	case n.Amount > l.amount-l.back:
		return l, check.Problems{{Field: "amount", Rule: "more_than_left", Args: map[string]any{"Cents": int64(l.amount - l.back)}}}
	}
	return l, nil
}

// ClawbackTold is the task that tells the member.
type ClawbackTold struct {
	Clawback    ClawbackID
	Cooperative id.Cooperative
}

// Kind names the task.
func (ClawbackTold) Kind() string { return "payments.clawback_told" }

// DecideClawback is the second person's yes: the fund gets what the member owes
// then. Nothing is taken from what the member earns: that needs their own yes. It
// returns ErrOwnBack to whoever asked, ErrBackDecided, and the errors of
// AskClawback.
func (s *Service) DecideClawback(ctx context.Context, by members.Actor, clawback ClawbackID) error {
	return s.decideClawback(ctx, by, clawback, ClawbackDecided, "clawback_decided", func(tx pgx.Tx, k WageBack) error {
		if err := s.postTx(ctx, tx, by.Cooperative, k.entry(by.Role)); err != nil {
			return err
		}
		told := members.Notice{Member: k.Member, Task: ClawbackTold{Clawback: clawback, Cooperative: by.Cooperative}}
		return members.NotifyTx(ctx, tx, s.tasks, s.now(), by.Cooperative, told)
	})
}

// RefuseClawback is the second person's no, TakeClawbackBack ends one's own wish.
// They return the errors of DecideClawback.
func (s *Service) RefuseClawback(ctx context.Context, by members.Actor, clawback ClawbackID) error {
	return s.decideClawback(ctx, by, clawback, ClawbackRefused, "clawback_refused", func(pgx.Tx, WageBack) error { return nil })
}

// TakeClawbackBack ends what one asked oneself, before it was decided.
func (s *Service) TakeClawbackBack(ctx context.Context, by members.Actor, clawback ClawbackID) error {
	return s.decideClawback(ctx, by, clawback, ClawbackTakenBack, "clawback_taken_back", func(pgx.Tx, WageBack) error { return nil })
}

func (s *Service) decideClawback(ctx context.Context, by members.Actor, clawback ClawbackID, to ClawbackStep, what string, step func(pgx.Tx, WageBack) error) error {
	if by.Kind != members.RoleCoordinator {
		return members.ErrNotFound
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if err := members.MayTakeTx(ctx, tx, by); err != nil {
			return err
		}
		k, err := lockClawback(ctx, tx, by.Cooperative, clawback)
		if err != nil {
			return err
		}
		if err := k.decide(by.Person, to); err != nil {
			return err
		}
		if err := decideClawback(ctx, tx, by, clawback, to, s.now()); err != nil {
			return err
		}
		if err := step(tx, k); err != nil {
			return err
		}
		if err := s.tellTx(ctx, tx, by.Cooperative, members.Moved{Cooperative: by.Cooperative, Members: []members.MemberID{k.Member}}); err != nil {
			return err
		}
		return s.people.AuditTx(ctx, tx, members.Deed{By: by, For: k.person, What: what, Ref: "bill:" + k.Bill.String()})
	})
}

// Clawbacks lists what was decided about the acting member's wages, with the
// reason and by whom, the newest first. It returns members.ErrNoKey.
func (s *Service) Clawbacks(ctx context.Context, by members.Actor) ([]WageBack, error) {
	if by.Kind != members.RoleMember {
		return nil, nil
	}
	list, err := listClawbacksOf(ctx, s.db, by.Cooperative, by.Member)
	if err != nil {
		return nil, err
	}
	if err := s.openClawbacks(ctx, by.Cooperative, list); err != nil {
		return nil, err
	}
	for i := range list { // what nobody decided is not the member's to worry about
		list[i].Settlements = slices.DeleteFunc(list[i].Settlements, func(t Settlement) bool { return t.State != SettlementDone && t.State != SettlementApproved })
	}
	return list, nil
}

// ToldClawback gives who is to hear of it. It returns members.ErrNotFound.
func (s *Service) ToldClawback(ctx context.Context, t ClawbackTold) (members.Person, error) {
	return findClawbackPerson(ctx, s.db, t.Cooperative, t.Clawback)
}

// openClawbacks makes the reasons readable, and adds how each of them came to an end.
func (s *Service) openClawbacks(ctx context.Context, c id.Cooperative, list []WageBack) error {
	if err := readSettlements(ctx, s.db, c, list); err != nil {
		return err
	}
	var texts []members.SealedText
	for i := range list {
		k := &list[i]
		texts = append(texts, members.SealedText{Person: k.person, Column: k.column(), Sealed: k.sealed, Into: &k.Reason, Gone: &k.Gone})
		for j := range k.Settlements {
			t := &k.Settlements[j]
			texts = append(texts, members.SealedText{Person: k.person, Column: t.column(), Sealed: t.sealed, Into: &t.Reason, Gone: &t.Gone})
		}
	}
	return s.people.OpenAll(ctx, s.db, texts)
}

// ClawbackOf gives one of the acting coordinator's cooperative with all that came of it.
// It returns members.ErrNoKey, and members.ErrNotFound to everybody else.
func (s *Service) ClawbackOf(ctx context.Context, by members.Actor, clawback ClawbackID) (WageBack, error) {
	if by.Kind != members.RoleCoordinator {
		return WageBack{}, members.ErrNotFound
	}
	k, err := scanClawback(s.db.QueryRow(ctx, selectClawback+` AND k.id = $2`, by.Cooperative, clawback))
	if err != nil {
		return k, err
	}
	list := []WageBack{k}
	err = s.openClawbacks(ctx, by.Cooperative, list)
	return list[0], err
}
