package demo

import (
	"context"
	"fmt"
	"time"

	"meent/internal/id"
	"meent/jobs"
	"meent/members"
	"meent/payments"
)

// series is posted in the three steps, with photos: two weeks but for one date,
// with a seat to learn, and company the first time. Two members come to the first
// shift, of whom one has read the briefing.
func (s scenes) series(ctx context.Context, f fitting) error {
	gig, err := s.jobs.Begin(ctx, f.poster.actor, jobs.Beginning{Client: f.poster.actor.Client, Language: members.Dutch})
	if err != nil {
		return err
	}
	if err := s.fillDraft(ctx, f, gig); err != nil {
		return err
	}
	if err := s.addPhotos(ctx, f, gig); err != nil {
		return err
	}
	s.wait(4 * time.Minute)
	if err := s.jobs.Open(ctx, f.poster.actor, gig); err != nil {
		return fmt.Errorf("demo: series of %q: %w", f.template["title_nl"], err)
	}
	posted, err := s.jobs.Gig(ctx, f.poster.actor, gig)
	if err != nil {
		return err
	}
	who, err := s.seats(ctx, f, gig, posted.Shifts[0], 2)
	if err != nil || len(who) == 0 {
		return err
	}
	day, err := s.jobs.Day(ctx, who[0].who, who[0].engagement)
	if err != nil {
		return err
	}
	return s.jobs.ReadBriefing(ctx, who[0].who, who[0].engagement, day.Version)
}

// fillDraft does the three steps, and tells how the day itself goes.
func (s scenes) fillDraft(ctx context.Context, f fitting, gig jobs.GigID) error {
	by := f.poster.actor
	if err := s.jobs.ChangeWhat(ctx, by, gig, s.what(f)); err != nil {
		return err
	}
	series := jobs.Series{Recurrence: jobs.Recurrence{Every: jobs.EveryWeek, Interval: 1, Weekdays: []time.Weekday{time.Monday, time.Wednesday, time.Friday}, Until: s.monday(1).AddDays(6)},
		From: s.monday(0), Starts: 9*time.Hour + 30*time.Minute, Length: 3 * time.Hour, Seats: 2, BuddySeats: 1, Without: []payments.Day{s.monday(1).AddDays(2)}}
	if err := s.jobs.AddShifts(ctx, by, gig, jobs.Adding{Series: &series}); err != nil {
		return err
	}
	if err := s.jobs.ChangePrice(ctx, by, gig, jobs.Rates{Rate: payments.Cents(f.template.number("rate_cents")), Form: members.MemberEntrepreneur}); err != nil {
		return err
	}
	return s.jobs.ChangeMeeting(ctx, by, gig, jobs.Meeting{
		Point: "De ingang met de blauwe deur", ContactName: "De dagleiding", ContactPhone: "06 12 34 56 78",
		Travel: jobs.TravelOffered, TravelText: "Ons busje rijdt om 9.00 uur vanaf het station.", Accompanied: true,
		Briefing: "Trek dichte schoenen aan. Bel aan bij de blauwe deur. We beginnen met koffie en een rondje door het gebouw.\n\nDe eerste keer loopt er iemand met je mee."})
}

func (s scenes) what(f fitting) jobs.What {
	gig := newGig(f.poster, f.template, nil)
	return jobs.What{Title: gig.Title, Description: gig.Description, Language: gig.Language, Load: gig.Load, Support: &gig.SupportOnSite, Others: &gig.WithOthers, Skills: gig.Skills}
}

func (s scenes) addPhotos(ctx context.Context, f fitting, gig jobs.GigID) error {
	for _, one := range []struct {
		draw func() ([]byte, error)
		alt  string
	}{{entrance, "Tekening van de ingang, met een blauwe deur"}, {room, "Tekening van de werktafel bij het raam"}} {
		data, err := one.draw()
		if err != nil {
			return err
		}
		if err := s.jobs.AddPhoto(ctx, f.poster.actor, gig, jobs.NewPhoto{Data: data, Alt: one.alt}); err != nil {
			return err
		}
	}
	return nil
}

// drafts leaves a gig half done with a client, and one that a coordinator began for
// a client on the phone.
func (s scenes) drafts(ctx context.Context, c id.Cooperative) error {
	list := s.busiest(c)
	if len(list) < 2 {
		return nil
	}
	own := list[0].poster.actor
	gig, err := s.jobs.Begin(ctx, own, jobs.Beginning{Client: own.Client, Language: members.Dutch, Template: "room-setup"})
	if err != nil {
		return err
	}
	begun, err := s.jobs.Gig(ctx, own, gig)
	if err != nil {
		return err
	}
	yes := true
	what := jobs.What{Title: begun.Title, Description: begun.Description, Language: begun.Language, Load: begun.Load, Support: &yes, Others: &yes}
	for _, skill := range begun.Skills {
		what.Skills = append(what.Skills, skill.Code)
	}
	if err := s.jobs.ChangeWhat(ctx, own, gig, what); err != nil {
		return err
	}
	_, err = s.jobs.Begin(ctx, s.office[c], jobs.Beginning{Client: list[1].poster.actor.Client, Language: members.Dutch, Template: "coffee-round"})
	return err
}
