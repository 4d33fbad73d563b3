package payments

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/id"
	"meent/internal/tasks"
	"meent/members"
)

// MostAnswer is how long an answer to a bank may be.
const MostAnswer = 5000

// ErrNoAnswer means that the bank takes no answer any more, or has one.
var ErrNoAnswer = errors.New("payments: the bank takes no answer any more")

// SendAnswer is the task that tells the client's bank our side, or that it may
// have the money.
type SendAnswer struct {
	Dispute     DisputeID
	Cooperative id.Cooperative
	Accept      bool
}

// Kind names the task.
func (SendAnswer) Kind() string { return "payments.send_answer" }

// The kinds of a dispute's errands.
const (
	errandAnswer errandKind = "dispute_answer"
	errandAccept errandKind = "dispute_accept"
)

// Disputes lists those of the acting coordinator's cooperative, the most urgent
// first, at most 200. For others it is empty.
func (s *Service) Disputes(ctx context.Context, by members.Actor) ([]Dispute, error) {
	if by.Kind != members.RoleCoordinator {
		return nil, nil
	}
	return listDisputes(ctx, s.db, by.Cooperative)
}

// Dispute finds one of them. It returns members.ErrNotFound.
func (s *Service) Dispute(ctx context.Context, by members.Actor, dispute DisputeID) (Dispute, error) {
	if by.Kind != members.RoleCoordinator {
		return Dispute{}, members.ErrNotFound
	}
	return findDispute(ctx, s.db, by.Cooperative, dispute)
}

// AnswerDispute tells the client's bank our side, once and for all. It returns
// check.Problems, also for the name of a member: that does not leave; ErrNoAnswer,
// members.ErrRestricted, and members.ErrNotFound to everybody but a coordinator.
func (s *Service) AnswerDispute(ctx context.Context, by members.Actor, dispute DisputeID, text string) error {
	text = strings.TrimSpace(text)
	var p check.Problems
	p.Paragraphs("text", text, 10, MostAnswer)
	if err := p.Err(); err != nil {
		return err
	}
	return s.onDispute(ctx, by, dispute, "dispute_answered", func(tx pgx.Tx, d Dispute) error {
		if !d.MayAnswer(s.now()) {
			return ErrNoAnswer
		}
		names, err := listWorkers(ctx, tx, by.Cooperative, d)
		if err != nil {
			return err
		}
		if namesOne(text, names) {
			p.Add("text", "names_member", nil)
			return p.Err()
		}
		if err := startAnswer(ctx, tx, by, dispute, text, s.now()); err != nil {
			return err
		}
		return s.tellTx(ctx, tx, by.Cooperative, SendAnswer{Dispute: dispute, Cooperative: by.Cooperative}, members.Moved{Cooperative: by.Cooperative})
	})
}

// namesOne reports whether a text has somebody's whole name, or their first.
func namesOne(text string, names []string) bool {
	for _, name := range names {
		first, _, _ := strings.Cut(name, " ")
		for _, part := range []string{name, first} {
			if len(part) > 2 && regexp.MustCompile(`(?i)(^|[^\pL])`+regexp.QuoteMeta(part)+`([^\pL]|$)`).MatchString(text) {
				return true
			}
		}
	}
	return false
}

// AcceptDispute lets the client's bank have the money: the dispute is lost. Above
// the cooperative's limit it waits for another coordinator, who calls it too. It
// returns ErrOwnBack to who called it first, members.ErrOneself to who is that
// client too, ErrBackDecided, and the errors of
// AnswerDispute.
func (s *Service) AcceptDispute(ctx context.Context, by members.Actor, dispute DisputeID) error {
	return s.onDispute(ctx, by, dispute, "dispute_accepted", func(tx pgx.Tx, d Dispute) error {
		if err := notToOneself(ctx, tx, by, d.Bill, d.Deposit); err != nil {
			return err
		}
		p, err := findPolicy(ctx, tx, by.Cooperative)
		switch {
		case err != nil:
			return err
		case d.State == DisputeOpen && d.AcceptState == SentAsked && d.accepter == by.Person:
			return ErrOwnBack
		case d.State == DisputeOpen && d.AcceptState == SentAsked:
			err = approveAccept(ctx, tx, by, dispute)
		case !d.MayAccept():
			return ErrBackDecided
		case d.Amount > p.FourEyes:
			if err := startAccept(ctx, tx, by, dispute, SentAsked, s.now()); err != nil {
				return err
			}
			return s.tellTx(ctx, tx, by.Cooperative, members.Moved{Cooperative: by.Cooperative})
		default:
			err = startAccept(ctx, tx, by, dispute, SentSending, s.now())
		}
		if err != nil {
			return err
		}
		return s.tellTx(ctx, tx, by.Cooperative, SendAnswer{Dispute: dispute, Cooperative: by.Cooperative, Accept: true}, members.Moved{Cooperative: by.Cooperative})
	})
}

