package jobs

import (
	"context"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/id"
	"meent/members"
)

// The clock of a dispute: the coordinators are reminded, and then it is late.
// Nothing is decided by itself.
const (
	disputeReminds = 5 * day
	DisputeWithin  = 7 * day
)

// MostDisputeWords is how long a reason may be, and a decision.
const MostDisputeWords = 500

// DisputeState is where a dispute is.
type DisputeState string

// The states of a dispute.
const (
	DisputeOpen    DisputeState = "open"
	DisputeDecided DisputeState = "decided"
)

// Disagreement is the part of the hours of an engagement on which the sides do not
// agree.
type Disagreement struct {
	ID         DisputeID
	Engagement EngagementID
	State      DisputeState
	By         members.RoleKind // who disputes
	Undisputed time.Duration    // billed already
	Most       time.Duration    // the most that a side said last
	At         time.Time
	Reason     string // empty in lists
	Gone       bool   // words were written, and cannot be read any more
	Decided    time.Duration
	DecidedBy  string // the name of the coordinator
	DecidedAt  time.Time
	Decision   string
	reason     []byte
	decision   []byte
}

// DisputeID identifies a dispute.
type DisputeID = id.Of[Disagreement]

// Due is when it should be decided.
func (d Disagreement) Due() time.Time { return d.At.Add(DisputeWithin) }

// Late reports whether that is over.
func (d Disagreement) Late(now time.Time) bool { return d.State == DisputeOpen && !now.Before(d.Due()) }

// Disputing is how much of the proposed hours is beyond doubt, and why not all.
type Disputing struct {
	Undisputed time.Duration // 0 to what was proposed, whole minutes
	Reason     string
}

func (d Disputing) problems() (p check.Problems) {
	if d.Undisputed < 0 || d.Undisputed > LongestShift || d.Undisputed%time.Minute != 0 {
		p.Add("undisputed", "wrong_hours", map[string]any{"Hours": int(LongestShift.Hours())})
	}
	p.Paragraphs("reason", d.Reason, 1, MostDisputeWords)
	return p
}

// within is what the claims say about it: it leaves something to decide.
func (d Disputing) within(w Work, most time.Duration) (p check.Problems) {
	switch {
	case d.Undisputed > w.Sheet.Worked:
		p.Add("undisputed", "more_than_proposed", nil)
	case d.Undisputed >= most:
		p.Add("undisputed", "nothing_disputed", nil)
	default:
		w.leastProblem(&p, "undisputed", d.Undisputed)
	}
	return p
}

// DisputeHours lets the side whose turn it is say that only a part of what was
// proposed is beyond doubt. That part is billed at once; the rest waits for a
// coordinator. Errors are those of ProposeHours.
func (s *Service) DisputeHours(ctx context.Context, by members.Actor, engagement EngagementID, d Disputing) error {
	if err := d.problems().Err(); err != nil {
		return err
	}
	return s.moveSheet(ctx, by, engagement, Dispute, saying{what: StepDisputed, reason: d.Reason}, func(tx pgx.Tx, w *Work) error {
		return s.disputeTx(ctx, tx, by, w, d)
	})
}

func (s *Service) disputeTx(ctx context.Context, tx pgx.Tx, by members.Actor, w *Work, d Disputing) error {
	member, client, err := findClaims(ctx, tx, by.Cooperative, w.ID)
	if err != nil {
		return err
	}
	most := max(member, client, w.Sheet.Worked) // of work from before steps were kept, nothing else says it
	if err := d.within(*w, most).Err(); err != nil {
		return err
	}
	sealed, err := s.people.SealTx(ctx, tx, w.person, disputeColumn(w.ID), d.Reason)
	if err != nil {
		return err
	}
	w.Sheet.Worked = d.Undisputed
	if w.Sheet.State, err = w.Sheet.State.To(Disputed); err != nil {
		return err
	}
	if by.Kind == members.RoleMember {
		w.Sheet.helper = by.Helper.Role
	}
	if err := insertDispute(ctx, tx, by, id.New[Disagreement](s.random), *w, most, sealed, s.now()); err != nil {
		return err
	}
	other := members.RoleClient
	if sideOfHours(by.Kind) == members.RoleClient {
		other = members.RoleMember
	}
	if err := s.tellSheetTx(ctx, tx, by.Cooperative, *w, NewsDisputed, other); err != nil {
		return err
	}
	return s.disputeWaitsTx(ctx, tx, by.Cooperative, *w)
}

