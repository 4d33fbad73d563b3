package web

import (
	"net/http"
	"time"

	"meent/internal/id"
	"meent/members"
	"meent/members/coaching"
	"meent/web/ui"
)

// caseloadMember handles GET /caseload/:member: name and place, and what the
// member lets the coach read. The reading itself is noted for the member to see.
func caseloadMember(r *request) error {
	var before coaching.FactID
	if text := r.Query("before"); text != "" {
		var err error
		if before, err = id.Parse[coaching.Fact](text); err != nil {
			return err
		}
	}
	timeline, err := r.web.Coaching.Timeline(r.Request.Context(), r.actor, r.member.Member, before)
	if err != nil {
		return err
	}
	return r.page(http.StatusOK, r.member.Name, caseloadMemberBody(r, r.member, timeline, !before.IsZero()))
}

// until says how long a grant lasts.
func (r *request) until(day members.Day) string {
	return r.t("sharing.until", "Day", r.words.DayOf(day))
}

// factWord says what happened, or will.
func (r *request) factWord(f coaching.Fact) string {
	kind := string(f.Kind)
	if f.Kind == coaching.Shift && f.At.After(r.web.Now()) {
		kind = "shift_coming"
	}
	return r.words.With("timeline.kind."+kind, map[string]any{"Time": r.words.Duration(time.Duration(f.Minutes) * time.Minute)})
}

// factWhen is the day and the time.
func (r *request) factWhen(f coaching.Fact) string {
	return r.words.LongDate(f.At) + ", " + r.words.Time(f.At)
}

// factIcon draws the part to which a fact belongs.
func factIcon(k coaching.Kind) ui.Icon {
	switch k.Scope() {
	case members.AgendaScope:
		return ui.IconCalendar
	case members.HoursScope:
		return ui.IconClock
	case members.PayScope:
		return ui.IconEuro
	default:
		return ui.IconGig
	}
}

func (r *request) timelinePath() string { return "/caseload/" + r.member.Member.String() }

// olderFacts leads behind the last fact shown.
func (r *request) olderFacts(t coaching.Timeline) *ui.Link {
	if !t.Older {
		return nil
	}
	return &ui.Link{Text: r.t("sharing.older"), Path: r.timelinePath() + "?before=" + t.Facts[len(t.Facts)-1].ID.String()}
}

// newestFacts leads back to the beginning.
func (r *request) newestFacts(later bool) *ui.Link {
	if !later {
		return nil
	}
	return &ui.Link{Text: r.t("sharing.newest"), Path: r.timelinePath()}
}
