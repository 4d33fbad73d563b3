package web

import (
	"strconv"

	"meent/jobs"
	"meent/matching"
	"meent/members"
	"meent/web/ui"
)

// gigShortage is what keeps people from the gig, for who runs it; nothing of a gig
// that is not open.
func (r *request) gigShortage() (found matching.Shortage, err error) {
	if !r.gigRunner() || r.gig.State != jobs.Open {
		return found, nil
	}
	return r.web.Matching.Shortage(r.Request.Context(), r.actor, r.gig.ID)
}

// changeText is the one change that would let in most people.
func (r *request) changeText(c matching.Change) string {
	switch c.Kind {
	case matching.TimeChange:
		return r.t("shortage.change_time", "Moment", r.moment(c.Starts), "Count", c.Opens)
	case matching.PlaceChange:
		return r.t("shortage.change_place", "Count", c.Opens)
	case matching.SkillChange:
		return r.t("shortage.change_skill", "Skill", c.Skill.Label(r.words.Locale), "Count", c.Opens)
	case matching.SeatsChange:
		return r.t("shortage.change_seats", "Count", c.Opens)
	default:
		return ""
	}
}

// changeWay is where that can be changed; nil for what cannot while the gig is open.
func (r *request) changeWay(s matching.Shortage) *ui.Link {
	shifts := "/gigs/" + r.gig.ID.String() + "/shifts"
	switch s.Change.Kind {
	case matching.TimeChange:
		return &ui.Link{Path: shifts + "/" + s.Shift.ID.String() + "/move", Text: r.t("shortage.move")}
	case matching.SeatsChange:
		return &ui.Link{Path: shifts, Text: r.t("shortage.seats")}
	default:
		return nil
	}
}

// canText is how many members can do it.
func (r *request) canText(s matching.Shortage) string {
	if s.Can == 0 {
		return r.t("shortage.nobody")
	}
	return r.words.N("shortage.can", s.Can)
}

// stopTable says to the office which rules stop how many; of few it does not say how
// few, which might say who.
func (r *request) stopTable(s matching.Shortage) ui.Table {
	t := ui.Table{Caption: r.t("shortage.table"), Heads: []ui.Head{{Text: r.t("shortage.rule")}, {Text: r.t("shortage.count"), Number: true}}}
	for _, stop := range s.Stops {
		n := r.t("shortage.under_five")
		if stop.Members > 0 {
			n = strconv.Itoa(stop.Members)
		}
		t.Rows = append(t.Rows, []string{r.words.With("rule."+string(stop.Rule), nil), n})
	}
	return t
}

// tellsShortage reports whether there is anything of it that this person reads.
func (r *request) tellsShortage(s matching.Shortage) bool {
	return s.Short() && (s.Change.Opens > 0 || r.actor.Kind == members.RoleCoordinator)
}