// KeepDispute ends a wish to accept that waits for a second person, by either of
// them. It returns ErrBackDecided, and the errors of AnswerDispute.
func (s *Service) KeepDispute(ctx context.Context, by members.Actor, dispute DisputeID) error {
	return s.onDispute(ctx, by, dispute, "dispute_kept", func(tx pgx.Tx, d Dispute) error {
		if d.AcceptState != SentAsked {
			return ErrBackDecided
		}
		if err := dropAccept(ctx, tx, by.Cooperative, dispute); err != nil {
			return err
		}
		return s.tellTx(ctx, tx, by.Cooperative, members.Moved{Cooperative: by.Cooperative})
	})
}

// ref names whose money it is about.
func (d Dispute) ref() string {
	if d.Bill.IsZero() {
		return "deposit:" + d.Deposit.String()
	}
	return "bill:" + d.Bill.String()
}

func (s *Service) onDispute(ctx context.Context, by members.Actor, dispute DisputeID, what string, step func(pgx.Tx, Dispute) error) error {
	if by.Kind != members.RoleCoordinator {
		return members.ErrNotFound
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if err := members.MayTakeTx(ctx, tx, by); err != nil {
			return err
		}
		d, err := lockDispute(ctx, tx, by.Cooperative, dispute)
		if err != nil {
			return err
		}
		if err := step(tx, d); err != nil {
			return err
		}
		return s.people.AuditTx(ctx, tx, members.Deed{By: by, What: what, Ref: d.ref()})
	})
}

// SendAnswer tells the bank, once. Its handler shape is that of tasks.Handle.
func (s *Service) SendAnswer(ctx context.Context, _ string, t SendAnswer) (func(context.Context, pgx.Tx) error, error) {
	d, err := findDispute(ctx, s.db, t.Cooperative, t.Dispute)
	if err != nil {
		return nil, ignoreNotFound(err)
	}
	e, end := s.answerErrand(t.Cooperative, d), endAnswer
	if t.Accept {
		e, end = s.acceptErrand(t.Cooperative, d), endAccept
		if err := s.mayMove(ctx, t.Cooperative); err != nil {
			return nil, ignoreWaiting(err)
		}
	}
	if d.State.Ended() || !t.Accept && d.AnswerState != SentSending || t.Accept && d.AcceptState != SentSending {
		return nil, nil
	}
	to := SentSent
	_, err = s.run(ctx, e)
	var refused *Refused
	if errors.As(err, &refused) {
		to, err = SentRefused, nil
	}
	if err != nil {
		return nil, err
	}
	return func(ctx context.Context, tx pgx.Tx) error {
		if err := end(ctx, tx, t.Cooperative, t.Dispute, to); err != nil {
			return err
		}
		_, err := s.tasks.EnqueueTx(ctx, tx, LookAtDispute{Bill: d.Bill, Cooperative: t.Cooperative, Outside: d.outside}, tasks.Opts{Cooperative: t.Cooperative})
		return err
	}, nil
}

func (s *Service) answerErrand(c id.Cooperative, d Dispute) errand {
	answer := DisputeAnswer{Dispute: d.outside, Text: d.Answer, Submit: true}
	return errand{
		cooperative: c, kind: errandAnswer, subject: Reference(fmt.Sprintf("%s:%d", d.ID, d.answerNumber)), input: answer,
		do: func(ctx context.Context, key string) (string, error) {
			return d.outside, s.gateway.AnswerDispute(ctx, key, answer)
		},
		look: s.disputeIs(d.outside, func(there DisputeThere) bool { return there.Answered }),
	}
}

func (s *Service) acceptErrand(c id.Cooperative, d Dispute) errand {
	return errand{
		cooperative: c, kind: errandAccept, subject: Reference(d.ID.String()), input: d.outside,
		do: func(ctx context.Context, key string) (string, error) {
			return d.outside, s.gateway.AcceptDispute(ctx, key, d.outside)
		},
		look: s.disputeIs(d.outside, func(there DisputeThere) bool { return there.State == DisputeLost }),
	}
}

func (s *Service) disputeIs(outside string, so func(DisputeThere) bool) func(context.Context) (string, bool, error) {
	return func(ctx context.Context) (string, bool, error) {
		there, err := s.gateway.Dispute(ctx, outside)
		return outside, err == nil && so(there), err
	}
}
