package payments

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/members"
)

// someAccounts is how many members' accounts are asked before they are compared: also a
// gateway that needs seconds for each answers them within one task.
const someAccounts = 20

// accountBooks is what one member's account has.
type accountBooks struct {
	cooperative id.Cooperative
	member      members.MemberID
	account     string
	theirs      Cents
}

func (a accountBooks) thing() string { return accountThing + a.member.String() }

// compareAccounts holds what members' accounts have against the ledger, in the order of
// their numbers, some at a time, and says at which it was last when its stint is over; "":
// all were asked.
func (s *Service) compareAccounts(ctx context.Context, t Reconcile, st stint) (after string, err error) {
	for after = t.After; ; {
		list, err := listAccountsToLook(ctx, s.db, t.from(), t.Whole, after, someAccounts)
		if err != nil {
			return "", err
		}
		if err := s.readAccounts(ctx, list); err != nil {
			return "", err
		}
		if err := pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error { return s.compareAccountsTx(ctx, tx, list) }); err != nil {
			return "", err
		}
		if len(list) < someAccounts {
			return "", nil
		}
		after = list[len(list)-1].account
		if st.over() {
			return after, nil
		}
	}
}

func (s *Service) readAccounts(ctx context.Context, list []accountBooks) error {
	for i, a := range list {
		there, err := s.gateway.Balances(ctx, a.account)
		if err != nil && !s.isGone(ctx, a.account, err) { // one that is gone has nothing
			return err
		}
		list[i].theirs = there.Available + there.Pending
	}
	return nil
}

// isGone reports whether something could not be asked of an account since that is gone:
// the gateway only says that we may not, and that alone may be our own fault.
func (s *Service) isGone(ctx context.Context, account string, err error) bool {
	if account == "" || errors.Is(err, ErrUnknownThere) {
		return errors.Is(err, ErrUnknownThere)
	}
	_, err = s.gateway.Account(ctx, account)
	return errors.Is(err, ErrUnknownThere)
}

// compareAccountsTx is compareTx of these accounts, and leaves all else as it is.
func (s *Service) compareAccountsTx(ctx context.Context, tx pgx.Tx, list []accountBooks) error {
	if len(list) == 0 {
		return nil
	}
	if err := beginComparing(ctx, tx); err != nil {
		return err
	}
	looked := map[string]bool{}
	var found []off
	for _, a := range list {
		looked[a.cooperative.String()+a.thing()] = true
		ours, err := balanceThere(ctx, tx, a)
		if err != nil {
			return err
		}
		if ours != a.theirs {
			found = append(found, off{cooperative: a.cooperative, thing: a.thing(), kind: AccountOff, about: "member",
				subject: Reference(a.member.String()), outside: a.account, ours: ours, theirs: a.theirs})
		}
	}
	known, err := listNoted(ctx, tx)
	if err != nil {
		return err
	}
	return s.noteTx(ctx, tx, found, known, func(n noted) bool { return looked[n.cooperative.String()+n.thing] })
}
