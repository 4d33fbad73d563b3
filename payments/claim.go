package payments

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/id"
	"meent/members"
)

// ErrClaimed is returned for money of which somebody said already whose it is.
var ErrClaimed = errors.New("payments: somebody said whose it is")

// Claimable reports whether it may be a cooperative's own: what came from its bank, or
// went there, and nobody knows whose it is.
func (d Difference) Claimable() bool {
	return d.Open() && d.Kind == NobodyHas && d.Outside != "" && d.Theirs != 0 && slices.Contains(bankKinds, d.About)
}

// ClaimAccounts lists to which accounts of the cooperative it may be booked, or from which.
func (d Difference) ClaimAccounts() []Account {
	if d.Theirs > 0 {
		return ManualDestinations(CoopBank)
	}
	return slices.DeleteFunc(ManualSources(), func(a Account) bool { return !slices.Contains(ManualDestinations(a), CoopBank) })
}

// ClaimedMe reports whether this person said whose it is, so that another must agree.
func (d Difference) ClaimedMe(by members.PersonID) bool {
	return !d.Claimer.IsZero() && d.Claimer == by
}

// ClaimVersion names exactly what the first of two says of exactly which sum: who agrees,
// agrees to that.
func (d Difference) ClaimVersion() string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s %s %d %s %s %s", d.ID, d.Claimer, d.Theirs, d.ClaimAccount, d.ClaimSubject, d.ClaimNote))
	return hex.EncodeToString(sum[:16])
}

// ClaimBooked reports whether what is to be booked once a second person agrees was booked
// by hand since: nobody agrees to that twice, and it is said anew of what is booked.
func (d Difference) ClaimBooked() bool {
	return !d.Claimer.IsZero() && d.ClaimSubject == "" && d.OwnPosting != ""
}

// claimed is the posting by hand that a claim makes of what nobody booked.
func (d Difference) claimed(m ManualID) Manual {
	k := Manual{ID: m, From: CoopBank, To: d.ClaimAccount, Amount: d.sum(), Reason: d.ClaimNote, State: ManualPosted, ProposedBy: d.claimRole}
	if d.Theirs < 0 {
		k.From, k.To = k.To, k.From
	}
	return k
}

// Claiming is what saying that it is one's own asks.
type Claiming struct {
	Account Account // to or from which it is to be booked; of no matter where it is booked already
	Note    string  // about money and nobody: it is plain and stays
}

func (c Claiming) problems(d Difference) (p check.Problems) {
	if d.OwnPosting == "" {
		check.OneOf(&p, "account", c.Account, d.ClaimAccounts()...)
	}
	if d.sum() > MostManual {
		p.Add("account", "above_most", map[string]any{"Cents": int64(MostManual)})
	}
	p.Text("note", c.Note, 1, 300)
	return p
}

// ClaimDifference says that money on the shared account is the acting coordinator's
// cooperative's: that which it booked with the same amount, or, where it booked none, to
// be booked now. It counts once another coordinator agrees. It returns check.Problems,
// ErrClaimed when somebody said so already, ErrDifferenceOver, members.ErrRestricted, and
// members.ErrNotFound for what cannot be anybody's, and to everybody else.
func (s *Service) ClaimDifference(ctx context.Context, by members.Actor, d DifferenceID, c Claiming) error {
	c.Note = strings.TrimSpace(c.Note)
	return s.onClaim(ctx, by, d, "difference_claim_asked", func(ctx context.Context, tx pgx.Tx, there Difference) error {
		if !there.Claimer.IsZero() {
			return ErrClaimed
		}
		if err := c.problems(there).Err(); err != nil {
			return err
		}
		if there.OwnPosting != "" {
			c.Account = ""
		}
		return askClaim(ctx, tx, by, d, c, there.OwnPosting, s.now())
	})
}

// AgreeClaim is a second coordinator's yes to what the first said, and to nothing else:
// seen is the ClaimVersion that was shown. It returns members.ErrStale when that changed
// meanwhile, or was booked by hand, ErrOwnBack to who said it, ErrClaimed when it became another cooperative's,
// ErrOverdrawn, and the errors of ClaimDifference.
func (s *Service) AgreeClaim(ctx context.Context, by members.Actor, d DifferenceID, seen string) error {
	return s.onClaim(ctx, by, d, "difference_claimed", func(ctx context.Context, tx pgx.Tx, there Difference) error {
		switch {
		case there.Claimer.IsZero() || there.ClaimVersion() != seen || there.ClaimBooked():
			return members.ErrStale
		case there.Claimer == by.Person:
			return ErrOwnBack
		}
		subject := there.ClaimSubject
		if subject == "" {
			m := there.claimed(id.New[Manual](s.random))
			subject = Reference(m.ID.String())
			if err := s.postClaimTx(ctx, tx, by, m); err != nil {
				return err
			}
		}
		if err := agreeClaim(ctx, tx, by, there, subject, s.now()); err != nil {
			return err
		}
		return s.soonTx(ctx, tx, Reconcile{}, 0) // so that it vanishes
	})
}

// postClaimTx books what nobody booked, as if people had moved it by hand.
func (s *Service) postClaimTx(ctx context.Context, tx pgx.Tx, by members.Actor, m Manual) error {
	if _, err := insertManual(ctx, tx, by.Cooperative, m, s.now()); err != nil {
		return err
	}
	if err := decideManual(ctx, tx, by, m.ID, ManualPosted, s.now()); err != nil {
		return err
	}
	if err := s.enoughTx(ctx, tx, by.Cooperative, m); err != nil {
		return err
	}
	return s.postTx(ctx, tx, by.Cooperative, m.entry(by.Role))
}

// DropClaim is either's no to it: it is nobody's again. It returns members.ErrStale when
// nobody says so, and the errors of ClaimDifference.
func (s *Service) DropClaim(ctx context.Context, by members.Actor, d DifferenceID) error {
	return s.onClaim(ctx, by, d, "difference_claim_dropped", func(ctx context.Context, tx pgx.Tx, there Difference) error {
		if there.Claimer.IsZero() {
			return members.ErrStale
		}
		return dropClaim(ctx, tx, by.Cooperative, d)
	})
}

// onClaim holds a difference that may be somebody's own.
func (s *Service) onClaim(ctx context.Context, by members.Actor, d DifferenceID, what string, step func(context.Context, pgx.Tx, Difference) error) error {
	return s.onDifference(ctx, by, d, func(ctx context.Context, tx pgx.Tx, there Difference) error {
		if !there.Claimable() {
			return members.ErrNotFound
		}
		if err := step(ctx, tx, there); err != nil {
			return err
		}
		detail := map[string]string{"cents": strconv.FormatInt(int64(there.Theirs), 10)}
		return s.people.AuditTx(ctx, tx, members.Deed{By: by, What: what, Ref: "difference:" + d.String(), Detail: detail})
	})
}
