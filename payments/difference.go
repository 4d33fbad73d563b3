package payments

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/id"
	"meent/members"
)

// DifferenceID identifies a difference.
type DifferenceID = id.Of[Difference]

// DifferenceKind is how the gateway's books and ours differ.
type DifferenceKind string

// The kinds of difference.
const (
	OnlyOurs   DifferenceKind = "only_ours"   // we booked what the gateway did not do
	OnlyTheirs DifferenceKind = "only_theirs" // the gateway moved money for something of ours, and we booked nothing
	OtherSum   DifferenceKind = "amount"      // both did, and not the same
	NobodyHas  DifferenceKind = "unknown"     // the gateway moved money for nothing of ours
	AccountOff DifferenceKind = "account"     // a member's account there has another balance
	BalanceOff DifferenceKind = "balance"     // the cooperatives' account has another balance than all of this explains
)

// DifferenceKinds lists them.
func DifferenceKinds() []DifferenceKind {
	return []DifferenceKind{OnlyTheirs, OnlyOurs, OtherSum, NobodyHas, AccountOff, BalanceOff}
}

// AboutKinds lists what a difference may be about, in a word that pages translate.
func AboutKinds() []string {
	return []string{"bill", "payout", "deposit", "manual", "member", "something", "balance", "charge", "payment", "transfer", "refund", "dispute", "payout_of_house", "topup", "fee"}
}

const (
	// settling is how long a difference may be what is just under way: an answer
	// or an event that comes late. It is a difference when it is there after that; where
	// nobody looked for an hour, that begins anew.
	settling = 20 * time.Minute
	// tolerated is how old a difference may be before it stops payouts.
	tolerated = time.Hour
)

// Difference is one place where the gateway's books and ours differ.
type Difference struct {
	ID      DifferenceID
	Kind    DifferenceKind
	About   string    // one of AboutKinds
	Subject Reference // the bill, payout, manual posting or member; "" when it is about none
	Outside string    // a number at the gateway; may be ""
	Ours    Cents     // what we booked: out of the account is below zero
	Theirs  Cents     // what the gateway says
	FoundAt time.Time
	SeenAt  time.Time // when it was looked at last

	TakenBy     string // who looks at it; "" nobody yet
	TakenAt     time.Time
	ExplainedBy string // who said why it may stay; "" nobody
	ExplainedAt time.Time
	Note        string
	ClosedAt    time.Time // zero while they differ

	AskedBy string // who explained it, where a second person must agree; "" nobody yet
	Wish    string // what they said

	Asker members.PersonID

	// Of what may be a cooperative's own: see ClaimDifference.
	OwnPosting   Reference // which it booked of this amount, and the gateway knows nothing of; "" none
	ClaimedBy    string    // who says that it is theirs; "" nobody
	ClaimNote    string
	ClaimAccount Account   // to or from which it is booked once a second person agrees
	ClaimSubject Reference // or the posting that it is
	Claimer      members.PersonID

	claimRole members.RoleID
}

// Off is what the gateway has more than we booked.
func (d Difference) Off() Cents { return d.Theirs - d.Ours }

// AskedMe reports whether this person explained it, so that another must agree.
func (d Difference) AskedMe(by members.PersonID) bool { return !d.Asker.IsZero() && d.Asker == by }

// sum is how much they differ.
func (d Difference) sum() Cents { return max(d.Off(), -d.Off()) }

// Version names exactly what the first of two says of exactly which amounts: who
// agrees, agrees to that.
func (d Difference) Version() string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s %s %d %d %s", d.ID, d.Asker, d.Ours, d.Theirs, d.Wish))
	return hex.EncodeToString(sum[:16])
}

// agree is the rule of four eyes. A person with two roles is one person.
func (d Difference) agree(by members.PersonID, seen string) error {
	switch {
	case d.Asker.IsZero() || d.Version() != seen:
		return members.ErrStale
	case d.Asker == by:
		return ErrOwnBack
	}
	return nil
}

// Open reports whether somebody must look at it.
func (d Difference) Open() bool { return d.ClosedAt.IsZero() && d.ExplainedAt.IsZero() }

// ErrDifferenceOver is returned for a difference that is not there any more.
var ErrDifferenceOver = errors.New("payments: the difference is over")

// Differences lists those of the acting coordinator's cooperative: the open ones,
// the oldest first, then what was explained, then what vanished, the newest first;
// at most 200. For others it is empty.
func (s *Service) Differences(ctx context.Context, by members.Actor) ([]Difference, error) {
	if by.Kind != members.RoleCoordinator {
		return nil, nil
	}
	return listDifferences(ctx, s.db, by.Cooperative)
}

