package web

import (
	"net/http"
	"slices"
	"strconv"
	"time"

	"meent/internal/id"
	"meent/jobs"
	"meent/matching"
	"meent/members"
	"meent/payments"
	"meent/web/ui"
)

// board is a week of the planning board.
type board struct {
	jobs.PlanningWeek
	rows   []boardRow
	offers map[jobs.ShiftID]matching.OfferCounts
	open   bool // only what has a free seat
}

// boardRow is one gig with its shifts on the seven days.
type boardRow struct {
	jobs.PlannedShift // any: for what they share
	days              [7][]jobs.PlannedShift
}

// showPlanning handles GET /planning: a week of shifts with their seats; ?day=
// says which week, ?open=yes leaves out what is full.
func showPlanning(r *request) error {
	day := members.Day(r.Query("day"))
	if day == "" {
		day = payments.DayOf(r.web.Now())
	}
	week, err := r.web.Jobs.Planning(r.Request.Context(), r.actor, day)
	if err != nil {
		return err
	}
	b := board{PlanningWeek: week, open: r.Query("open") == "yes"}
	if b.open {
		b.Shifts = slices.DeleteFunc(slices.Clone(b.Shifts), func(s jobs.PlannedShift) bool { return s.Free() == 0 })
	}
	b.rows = boardRows(b.PlanningWeek)
	if b.offers, err = r.web.Matching.OffersOf(r.Request.Context(), r.actor, shiftIDs(b.Shifts)); err != nil {
		return err
	}
	return r.page(http.StatusOK, r.t("planning.title"), planningBody(r, b))
}

func shiftIDs(shifts []jobs.PlannedShift) (list []jobs.ShiftID) {
	for _, s := range shifts {
		list = append(list, s.ID)
	}
	return list
}

// boardRows puts the shifts of each gig in one row, in the order in which gigs
// begin.
func boardRows(w jobs.PlanningWeek) (rows []boardRow) {
	at := map[jobs.GigID]int{}
	for d, day := range w.Days() {
		for _, s := range w.On(day) {
			n, has := at[s.Gig]
			if !has {
				n = len(rows)
				at[s.Gig], rows = n, append(rows, boardRow{PlannedShift: s})
			}
			rows[n].days[d] = append(rows[n].days[d], s)
		}
	}
	return rows
}

// weekTitle names the week by its number and its days.
func (r *request) weekTitle(monday members.Day) string {
	at := r.noon(monday)
	_, number := at.ISOWeek()
	return r.t("planning.week", "Number", number, "From", r.words.DayOf(monday), "Until", r.words.DayOf(monday.AddDays(6)))
}

// noon is the middle of a date.
func (r *request) noon(day members.Day) time.Time {
	at, _ := time.ParseInLocation(time.DateOnly, string(day), members.Amsterdam())
	return at.Add(12 * time.Hour)
}

// boardLinks lead to the weeks beside, to this week, and to what is open.
func (r *request) boardLinks(b board) []ui.Link {
	path := func(day members.Day, open bool) string {
		p := "/planning?day=" + string(day)
		if open {
			p += "&open=yes"
		}
		return p
	}
	today := payments.DayOf(r.web.Now())
	return []ui.Link{
		{Text: r.t("planning.back"), Path: path(b.Monday.AddDays(-7), b.open)},
		{Text: r.t("planning.now"), Path: path(today, b.open), Current: slices.Contains(weekDays(b), today)},
		{Text: r.t("planning.next"), Path: path(b.Monday.AddDays(7), b.open)},
		{Text: r.t("planning.open"), Path: path(b.Monday, !b.open), Current: b.open},
	}
}

func weekDays(b board) []members.Day {
	days := b.Days()
	return days[:]
}

// seatsOf says how many seats of a shift are taken.
func (r *request) seatsOf(s jobs.PlannedShift) string {
	return r.t("planning.seats", "Taken", s.Taken(), "Seats", s.Seats)
}

// seatTone colours it; the words beside it say the same.
func (r *request) seatTone(s jobs.PlannedShift) ui.Tone {
	switch {
	case s.Free() == 0:
		return ui.Good
	case s.Starts.Before(r.web.Now()):
		return ui.Neutral
	default:
		return ui.Waits
	}
}

// askedWord says what is on its way for a shift, or nothing.
func (r *request) askedWord(counts matching.OfferCounts) string {
	out := counts[matching.Sent] + counts[matching.WaitingCoach] + counts[matching.Yes]
	switch {
	case counts[matching.Asked] > 0:
		return r.words.N("planning.want", counts[matching.Asked])
	case out > 0:
		return r.words.N("planning.out", out)
	default:
		return ""
	}
}

// boardFigures are the counts above the board.
func (r *request) boardFigures(b board) []ui.Figure {
	all, free := b.Seats()
	return []ui.Figure{
		{Number: strconv.Itoa(free), Text: r.t("planning.free")}, {Number: strconv.Itoa(all), Text: r.t("planning.all")},
		{Number: strconv.Itoa(len(b.Load())), Text: r.t("planning.people")},
	}
}

// pathShift reads the shift of the path.
func (r *request) pathShift() (jobs.ShiftID, error) { return id.Parse[jobs.Shift](r.Param("shift")) }
