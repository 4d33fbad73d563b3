package web

import (
	"net/http"
	"strings"
	"time"

	"meent/jobs"
	"meent/members"
)

// showCalendar handles GET /calendar: is there an address, and how to make one.
func showCalendar(r *request) error { return r.calendarPage("") }

// makeCalendar handles POST /calendar: a new address, shown on this answer alone.
func makeCalendar(r *request) error {
	secret, err := r.web.Members.MakeCalendar(r.Request.Context(), r.actor)
	if err != nil {
		return err
	}
	return r.calendarPage(r.web.URL.JoinPath("calendar", secret+".ics").String())
}

// endCalendar handles POST /calendar/stop.
func endCalendar(r *request) error {
	if err := r.web.Members.EndCalendar(r.Request.Context(), r.actor); err != nil {
		return err
	}
	r.flash("calendar.stopped")
	return r.to("/calendar")
}

func (r *request) calendarPage(address string) error {
	made, err := r.web.Members.CalendarMade(r.Request.Context(), r.actor)
	if err != nil {
		return err
	}
	return r.page(http.StatusOK, r.t("calendar.title"), calendarBody(r, made, address))
}

// Limits on reading calendars: programs look every hour or so, and nobody finds
// one by trying.
var (
	readsOfCalendar   = limit{"reads of calendar", 60, time.Hour}
	missesFromNetwork = limit{"calendars missed from network", 30, 15 * time.Minute}
)

// readCalendar handles GET /calendar/:secret, which ends in .ics. Whoever has the
// address may read it; it stands in no log.
func readCalendar(r *request) error {
	secret, ok := strings.CutSuffix(r.Param("secret"), ".ics")
	if !ok {
		return members.ErrNotFound
	}
	calendar, err := r.web.Members.FindCalendar(r.Request.Context(), secret)
	if err != nil {
		if limited := r.limit(missesFromNetwork, r.network()); limited != nil {
			return limited
		}
		return err
	}
	if err := r.limit(readsOfCalendar, secret); err != nil {
		return err
	}
	list, err := r.web.Jobs.Agenda(r.Request.Context(), calendar.Cooperative, calendar.Member)
	if err != nil {
		return err
	}
	file := agendaFile(list, r.web.Now(), func(e jobs.EngagementID) string { return r.web.URL.JoinPath("engagements", e.String()).String() })
	r.Header("Cache-Control", "private, max-age=300")
	r.Header("Content-Disposition", `inline; filename="meent.ics"`)
	r.Data(http.StatusOK, "text/calendar; charset=utf-8", []byte(file))
	return nil
}
