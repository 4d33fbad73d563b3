package matching_test

import (
	"testing"
	"time"

	"meent/jobs"
	"meent/matching"
	"meent/members"
)

// at posts a quiet gig with one shift on that clock time, so many days from now.
func (h *house) at(days, hour, hours int) jobs.ShiftID {
	h.t.Helper()
	day := h.now.In(members.Amsterdam())
	starts := time.Date(day.Year(), day.Month(), day.Day()+days, hour, 0, 0, 0, day.Location())
	gig, err := h.jobs.Post(h.t.Context(), h.client, jobs.NewGig{
		Client: h.client.Client, Title: "Ramen lappen", Description: "Je lapt de ramen.", Language: members.Dutch, PlaceCode: "arnhem",
		Rate: 1600, Load: jobs.Middle, Skills: []string{"window-cleaning"}, Asks: h.now.Add(1000 * time.Hour),
		Shifts: []jobs.NewShift{{Starts: starts, Ends: starts.Add(time.Duration(hours) * time.Hour), Seats: 3}},
	})
	h.must(err)
	found, err := h.jobs.Gig(h.t.Context(), h.client, gig)
	h.must(err)
	return found.Shifts[0].ID
}

// TestWorktimeBlocksAndWarns: late work keeps somebody from early work, until the
// cooperative lets the rule only warn.
func TestWorktimeBlocksAndWarns(t *testing.T) {
	h := newHouse(t)
	anna, noor := h.member("anna", "window-cleaning"), h.coordinator()
	late, early, free := h.at(2, 18, 5), h.at(3, 8, 3), h.at(3, 11, 3)
	h.confirm(late, anna)
	h.breaks(anna, early, matching.RestRule)
	if offer := h.ask(anna, free); offer.IsZero() {
		t.Error("twelve hours later is too early")
	}
	if list, err := h.Fitting(t.Context(), noor, early, 10); err != nil || len(list) != 0 {
		t.Errorf("early fit %+v, %v", list, err)
	}
	h.must(h.jobs.ChangeWorktime(t.Context(), noor, jobs.RestBetween, 11*time.Hour, jobs.WorktimeWarns, "De vergadering besloot het."))
	list, err := h.Fitting(t.Context(), noor, early, 10)
	if err != nil || len(list) != 1 || list[0].Name != "anna" || len(list[0].Warned) != 1 || list[0].Warned[0] != jobs.RestBetween {
		t.Errorf("early fit %+v, %v", list, err)
	}
}

// TestTooLongADayAndWeek counts what is agreed already.
func TestTooLongADayAndWeek(t *testing.T) {
	h := newHouse(t)
	anna := h.member("anna", "window-cleaning")
	h.confirm(h.at(2, 6, 7), anna)
	h.breaks(anna, h.at(2, 13, 6), matching.HoursDayRule)
	monday := 1
	for h.now.AddDate(0, 0, monday).In(members.Amsterdam()).Weekday() != time.Monday {
		monday++
	}
	for day := range 5 {
		h.confirm(h.at(monday+7+day, 8, 11), anna)
	}
	h.breaks(anna, h.at(monday+12, 8, 6), matching.HoursWeekRule)
	if offer := h.ask(anna, h.at(monday+13, 8, 5)); offer.IsZero() {
		t.Error("sixty hours are too much")
	}
}
