package demo

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/jobs"
	"meent/members"
	"meent/payments"
)

// days is how far ahead the demo's shifts lie.
const days = 28

// exampleFiguresTx covers the days that the law has no figure for yet. Such a
// row says itself that it is an example.
func (h *house) exampleFiguresTx(ctx context.Context, tx pgx.Tx) error {
	var newest payments.Cents = 1499
	for ahead := range days + 2 {
		day := payments.DayOf(h.now.AddDate(0, 0, ahead))
		floor, err := h.payments.FloorTx(ctx, tx, day)
		if missing := (*payments.NoFigure)(nil); errors.As(err, &missing) {
			until := payments.DayOf(h.now.AddDate(1, 0, 0))
			return h.payments.AddExampleTx(ctx, tx, payments.AdultMinimumWage, newest, day, until)
		}
		if err != nil {
			return err
		}
		newest = floor
	}
	return nil
}

// gigsTx lets the clients take turns in posting.
func (h *house) gigsTx(ctx context.Context, tx pgx.Tx, posters []poster) error {
	for i := range Gigs {
		p := posters[i%len(posters)]
		gig, err := h.newGig(p, i/len(posters))
		if err != nil {
			return err
		}
		if _, err := h.jobs.PostTx(ctx, tx, p.actor, gig); err != nil {
			return fmt.Errorf("demo: gig %q: %w", gig.Title, err)
		}
	}
	return nil
}

func (h *house) newGig(p poster, turn int) (jobs.NewGig, error) {
	fitting := p.organisation.list("templates")
	template, ok := h.template(fitting[turn%len(fitting)])
	if !ok {
		return jobs.NewGig{}, fmt.Errorf("demo: no gig template %q", fitting[turn%len(fitting)])
	}
	shifts, err := h.newShifts(p, template)
	return jobs.NewGig{
		Client: p.actor.Client, Title: template["title_nl"], Description: template["description_nl"], Language: members.Dutch,
		PlaceCode: p.organisation["place"], Address: p.organisation["address"],
		Rate: payments.Cents(template.number("rate_cents")), Load: jobs.Loads()[template.number("load")-1],
		SupportOnSite: template["support_on_site"] == "true", WithOthers: template["with_others"] == "true",
		Skills: template.list("skills"), Shifts: shifts, Asks: asks(shifts),
	}, err
}

// asks lets members be asked two days ahead, so that not everybody has three
// offers on the first day and somebody is left for new gigs.
func asks(shifts []jobs.NewShift) (at time.Time) {
	for _, shift := range shifts {
		if before := shift.Starts.Add(-48 * time.Hour); at.IsZero() || before.Before(at) {
			at = before
		}
	}
	return at
}

func (h *house) template(code string) (row, bool) {
	for _, template := range h.data.templates {
		if template["code"] == code {
			return template, true
		}
	}
	return nil, false
}

// newShifts draws one to six days of the coming weeks, seldom at a weekend, and
// one time of day for all of them.
func (h *house) newShifts(p poster, template row) ([]jobs.NewShift, error) {
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		return nil, err
	}
	clock, err := time.Parse("15:04", pick(h.random, template.list("starts")))
	if err != nil {
		return nil, err
	}
	length := time.Duration(template.number("minutes")) * time.Minute
	var shifts []jobs.NewShift
	for _, ahead := range h.freeDays(p, template["code"], h.workdays(zone)) {
		day := h.now.In(zone).AddDate(0, 0, ahead)
		starts := time.Date(day.Year(), day.Month(), day.Day(), clock.Hour(), clock.Minute(), 0, 0, zone)
		shifts = append(shifts, jobs.NewShift{Starts: starts, Ends: starts.Add(length), Break: pause(length), Seats: template.number("seats")})
	}
	return shifts, nil
}

// freeDays draws one to six of the days, none on which the client has posted
// the same work already; fewer where a client has little variety, so that some
// days are left.
func (h *house) freeDays(p poster, work string, days []int) (drawn []int) {
	variety := len(p.organisation.list("templates"))
	most := 1 + h.random.IntN(min(6, len(days)*variety/(Gigs/Clients+1)))
	for _, ahead := range some(h.random, days, len(days)) {
		taken := fmt.Sprint(p.actor.Client, work, ahead)
		if len(drawn) < most && !h.taken[taken] {
			h.taken[taken] = true
			drawn = append(drawn, ahead)
		}
	}
	return drawn
}

// workdays lists days from tomorrow on by their distance from today; of the
// Saturdays every second, no Sunday.
func (h *house) workdays(zone *time.Location) (ahead []int) {
	for i := 1; i <= days; i++ {
		switch h.now.In(zone).AddDate(0, 0, i).Weekday() {
		case time.Sunday:
		case time.Saturday:
			if i%2 == 0 {
				ahead = append(ahead, i)
			}
		default:
			ahead = append(ahead, i)
		}
	}
	return ahead
}

// pause is half an hour in work of more than five and a half hours, as the law
// asks (Arbeidstijdenwet, article 5:4).
func pause(length time.Duration) time.Duration {
	if length > 330*time.Minute {
		return 30 * time.Minute
	}
	return 0
}
