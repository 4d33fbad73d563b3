package web

import (
	"net/http"
	"strconv"

	"meent/jobs"
	"meent/members"
	"meent/web/ui"
)

// gigs handles GET /gigs: the open gigs of the cooperative, see browseGigs; to a
// client, all of their own.
func gigs(r *request) error {
	if r.actor.Kind == members.RoleClient {
		body, err := r.clientGigs()
		if err != nil {
			return err
		}
		return r.page(http.StatusOK, r.t("nav.gigs"), body)
	}
	return r.browseGigs()
}

// pageNumber reads ?page=; nothing means the first.
func pageNumber(text string) (int, error) {
	if text == "" {
		return 1, nil
	}
	number, err := strconv.Atoi(text)
	if err != nil || number < 1 || number > 10_000 {
		return 0, members.ErrNotFound
	}
	return number, nil
}

// facts are what one must know of a gig before opening it; a member, who travels
// so, also reads about how long it takes.
func (r *request) facts(l jobs.Listing, by members.Travel) (facts []ui.Fact) {
	if !l.Next.Starts.IsZero() {
		facts = append(facts,
			ui.Fact{Icon: ui.IconCalendar, Text: r.words.Date(l.Next.Starts)},
			ui.Fact{Icon: ui.IconClock, Text: r.words.Span(l.Next.Starts, l.Next.Ends)})
	}
	place := l.PlaceName
	if l.Remote {
		place = r.t("meeting.home")
	} else if l.Metres >= 0 {
		place += ", " + r.wayText(by, l.Metres)
	}
	return append(facts, ui.Fact{Icon: ui.IconPlace, Text: place}, ui.Fact{Icon: ui.IconEuro, Text: r.rateOf(l)})
}

// stateTone colours the word of a gig's state.
func stateTone(s jobs.State) ui.Tone {
	switch s {
	case jobs.Open:
		return ui.Good
	case jobs.Paused, jobs.Draft:
		return ui.Waits
	case jobs.Cancelled:
		return ui.Bad
	default:
		return ui.Neutral
	}
}
