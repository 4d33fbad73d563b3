package jobs

import (
	"context"
	"strings"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/id"
	"meent/internal/tasks"
	"meent/members"
)

// OfferJob offers a job to the member of agreed work, by its client. It returns
// check.Problems at "title", "hours", "starts" and "words", ErrNotWorked,
// ErrJobThere, members.ErrDecided while the client refuses the member,
// members.ErrRestricted, members.ErrNoKey, and members.ErrNotFound to everybody
// else.
func (s *Service) OfferJob(ctx context.Context, by members.Actor, engagement EngagementID, n NewJobOffer) (offer JobOfferID, err error) {
	if by.Kind != members.RoleClient {
		return offer, members.ErrNotFound
	}
	n.Title, n.Words = strings.TrimSpace(n.Title), strings.TrimSpace(n.Words)
	if err := n.problems(members.DayOf(s.now())).Err(); err != nil {
		return offer, err
	}
	offer = id.New[JobOffer](s.random)
	return offer, pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if err := members.MayTakeTx(ctx, tx, by); err != nil {
			return err
		}
		w, err := s.workedTx(ctx, tx, by, engagement)
		if err != nil {
			return err
		}
		if err := s.mayBeAskedTx(ctx, tx, by, w.Member); err != nil {
			return err
		}
		return s.offerJobTx(ctx, tx, by, offer, w, n)
	})
}

func (s *Service) offerJobTx(ctx context.Context, tx pgx.Tx, by members.Actor, offer JobOfferID, w Work, n NewJobOffer) error {
	c := by.Cooperative
	o := JobOffer{ID: offer, Engagement: w.ID, Client: w.Client, Member: w.Member, Title: n.Title, Hours: n.Hours, Starts: n.Starts,
		State: JobAsked, Offered: s.now(), Due: s.now().AddDate(0, 0, JobOfferDays)}
	sealed, err := s.people.SealTx(ctx, tx, w.person, o.wordsColumn(), n.Words)
	if err != nil {
		return err
	}
	if err := insertJobOffer(ctx, tx, by, o, sealed); err != nil {
		return err
	}
	if _, err := s.tasks.EnqueueTx(ctx, tx, JobOfferOver{Job: offer, Cooperative: c}, tasks.Opts{Cooperative: c, Due: o.Due}); err != nil {
		return err
	}
	if err := s.movedTx(ctx, tx, c, o.Member, o.Client); err != nil {
		return err
	}
	blocked, err := isBlocked(ctx, tx, c, o.Member, o.Client)
	if err == nil && !blocked { // of a client whom they keep away a member hears nothing
		err = s.tellJobMemberTx(ctx, tx, c, o)
	}
	if err != nil {
		return err
	}
	return s.people.AuditTx(ctx, tx, members.Deed{By: by, For: w.person, What: "job_offered", Ref: jobRef(offer)})
}

func jobRef(offer JobOfferID) string { return "job:" + offer.String() }

func (s *Service) tellJobMemberTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, o JobOffer) error {
	return members.NotifyTx(ctx, tx, s.tasks, s.now(), c, members.Notice{Member: o.Member, Task: JobTold{Job: o.ID, Cooperative: c, State: o.State, To: members.RoleMember}})
}

func (s *Service) tellJobTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, o JobOffer, to members.RoleKind) error {
	_, err := s.tasks.EnqueueTx(ctx, tx, JobTold{Job: o.ID, Cooperative: c, State: o.State, To: to}, tasks.Opts{Cooperative: c})
	return err
}

// AnswerJob says yes or no, by the member, who gives a reason or none: it costs
// nothing. With a coach who may read their progress a yes waits for theirs. It
// returns check.Problems at "say" and "reason", ErrJobMoved, members.ErrNoKey, and
// members.ErrNotFound for somebody else's.
func (s *Service) AnswerJob(ctx context.Context, by members.Actor, offer JobOfferID, say JobWord, reason string) error {
	reason = strings.TrimSpace(reason)
	var p check.Problems
	check.OneOf(&p, "say", say, JobYes, JobNo)
	p.Paragraphs("reason", reason, 0, MostJobReason)
	if err := p.Err(); err != nil {
		return err
	}
	return s.moveJob(ctx, by, offer, func(tx pgx.Tx, o *lockedJob) error {
		coach, err := hasReader(ctx, tx, by.Cooperative, o.Member, members.ProgressScope, members.DayOf(s.now()))
		if err != nil {
			return err
		}
		if err := o.member(say, coach); err != nil {
			return err
		}
		o.reason, err = s.people.SealGivenTx(ctx, tx, o.person, o.reasonColumn(), reason)
		return err
	})
}

// AskCoachFirst lets the member hear what their coach thinks before they say
// anything. It returns ErrNoReader where no coach may say something, ErrJobMoved,
// and members.ErrNotFound for somebody else's.
func (s *Service) AskCoachFirst(ctx context.Context, by members.Actor, offer JobOfferID) error {
	return s.moveJob(ctx, by, offer, func(tx pgx.Tx, o *lockedJob) error {
		coach, err := hasReader(ctx, tx, by.Cooperative, o.Member, members.ProgressScope, members.DayOf(s.now()))
		switch {
		case err != nil:
			return err
		case !coach:
			return ErrNoReader
		}
		o.State, err = o.State.To(JobCoachFirst)
		return err
	})
}

