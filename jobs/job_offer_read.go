package jobs

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/members"
)

// What the words are bound to, beside the member's person.
func (o JobOffer) wordsColumn() string  { return "job_offer.words@" + o.ID.String() }
func (o JobOffer) reasonColumn() string { return "job_offer.member_reason@" + o.ID.String() }
func (o JobOffer) coachColumn() string  { return "job_offer.coach_words@" + o.ID.String() }

// keptJob is a job offer as its row has it.
type keptJob struct {
	JobOffer
	person                    members.PersonID // the member's
	words, reason, coachWords []byte
}

// lockedJob is one that nobody else moves meanwhile.
type lockedJob = keptJob

// JobOffers lists those of the actor, what waits first, without the words: to a
// client what they offered, to a member what is offered to them, to a coordinator
// all of the cooperative; to everybody else nothing. A member does not see what a
// client offers whom they keep away.
func (s *Service) JobOffers(ctx context.Context, by members.Actor) ([]JobOffer, error) {
	if by.Helped() || by.Kind != members.RoleClient && by.Kind != members.RoleMember && by.Kind != members.RoleCoordinator {
		return nil, nil
	}
	kept, err := listJobs(ctx, s.db, by)
	if err != nil {
		return nil, err
	}
	list := make([]JobOffer, len(kept))
	for i, k := range kept {
		if list[i] = k.JobOffer; by.Kind != members.RoleMember {
			list[i] = k.shown()
		}
	}
	return list, nil
}

// JobOffer gives one to its member and to its client, who does not read what the
// two said. It returns members.ErrNoKey, and members.ErrNotFound to everybody else.
func (s *Service) JobOffer(ctx context.Context, by members.Actor, offer JobOfferID) (o JobOffer, err error) {
	k, err := findJob(ctx, s.db, by.Cooperative, offer)
	if err != nil {
		return o, err
	}
	own := by.Kind == members.RoleMember && by.Member == k.Member && !by.Helped()
	if !own && !(by.Kind == members.RoleClient && by.Client == k.Client) {
		return o, members.ErrNotFound
	}
	if k.CoachListen, err = hasReader(ctx, s.db, by.Cooperative, k.Member, members.ProgressScope, members.DayOf(s.now())); err != nil {
		return o, err
	}
	list, err := s.openJobs(ctx, s.db, []keptJob{k})
	if o = list[0]; !own {
		o = o.shown()
	}
	return o, err
}

// JobOffersOf lists those of a member which the member told their coach of, to the
// coach who may read the member's progress, which is noted. It returns
// *members.NotGranted, members.ErrNoKey, and members.ErrNotFound to everybody else.
func (s *Service) JobOffersOf(ctx context.Context, by members.Actor, m members.MemberID) (list []JobOffer, err error) {
	return list, s.asReader(ctx, by, m, func(tx pgx.Tx) error {
		kept, err := listJobsOf(ctx, tx, by.Cooperative, m)
		if err != nil {
			return err
		}
		list, err = s.openJobs(ctx, tx, kept)
		return err
	})
}

func (s *Service) openJobs(ctx context.Context, db members.Querier, kept []keptJob) ([]JobOffer, error) {
	list := make([]JobOffer, len(kept))
	var texts []members.SealedText
	for i, k := range kept {
		list[i] = k.JobOffer
		o := &list[i]
		texts = append(texts,
			members.SealedText{Person: k.person, Column: o.wordsColumn(), Sealed: k.words, Into: &o.Words, Gone: &o.Gone},
			members.SealedText{Person: k.person, Column: o.reasonColumn(), Sealed: k.reason, Into: &o.Reason, Gone: &o.Gone},
			members.SealedText{Person: k.person, Column: o.coachColumn(), Sealed: k.coachWords, Into: &o.CoachWords, Gone: &o.Gone})
	}
	return list, s.people.OpenAll(ctx, db, texts)
}

// JobsTaken is how many members found a job through the cooperative in a year: the
// members who go on. Few are no number: they would be recognised.
type JobsTaken struct {
	Year  int
	Taken int // 0 where there are fewer than FewestTold
	Few   bool
}

// FewestTold is from how many on a number about members is told.
const FewestTold = 5

// JobsTaken counts them for the acting coordinator, the last year first. It returns
// members.ErrNotFound to everybody else.
func (s *Service) JobsTaken(ctx context.Context, by members.Actor) ([]JobsTaken, error) {
	if by.Kind != members.RoleCoordinator {
		return nil, members.ErrNotFound
	}
	list, err := countJobsTaken(ctx, s.db, by.Cooperative)
	for i := range list {
		if list[i].Taken < FewestTold {
			list[i].Taken, list[i].Few = 0, true
		}
	}
	return list, err
}

// ToldJob gives a job offer without words, and the people of the side that hears
// of this move: of coaches those who may read the member's progress now. It
// returns members.ErrNotFound when it has moved on.
func (s *Service) ToldJob(ctx context.Context, t JobTold) (o JobOffer, people []members.Person, err error) {
	k, err := findJob(ctx, s.db, t.Cooperative, t.Job)
	if err == nil && k.State != t.State {
		err = members.ErrNotFound
	}
	if err != nil {
		return o, nil, err
	}
	if t.To == members.RoleCoach {
		people, err = listReaders(ctx, s.db, t.Cooperative, k.Member, members.ProgressScope, members.DayOf(s.now()))
	} else {
		people, err = listSide(ctx, s.db, t.Cooperative, k.Engagement, t.To)
	}
	return k.JobOffer, people, err
}
