package payments

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/internal/tasks"
)

// off is one thing on which both books do not agree, as it is found.
type off struct {
	cooperative id.Cooperative // zero: the account that all share
	thing       string
	kind        DifferenceKind
	about       string
	subject     Reference
	outside     string
	ours        Cents
	theirs      Cents
}

// noted is a difference as it stands in the database.
type noted struct {
	id          DifferenceID
	cooperative id.Cooperative
	thing       string
	ours        Cents
	theirs      Cents
	foundAt     time.Time
	seenAt      time.Time
	confirmed   bool
	gone        bool // it is about an account that is none of a member's any more
}

// anew is a difference that is not sure, and at which nobody looked for so long: the
// program or the gateway was away, and what was under way then still is. It begins again.
func (n noted) anew(now time.Time) noted {
	if !n.confirmed && now.Sub(n.seenAt) > tolerated {
		n.foundAt = now
	}
	return n
}

// compareTx finds what differs now, and brings the list of differences up to it.
func (s *Service) compareTx(ctx context.Context, tx pgx.Tx, b books) error {
	if err := beginComparing(ctx, tx); err != nil {
		return err
	}
	found, err := s.findOffTx(ctx, tx, b)
	if err != nil {
		return err
	}
	cooperatives, err := listCooperatives(ctx, tx)
	if err != nil {
		return err
	}
	known, err := listNoted(ctx, tx)
	if err != nil {
		return err
	}
	looked := func(n noted) bool {
		if strings.HasPrefix(n.thing, accountThing) { // see compareAccounts
			return n.gone
		}
		return n.thing != balanceThing || b.steady
	}
	return s.noteTx(ctx, tx, spread(found, cooperatives), known, looked)
}

// What differs, where it is no change and nothing of ours: the balance, and, with the
// member after it, a member's account.
const (
	balanceThing = "balance"
	accountThing = "account:"
)

// findOffTx asks for each kind of difference.
func (s *Service) findOffTx(ctx context.Context, tx pgx.Tx, b books) ([]off, error) {
	unknown, err := listUnowned(ctx, tx, b.since)
	if err != nil {
		return nil, err
	}
	items, err := s.findItemsTx(ctx, tx, b)
	if err != nil {
		return nil, err
	}
	if unknown, items, err = s.pairTx(ctx, tx, unknown, items); err != nil {
		return nil, err
	}
	found := append(items, unknown...)
	if b.steady {
		inside, err := sumAllInside(ctx, tx)
		if err != nil {
			return nil, err
		}
		if explained := sumOff(found); inside+explained != b.balance {
			found = append(found, off{thing: balanceThing, kind: BalanceOff, about: "balance", ours: inside + explained, theirs: b.balance})
		}
	}
	return found, nil
}

// findItemsTx gives all things of ours that differ: such as differed when they were
// compared, and what was touched since or not yet seen then.
func (s *Service) findItemsTx(ctx context.Context, tx pgx.Tx, b books) ([]off, error) {
	list, err := listTouched(ctx, tx, b.began.Add(-unseen), "", 0)
	if err != nil {
		return nil, err
	}
	return listItems(ctx, tx, list)
}

func sumOff(list []off) (sum Cents) {
	for _, o := range list {
		sum += o.theirs - o.ours
	}
	return sum
}

// bankKinds are changes between the shared account and a bank of the cooperative.
var bankKinds = []string{"payout_of_house", "topup"}

// pairTx finds for what a cooperative drew or brought the change that has no
// number of ours: the same amount, once each. Where several cooperatives booked that
// amount nobody but a person knows whose it is: both stay differences.
func (s *Service) pairTx(ctx context.Context, tx pgx.Tx, unknown, items []off) (u, i []off, err error) {
	several := wantedBySeveral(items)
	for _, one := range unknown {
		at := slices.IndexFunc(items, func(o off) bool { return o.byHand() && o.ours == one.theirs })
		if at < 0 || several[one.theirs] || !slices.Contains(bankKinds, one.about) {
			u = append(u, one)
			continue
		}
		if err := insertClaim(ctx, tx, items[at], one.outside, s.now()); err != nil {
			return nil, nil, err
		}
		items = slices.Delete(items, at, at+1)
	}
	return u, items, nil
}

// byHand reports whether people booked it, and no change was found for it.
func (o off) byHand() bool { return o.about == "manual" && o.theirs == 0 }

// wantedBySeveral are the amounts that more than one cooperative booked by hand.
func wantedBySeveral(items []off) map[Cents]bool {
	first, several := map[Cents]id.Cooperative{}, map[Cents]bool{}
	for _, o := range items {
		if !o.byHand() {
			continue
		}
		if c, there := first[o.ours]; there && c != o.cooperative {
			several[o.ours] = true
		}
		first[o.ours] = o.cooperative
	}
	return several
}

// spread gives what is shared to every cooperative.
func spread(found []off, all []id.Cooperative) (list []off) {
	for _, o := range found {
		if !o.cooperative.IsZero() {
			list = append(list, o)
			continue
		}
		for _, c := range all {
			o.cooperative = c
			list = append(list, o)
		}
	}
	return list
}

// noteTx adds what is new, confirms what is still there, and closes what is not.
func (s *Service) noteTx(ctx context.Context, tx pgx.Tx, found []off, known []noted, looked func(noted) bool) error {
	there := map[string]noted{}
	for _, n := range known {
		there[n.cooperative.String()+n.thing] = n
	}
	again := false
	for _, o := range found {
		key := o.cooperative.String() + o.thing
		n, old := there[key]
		n = n.anew(s.now())
		delete(there, key)
		same := old && n.ours == o.ours && n.theirs == o.theirs
		confirmed := n.confirmed || same && s.now().Sub(n.foundAt) >= settling
		again = again || !confirmed
		if err := s.noteOneTx(ctx, tx, o, n, old, same, confirmed); err != nil {
			return err
		}
	}
	for _, n := range there {
		if looked(n) {
			if err := closeDifference(ctx, tx, n, s.now()); err != nil {
				return err
			}
		}
	}
	if again {
		return s.lookAgainAtBooksTx(ctx, tx)
	}
	return nil
}

func (s *Service) noteOneTx(ctx context.Context, tx pgx.Tx, o off, n noted, old, same, confirmed bool) error {
	switch {
	case !old:
		return insertDifference(ctx, tx, id.New[Difference](s.random), o, s.now())
	case same:
		return seeDifference(ctx, tx, n, confirmed, s.now())
	default:
		return changeDifference(ctx, tx, n, o, s.now())
	}
}

// lookAgainAtBooksTx has the books compared when what was under way has settled.
func (s *Service) lookAgainAtBooksTx(ctx context.Context, tx pgx.Tx) error {
	due := s.now().Add(settling)
	_, err := s.tasks.EnqueueTx(ctx, tx, Reconcile{}, tasks.Opts{Lane: tasks.Low, Due: due, Key: "again:" + strconv.FormatInt(due.Unix()/int64(settling/time.Second/2), 10)})
	return err
}