// moveJob lets the acting member do something with a job offer to them.
func (s *Service) moveJob(ctx context.Context, by members.Actor, offer JobOfferID, do func(pgx.Tx, *lockedJob) error) error {
	if by.Kind != members.RoleMember || by.Helped() {
		return members.ErrNotFound
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		o, err := lockJob(ctx, tx, by.Cooperative, offer)
		switch {
		case err != nil:
			return err
		case o.Member != by.Member:
			return members.ErrNotFound
		}
		if err := do(tx, &o); err != nil {
			return err
		}
		if err := s.storeJobTx(ctx, tx, by, o); err != nil {
			return err
		}
		if o.State == JobCoachFirst {
			return nil // to ask is no decision
		}
		return s.people.AuditTx(ctx, tx, members.Deed{By: by, For: by.Person, What: "job_answered", Ref: jobRef(offer)})
	})
}

// AdviseJob says what the coach thinks, who may read the member's progress: before
// the member said yes it is advice, which the member reads; after that it decides.
// The words are for the member. It returns check.Problems at "say" and "words",
// *members.NotGranted, ErrJobMoved, members.ErrNoKey, and members.ErrNotFound.
func (s *Service) AdviseJob(ctx context.Context, by members.Actor, m members.MemberID, offer JobOfferID, say JobWord, words string) error {
	words = strings.TrimSpace(words)
	var p check.Problems
	check.OneOf(&p, "say", say, JobYes, JobNo)
	p.Paragraphs("words", words, 0, MostJobWords)
	if err := p.Err(); err != nil {
		return err
	}
	return s.asReader(ctx, by, m, func(tx pgx.Tx) error {
		o, err := lockJob(ctx, tx, by.Cooperative, offer)
		switch {
		case err != nil:
			return err
		case o.Member != m:
			return members.ErrNotFound
		}
		if err := o.coach(say); err != nil {
			return err
		}
		if o.coachWords, err = s.people.SealGivenTx(ctx, tx, o.person, o.coachColumn(), words); err != nil {
			return err
		}
		if err := s.storeJobTx(ctx, tx, by, o); err != nil {
			return err
		}
		return s.people.AuditTx(ctx, tx, members.Deed{By: by, For: o.person, What: "job_advised", Ref: jobRef(offer)})
	})
}

// asReader does something with a member whom the acting coach follows, and whose
// progress they may read, which is noted.
func (s *Service) asReader(ctx context.Context, by members.Actor, m members.MemberID, do func(pgx.Tx) error) error {
	if by.Kind != members.RoleCoach {
		return members.ErrNotFound
	}
	return s.people.NoteRefusal(ctx, by, pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		follows, err := isFollower(ctx, tx, by, m, members.DayOf(s.now()))
		switch {
		case err != nil:
			return err
		case !follows:
			return members.ErrNotFound
		}
		if _, err := s.people.ReadTx(ctx, tx, by, m, members.ProgressScope); err != nil {
			return err
		}
		return do(tx)
	}))
}

// WithdrawJob takes the offer back, by the client. It returns ErrJobMoved, and
// members.ErrNotFound for somebody else's.
func (s *Service) WithdrawJob(ctx context.Context, by members.Actor, offer JobOfferID) error {
	if by.Kind != members.RoleClient {
		return members.ErrNotFound
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		o, err := lockJob(ctx, tx, by.Cooperative, offer)
		switch {
		case err != nil:
			return err
		case o.Client != by.Client:
			return members.ErrNotFound
		}
		if o.State, err = o.State.To(JobWithdrawn); err != nil {
			return err
		}
		return s.storeJobTx(ctx, tx, by, o)
	})
}

// storeJobTx keeps it, and tells each side what is new for them.
func (s *Service) storeJobTx(ctx context.Context, tx pgx.Tx, by members.Actor, o lockedJob) error {
	if err := updateJob(ctx, tx, by, o, s.now()); err != nil {
		return err
	}
	c := by.Cooperative
	if err := s.movedTx(ctx, tx, c, o.Member, o.Client); err != nil {
		return err
	}
	if o.State == JobCoachFirst || o.State == JobWithCoach {
		return s.tellJobTx(ctx, tx, c, o.JobOffer, members.RoleCoach)
	}
	if by.Kind != members.RoleClient && !o.State.Live() {
		if err := s.tellJobTx(ctx, tx, c, o.JobOffer, members.RoleClient); err != nil {
			return err
		}
	}
	blocked, err := isBlocked(ctx, tx, c, o.Member, o.Client)
	if err != nil || blocked || by.Kind == members.RoleMember {
		return err
	}
	return s.tellJobMemberTx(ctx, tx, c, o.JobOffer)
}
