package members

import (
	"context"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/id"
	"meent/internal/tasks"
)

// MembershipMoved is the task that tells a member where they stand now.
type MembershipMoved struct {
	Cooperative id.Cooperative
	Member      MemberID
	To          Membership
}

// TrialEnds is the task that reminds the coordinators and the member, a week
// before, that a trial ends. Nothing happens by itself at the end: humans decide.
type TrialEnds struct {
	Cooperative id.Cooperative
	Member      MemberID
	Until       Day
}

// MembershipEnded is the task that ends what a member waits for: see matching.
type MembershipEnded struct {
	Cooperative id.Cooperative
	Member      MemberID
}

// The kinds of the tasks.
func (MembershipMoved) Kind() string { return "members.membership_moved" }
func (TrialEnds) Kind() string       { return "members.trial_ends" }
func (MembershipEnded) Kind() string { return "members.membership_ended" }

// mostWhy is how long a reason may be.
const mostWhy = 500

// beginning is when a state begins, and until when a trial lasts that begins
// then.
type beginning struct {
	at         time.Time
	trialUntil Day
}

// beginsTx reads how long a trial takes from the cooperative's settings.
func (s *Service) beginsTx(ctx context.Context, tx pgx.Tx, c id.Cooperative) (beginning, error) {
	now := s.now()
	settings, err := s.SettingsTx(ctx, tx, c)
	return beginning{at: now, trialUntil: DayOf(now).AddDays(settings.TrialDays)}, err
}

// MoveMember moves a membership, by a coordinator. Ending one needs a written
// reason, and ends all that the member let others read; the member is told. It returns check.Problems at "why", ErrWrongMove,
// ErrNoConsent for a trial that the municipality has not agreed to, and
// ErrNotFound to everybody else.
func (s *Service) MoveMember(ctx context.Context, by Actor, m MemberID, to Membership, why string) error {
	if by.Kind != RoleCoordinator {
		return ErrNotFound
	}
	why = strings.TrimSpace(why)
	if err := moveProblems(to, why).Err(); err != nil {
		return err
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		stands, err := lockStands(ctx, tx, by.Cooperative, m)
		if err != nil {
			return err
		}
		if _, err := stands.membership.To(to); err != nil {
			return err
		}
		if to == OnTrial && !stands.consent.allows() {
			return ErrNoConsent
		}
		return s.moveTx(ctx, tx, by, m, stands, to, why)
	})
}

func moveProblems(to Membership, why string) (p check.Problems) {
	least := 0
	if to == Alumni {
		least = 1
	}
	p.Paragraphs("why", why, least, mostWhy)
	return p
}

func (s *Service) moveTx(ctx context.Context, tx pgx.Tx, by Actor, m MemberID, was stands, to Membership, why string) error {
	from, err := s.beginsTx(ctx, tx, by.Cooperative)
	if err != nil {
		return err
	}
	if err := updateMembership(ctx, tx, by, m, to, from); err != nil {
		return err
	}
	if to == OnTrial {
		if err := s.remindTx(ctx, tx, by.Cooperative, m, from.trialUntil); err != nil {
			return err
		}
	}
	if to == Alumni { // who comes back gives their keys again
		if err := endGrantsOf(ctx, tx, by.Cooperative, m, s.now()); err != nil {
			return err
		}
		if _, err := s.tasks.EnqueueTx(ctx, tx, MembershipEnded{Cooperative: by.Cooperative, Member: m}, tasks.Opts{Cooperative: by.Cooperative}); err != nil {
			return err
		}
	}
	if err := s.tellMovedTx(ctx, tx, by.Cooperative, m, to); err != nil {
		return err
	}
	return s.AuditTx(ctx, tx, Deed{By: by, For: was.person, What: "membership_moved", Ref: "member:" + m.String(),
		Detail: map[string]string{"was": string(was.membership), "is": string(to)}, Why: why})
}

// tellMovedTx lets the member be told, and open pages look again.
func (s *Service) tellMovedTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, m MemberID, to Membership) error {
	n := Notice{Member: m, Task: MembershipMoved{Cooperative: c, Member: m, To: to}, Opts: tasks.Opts{Lane: tasks.Low}}
	if err := NotifyTx(ctx, tx, s.tasks, s.now(), c, n); err != nil {
		return err
	}
	_, err := s.tasks.EnqueueTx(ctx, tx, Moved{Cooperative: c, Members: []MemberID{m}}, tasks.Opts{Cooperative: c})
	return err
}

// remindTx leaves the reminder of a trial that begins now.
func (s *Service) remindTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, m MemberID, until Day) error {
	t := TrialEnds{Cooperative: c, Member: m, Until: until}
	o := tasks.Opts{Cooperative: c, Due: until.AddDays(-remindBefore).at(9), Key: m.String() + " " + string(until)}
	_, err := s.tasks.EnqueueTx(ctx, tx, t, o)
	return err
}

// NoteConsent notes what the municipality said that referred the member, by a
// coordinator: a yes with the day of the document. It returns check.Problems at
// "consent" and "consent-day", and ErrNotFound to everybody else.
func (s *Service) NoteConsent(ctx context.Context, by Actor, m MemberID, is Consent, day Day) error {
	if by.Kind != RoleCoordinator {
		return ErrNotFound
	}
	if is != ConsentYes {
		day = ""
	}
	if err := consentProblems(is, day, DayOf(s.now())).Err(); err != nil {
		return err
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		was, err := lockStands(ctx, tx, by.Cooperative, m)
		if err != nil {
			return err
		}
		if err := updateConsent(ctx, tx, by.Cooperative, m, is, day); err != nil {
			return err
		}
		return s.AuditTx(ctx, tx, Deed{By: by, For: was.person, What: "consent_noted", Ref: "member:" + m.String(),
			Detail: map[string]string{"was": string(was.consent), "is": string(is), "day": string(day)}})
	})
}

func consentProblems(is Consent, day, today Day) (p check.Problems) {
	check.OneOf(&p, "consent", is, Consents()...)
	switch {
	case is != ConsentYes:
	case !day.Real():
		p.Add("consent-day", "no_such_day", nil)
	case day > today:
		p.Add("consent-day", "day_to_come", nil)
	}
	return p
}