// TakeDifference notes that the acting coordinator looks at it; whoever did before
// hands it over. It returns ErrDifferenceOver, members.ErrRestricted, and
// members.ErrNotFound.
func (s *Service) TakeDifference(ctx context.Context, by members.Actor, d DifferenceID) error {
	return s.onDifference(ctx, by, d, func(ctx context.Context, tx pgx.Tx, _ Difference) error {
		if err := takeDifference(ctx, tx, by, d, s.now()); err != nil {
			return err
		}
		return s.people.AuditTx(ctx, tx, members.Deed{By: by, What: "difference_taken", Ref: "difference:" + d.String()})
	})
}

// ExplainDifference notes why it may stay as it is: it stops nothing any more,
// until its amounts change. Above the policy's four eyes, together with what the same
// person explained alone in a day, it only asks, and another agrees to that
// (AgreeDifference); done says which of the two it was. Who explains again, or somebody
// else, says it in other words. The
// note is about money and never about a person: it is plain and stays. It returns
// check.Problems, ErrDifferenceOver, members.ErrRestricted, and members.ErrNotFound.
func (s *Service) ExplainDifference(ctx context.Context, by members.Actor, d DifferenceID, note string) (done bool, err error) {
	note = strings.TrimSpace(note)
	var p check.Problems
	p.Text("note", note, 1, 300)
	if by.Kind == members.RoleCoordinator && p.Err() != nil {
		return false, p.Err()
	}
	err = s.onDifference(ctx, by, d, func(ctx context.Context, tx pgx.Tx, there Difference) error {
		if done, err = s.explainsAloneTx(ctx, tx, by, there); err != nil {
			return err
		}
		if !done {
			if err := askExplain(ctx, tx, by, d, note, s.now()); err != nil {
				return err
			}
			return s.people.AuditTx(ctx, tx, members.Deed{By: by, What: "difference_explain_asked", Ref: "difference:" + d.String()})
		}
		if err := dropExplain(ctx, tx, by.Cooperative, d); err != nil { // one person is enough
			return err
		}
		return s.explainTx(ctx, tx, by, d, note)
	})
	return done && err == nil, err
}

// explainedFor is how long what one person explained alone counts with what they
// explain next: so nobody explains in slices what they may not at once.
const explainedFor = 24 * time.Hour

// explainsAloneTx reports whether this coordinator's word is enough. Those of one
// cooperative explain one after another.
func (s *Service) explainsAloneTx(ctx context.Context, tx pgx.Tx, by members.Actor, d Difference) (bool, error) {
	policy, err := findPolicy(ctx, tx, by.Cooperative)
	if err != nil || d.sum() > policy.FourEyes {
		return false, err
	}
	if err := oneAtATime(ctx, tx, by.Cooperative); err != nil {
		return false, err
	}
	lately, err := sumExplainedAlone(ctx, tx, by, s.now().Add(-explainedFor))
	return lately+d.sum() <= policy.FourEyes, err
}

// AgreeDifference is a second coordinator's yes to what the first said, and to nothing
// else: seen is the Version that was shown. It returns members.ErrStale when that
// changed meanwhile, ErrOwnBack to who said it, and the errors of ExplainDifference.
func (s *Service) AgreeDifference(ctx context.Context, by members.Actor, d DifferenceID, seen string) error {
	return s.onDifference(ctx, by, d, func(ctx context.Context, tx pgx.Tx, there Difference) error {
		if err := there.agree(by.Person, seen); err != nil {
			return err
		}
		return s.explainTx(ctx, tx, by, d, there.Wish)
	})
}

func (s *Service) explainTx(ctx context.Context, tx pgx.Tx, by members.Actor, d DifferenceID, note string) error {
	if err := explainDifference(ctx, tx, by, d, note, s.now()); err != nil {
		return err
	}
	return s.people.AuditTx(ctx, tx, members.Deed{By: by, What: "difference_explained", Ref: "difference:" + d.String()})
}

// onDifference holds an open difference of the acting coordinator's cooperative.
func (s *Service) onDifference(ctx context.Context, by members.Actor, d DifferenceID, step func(context.Context, pgx.Tx, Difference) error) error {
	if by.Kind != members.RoleCoordinator {
		return members.ErrNotFound
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if err := members.MayTakeTx(ctx, tx, by); err != nil {
			return err
		}
		there, err := lockDifference(ctx, tx, by.Cooperative, d)
		if err == nil && !there.Open() {
			err = ErrDifferenceOver
		}
		if err != nil {
			return err
		}
		return step(ctx, tx, there)
	})
}

// stopForDifferencesTx stops each cooperative that has a difference which nobody
// explained in time.
func (s *Service) stopForDifferencesTx(ctx context.Context, tx pgx.Tx) error {
	list, err := listOverdue(ctx, tx, s.now().Add(-tolerated))
	for _, c := range list {
		if err == nil {
			err = insertStop(ctx, tx, c, id.New[Stop](s.random), StopDifference, s.now())
		}
	}
	return err
}
