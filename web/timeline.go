package web

import (
	"maps"
	"net/http"
	"time"

	"meent/internal/id"
	"meent/jobs"
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
	titles, err := r.factTitles(timeline.Facts)
	if err != nil {
		return err
	}
	if err := r.aheadOfFacts(timeline.Facts); err != nil {
		return err
	}
	asks, err := r.web.Coaching.AsksCoach(r.Request.Context(), r.actor, r.member.Member)
	if err != nil {
		return err
	}
	bank, err := r.coachBank(timeline)
	if err != nil {
		return err
	}
	return r.page(http.StatusOK, r.member.Name, caseloadMemberBody(r, timeline, titles, r.asksOfCoach(asks), bank, !before.IsZero()))
}

// factTitles finds what work the facts are about. Facts that the coach may not
// read are not among them, so nothing else is asked for.
func (r *request) factTitles(facts []coaching.Fact) (map[string]jobs.Title, error) {
	ctx, member := r.Request.Context(), r.member.Member
	var refs []string
	for _, f := range facts {
		refs = append(refs, f.Ref)
	}
	titles, err := r.web.Matching.Titles(ctx, r.actor.Cooperative, member, refs)
	if err != nil {
		return nil, err
	}
	works, err := r.web.Jobs.Titles(ctx, r.actor.Cooperative, member, refs)
	maps.Copy(titles, works)
	return titles, err
}

// until says how long a grant lasts.
func (r *request) until(day members.Day) string {
	return r.t("sharing.until", "Day", r.words.DayOf(day))
}

// factWord says what happened, or will.
func (r *request) factWord(f coaching.Fact) string {
	kind := string(f.Kind)
	if (f.Kind == coaching.Shift || f.Kind == coaching.FirstShift) && f.At.After(r.web.Now()) {
		kind += "_coming"
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
