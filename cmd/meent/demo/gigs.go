package demo

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/jobs"
	"meent/members"
	"meent/payments"
)

// days is how far ahead the demo's shifts lie.
const days = 28

// exampleFiguresTx covers the days of the demo that the law has no figure for yet. Such a row says itself that it is an example.
func (h *house) exampleFiguresTx(ctx context.Context, tx pgx.Tx) error {
	var newest payments.Cents = 1499
	for at := h.now; at.Before(h.until); at = at.AddDate(0, 0, 1) {
		day := payments.DayOf(at)
		floor, err := h.payments.FloorTx(ctx, tx, day)
		if missing := (*payments.NoFigure)(nil); errors.As(err, &missing) {
			until := payments.DayOf(h.until.AddDate(1, 0, 0))
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
func (h *house) gigsTx(ctx context.Context, tx pgx.Tx) error {
	for i := range Gigs {
		p := h.posters[i%len(h.posters)]
		gig, err := h.comingGig(p, i/len(h.posters))
		if err != nil {
			return err
		}
		if _, err := h.jobs.PostTx(ctx, tx, p.actor, gig); err != nil {
			return fmt.Errorf("demo: gig %q: %w", gig.Title, err)
		}
	}
	return nil
}

func (h *house) comingGig(p poster, turn int) (jobs.NewGig, error) {
	fitting := p.organisation.list("templates")
	template, ok := h.template(fitting[turn%len(fitting)])
	if !ok {
		return jobs.NewGig{}, fmt.Errorf("demo: no gig template %q", fitting[turn%len(fitting)])
	}
	shifts, err := h.newShifts(p, template)
	gig := newGig(p, template, shifts)
	if turn >= len(fitting) { // the client asks for the same work once more
		gig.Title += ", extra dagen"
	}
	gig.Asks = asks(shifts)
	return gig, err
}

func newGig(p poster, template row, shifts []jobs.NewShift) jobs.NewGig {
	return jobs.NewGig{
		Client: p.actor.Client, Title: template["title_nl"], Description: template["description_nl"], Language: members.Dutch,
		PlaceCode: p.organisation["place"], Address: p.organisation["address"],
		Rate: payments.Cents(template.number("rate_cents")), Load: jobs.Loads()[template.number("load")-1],
		SupportOnSite: template["support_on_site"] == "true", WithOthers: template["with_others"] == "true",
		Skills: template.list("skills"), Shifts: shifts, Needs: needs(template),
	}
}

// needs is how heavy the template's work is, and what it is like.
func needs(template row) jobs.Asks {
	var n [3]int
	for i, one := range template.list("loads") {
		n[i], _ = strconv.Atoi(one)
	}
	return jobs.Asks{Loads: members.Load{Physical: n[0], Sensory: n[1], Mental: n[2]}, Abilities: template.list("abilities")}
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
func (h *house) newShifts(p poster, template row) (shifts []jobs.NewShift, err error) {
	zone, err := amsterdam()
	if err != nil {
		return nil, err
	}
	clock, err := time.Parse("15:04", pick(h.random, template.list("starts")))
	if err != nil {
		return nil, err
	}
	for _, ahead := range h.freeDays(p, template["code"], h.workdays(zone)) {
		shifts = append(shifts, newShift(template, h.now.In(zone).AddDate(0, 0, ahead), clock))
	}
	return shifts, nil
}

func amsterdam() (*time.Location, error) { return time.LoadLocation("Europe/Amsterdam") }

// newShift is the template's work on a day, when clocks there show this time.
func newShift(template row, day, clock time.Time) jobs.NewShift {
	starts := time.Date(day.Year(), day.Month(), day.Day(), clock.Hour(), clock.Minute(), 0, 0, day.Location())
	length := time.Duration(template.number("minutes")) * time.Minute
	return jobs.NewShift{Starts: starts, Ends: starts.Add(length), Break: pause(length), Seats: template.number("seats")}
}

// freeDays draws one to six of the days, none on which the client has posted
// the same work already; fewer where a client has little variety, so that some
// days are left.
func (h *house) freeDays(p poster, work string, days []int) (drawn []int) {
	variety := len(p.organisation.list("templates"))
	most := 1 + h.random.IntN(min(6, len(days)*variety/(Gigs/Clients+1)))
	for _, ahead := range some(h.random, days, len(days)) {
		if len(drawn) < most && h.take(p, work, h.now.AddDate(0, 0, ahead)) {
			drawn = append(drawn, ahead)
		}
	}
	return drawn
}

// take is false when the client has posted the same work on that day before.
func (h *house) take(p poster, work string, day time.Time) bool {
	key := fmt.Sprint(p.actor.Client, work, payments.DayOf(day))
	free := !h.taken[key]
	h.taken[key] = true
	return free
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
