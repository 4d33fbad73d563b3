package demo

import (
	"context"
	"time"

	"meent/internal/id"
	"meent/jobs"
	"meent/members"
	"meent/members/coaching"
)

// coming posts gigs of each kind for the weeks after the end.
func (s scenes) coming(ctx context.Context, c id.Cooperative) error {
	list := s.busiest(c)
	if len(list) == 0 {
		return nil
	}
	for i, scene := range []func(context.Context, fitting) error{
		s.series, s.copied, s.withCertificate, s.onTrial, s.atPartner, s.atClient, s.atHome,
	} {
		s.wait(2 * time.Minute)
		if err := scene(ctx, list[i%len(list)]); err != nil {
			return err
		}
	}
	return nil
}

// monday is the first Monday after the end, at some week from there.
func (s scenes) monday(week int) members.Day {
	today := members.DayOf(s.end)
	return today.AddDays(7 - today.Weekday() + 7*week)
}

// times are shifts of the template on these days after a Monday to come.
func (s scenes) times(template row, hour int, days ...int) (shifts []jobs.NewShift, err error) {
	for _, ahead := range days {
		starts, err := jobs.Moment(s.monday(0).AddDays(ahead), time.Duration(hour)*time.Hour)
		if err != nil {
			return nil, err
		}
		shift := newShift(template, starts.In(members.Amsterdam()), starts.In(members.Amsterdam()))
		shift.Seats = min(shift.Seats, 2)
		shifts = append(shifts, shift)
	}
	return shifts, nil
}

// plain is a gig of the template on these days, which asks members two days ahead.
func (s scenes) plain(f fitting, hour int, days ...int) (jobs.NewGig, error) {
	shifts, err := s.times(f.template, hour, days...)
	if err != nil {
		return jobs.NewGig{}, err
	}
	for _, shift := range shifts {
		s.take(f.poster, f.template["code"], shift.Starts)
	}
	n := newGig(f.poster, f.template, shifts)
	n.Asks = asks(shifts)
	return n, nil
}

// copied is a week that comes again, to which people travel together.
func (s scenes) copied(ctx context.Context, f fitting) error {
	n, err := s.plain(f, 13, 1, 3)
	if err != nil {
		return err
	}
	n.Meeting = jobs.Meeting{Point: "Bij de fietsenstalling", Travel: jobs.TravelGroup, TravelText: "We fietsen samen vanaf het station."}
	n.Needs = jobs.Asks{Loads: members.Load{Physical: 2, Sensory: 3, Mental: 2}, Dutch: "little", Abilities: []string{"fixed-order", "extra-breaks"}}
	gig, err := s.post(ctx, f, n)
	if err != nil {
		return err
	}
	week := jobs.WeekCopy{From: s.monday(0), To: s.monday(1), Weeks: 1}
	return s.jobs.AddShifts(ctx, f.poster.actor, gig.ID, jobs.Adding{Week: &week})
}

// withCertificate is work on the cooperative's own payroll that asks for a
// certificate of conduct and a skill.
func (s scenes) withCertificate(ctx context.Context, f fitting) error {
	return s.formed(ctx, f, members.PostedEmployee, 9, jobs.Asks{Certificate: true, Dutch: "enough", Skills: s.required(f),
		Loads: members.Load{Physical: 3, Sensory: 2, Mental: 3}, Abilities: []string{"one-contact", "written-steps"}})
}

// required is the first skill of the work, without which nobody is asked.
func (s scenes) required(f fitting) []jobs.AskedSkill {
	code := f.template.list("skills")[0]
	return []jobs.AskedSkill{{Skill: members.Skill{Code: code}, Need: jobs.Required, Level: members.Can}}
}

func (s scenes) onTrial(ctx context.Context, f fitting) error {
	return s.formed(ctx, f, members.TrialPlacement, 10, jobs.Asks{Step: coaching.TrialStep})
}

func (s scenes) atPartner(ctx context.Context, f fitting) error {
	return s.formed(ctx, f, members.PartnerAgency, 9, jobs.Asks{Loads: members.Load{Physical: 4, Sensory: 2, Mental: 2}})
}

func (s scenes) atClient(ctx context.Context, f fitting) error {
	return s.formed(ctx, f, members.ClientEmployee, 13, jobs.Asks{Step: coaching.JobStep, Dutch: "well"})
}

// formed posts work of a form, on two days of the second week.
func (s scenes) formed(ctx context.Context, f fitting, form members.WorkForm, hour int, asked jobs.Asks) error {
	n, err := s.plain(f, hour, 7, 9)
	if err != nil {
		return err
	}
	n.Form, n.Needs = form, asked
	_, err = s.post(ctx, f, n)
	return err
}

// atHome is a batch of small work from home.
func (s scenes) atHome(ctx context.Context, f fitting) error {
	n, err := s.plain(f, 10, 2, 4)
	if err != nil {
		return err
	}
	n.Title, n.Load = "Adressen nakijken, thuis", jobs.Light
	n.Description = "Je kijkt lijsten met adressen na op je eigen computer. Elke lijst heeft 120 regels. Je krijgt betaald per uur, niet per lijst."
	n.Skills, n.SupportOnSite, n.WithOthers = []string{"data-entry", "working-from-list"}, false, false
	n.Needs = jobs.Asks{Loads: members.Load{Physical: 1, Sensory: 1, Mental: 3}, Abilities: []string{"own-pace", "one-task"}}
	n.Meeting = jobs.Meeting{Remote: true, ContactName: "Hulp bij vragen", ContactPhone: "06 12 34 56 78", Briefing: "Log in met de code uit de mail. Kijk eerst het voorbeeld. Twijfel je? Sla de regel over en zet er een vraagteken bij."}
	for i := range n.Shifts {
		n.Shifts[i].Pieces, n.Shifts[i].Seats = 120, 3
	}
	_, err = s.post(ctx, f, n)
	return err
}