// What the words of a dispute are bound to, beside the member.
func disputeColumn(e EngagementID) string  { return "dispute.reason@" + e.String() }
func decisionColumn(e EngagementID) string { return "dispute.decision@" + e.String() }

// Deciding is what a coordinator makes of it.
type Deciding struct {
	Worked time.Duration // all of it: from what is beyond doubt to the most that a side said
	Reason string        // both sides read it
}

func (d Deciding) problems(about Disagreement) (p check.Problems) {
	if d.Worked < about.Undisputed || d.Worked > about.Most || d.Worked%time.Minute != 0 {
		p.Add("hours", "not_between", map[string]any{"From": about.Undisputed, "Until": about.Most})
	}
	p.Paragraphs("reason", d.Reason, 1, MostDisputeWords)
	return p
}

// DecideHours decides a dispute, by a coordinator who is on neither side, nor disputed them for the
// client while another can decide: the rest
// is billed, both are told, and the deed is written down. It returns
// check.Problems, members.ErrDecided when somebody was first, members.ErrOneself,
// and members.ErrNotFound.
func (s *Service) DecideHours(ctx context.Context, by members.Actor, engagement EngagementID, d Deciding) error {
	if by.Kind != members.RoleCoordinator {
		return members.ErrNotFound
	}
	return s.orMark(ctx, by.Cooperative, engagement, func(tx pgx.Tx) error {
		if err := lockEngagement(ctx, tx, by.Cooperative, engagement); err != nil {
			return err
		}
		w, about, err := s.disputedTx(ctx, tx, by, engagement)
		if err != nil {
			return err
		}
		if err := d.problems(about).Err(); err != nil {
			return err
		}
		return s.decideTx(ctx, tx, by, w, about, d)
	})
}

// disputedTx finds what there is to decide for this coordinator.
func (s *Service) disputedTx(ctx context.Context, tx pgx.Tx, by members.Actor, engagement EngagementID) (w Work, d Disagreement, err error) {
	if d, err = findDispute(ctx, tx, by.Cooperative, engagement); err != nil {
		return w, d, err
	}
	if w, err = findAnyWork(ctx, tx, by.Cooperative, engagement); err != nil {
		return w, d, err
	}
	side, err := isSide(ctx, tx, by, w)
	switch {
	case err != nil:
		return w, d, err
	case !Decide.May(w.Sheet.State, by.Kind):
		return w, d, members.ErrDecided
	case side:
		return w, d, members.ErrOneself
	}
	return w, d, nil
}

func (s *Service) decideTx(ctx context.Context, tx pgx.Tx, by members.Actor, w Work, about Disagreement, d Deciding) (err error) {
	w.Sheet.Worked = d.Worked
	if w.Sheet.State, err = w.Sheet.State.To(SheetAgreed); err != nil {
		return err
	}
	sealed, err := s.people.SealTx(ctx, tx, w.person, decisionColumn(w.ID), d.Reason)
	if err != nil {
		return err
	}
	if err := updateDispute(ctx, tx, by, w, sealed, s.now()); err != nil {
		return err
	}
	if err := s.storeSheet(ctx, tx, by.Cooperative, w, saying{by: by, what: StepDecided, reason: d.Reason}); err != nil {
		return err
	}
	if err := s.tellBothTx(ctx, tx, by.Cooperative, w, NewsDecided); err != nil {
		return err
	}
	return s.people.AuditTx(ctx, tx, members.Deed{By: by, For: w.person, What: "hours_decided", Ref: "engagement:" + w.ID.String(), Why: d.Reason,
		Detail: map[string]string{"undisputed": minutes(about.Undisputed), "most": minutes(about.Most), "is": minutes(w.Sheet.Worked)}})
}

func minutes(d time.Duration) string { return strconv.Itoa(int(d / time.Minute)) }
