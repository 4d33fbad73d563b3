package demo

import (
	"context"
	"time"

	"meent/internal/id"
	"meent/jobs"
	"meent/members"
)

// offerJobs lets two organisations offer a job to somebody who worked for them: the
// one waits for the member, the other is taken.
func (s scenes) offerJobs(ctx context.Context, c id.Cooperative, list []finished) error {
	offered := map[members.MemberID]bool{}
	for _, f := range list {
		poster, ok := s.posterOf(f.Client)
		if !ok || poster.organisation["kind"] != string(members.Organisation) || offered[f.Member] || len(offered) == 2 {
			continue
		}
		taken := len(offered) == 0
		offered[f.Member] = true
		n := jobs.NewJobOffer{Title: "Vaste hulp bij " + poster.organisation["name"], Hours: turns(len(offered), 12, 16),
			Starts: members.DayOf(s.end).AddDays(21), Words: "We willen graag dat je vast bij ons komt werken. De uren kiezen we samen."}
		offer, err := s.jobs.OfferJob(ctx, poster.actor, f.Engagement, n)
		if err != nil {
			return err
		}
		if taken {
			s.agenda.note(s.clock.now().Add(22*time.Hour), func(ctx context.Context) error { return s.takeJob(ctx, s.people[f.Member], offer) })
		}
	}
	return nil
}

// takeJob is a yes of the member, and of the coach where one has a say.
func (s scenes) takeJob(ctx context.Context, member members.Actor, offer jobs.JobOfferID) error {
	if err := s.jobs.AnswerJob(ctx, member, offer, jobs.JobYes, "Ik ken het werk en de mensen. Dit wil ik graag."); err != nil {
		return err
	}
	o, err := s.jobs.JobOffer(ctx, member, offer)
	if err != nil || o.State != jobs.JobWithCoach {
		return err
	}
	coach, ok := s.coachOf(member.Member)
	if !ok {
		return nil
	}
	s.wait(50 * time.Minute)
	return s.jobs.AdviseJob(ctx, coach, member.Member, offer, jobs.JobYes, "Het past goed bij wat we samen bespraken. Gefeliciteerd!")
}

func (s scenes) posterOf(client members.ClientID) (poster, bool) {
	for _, p := range s.posters {
		if p.actor.Client == client {
			return p, true
		}
	}
	return poster{}, false
}
