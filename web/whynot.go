package web

import (
	"slices"

	"meent/matching"
	"meent/web/ui"
)

// ruleLink is where a member can do something about a rule that stops them, or
// read more; nil for none. Who acts for the member gets only ways that are open to
// them, too.
func (r *request) ruleLink(rule matching.Rule) *ui.Link {
	path := ""
	switch rule {
	case matching.SkillRule:
		path = "/profile/skills"
	case matching.ReachRule:
		path = "/profile/travel"
	case matching.PhysicalRule, matching.SensoryRule, matching.MentalRule:
		path = "/profile/load"
	case matching.SupportRule:
		path = "/profile/support"
	case matching.AbilityRule:
		path = "/profile/abilities"
	case matching.DutchRule:
		path = "/profile/languages"
	case matching.RoomRule:
		path = "/profile/room"
	case matching.HoursWantedRule:
		path = "/profile/hours"
	case matching.RestDaysRule:
		path = "/profile/contact"
	case matching.CertificateRule:
		path = "/profile/certificate"
	case matching.WeekRule:
		path = "/days"
	case matching.CalmRule, matching.MayRule:
		path = "/home"
	case matching.StepRule:
		path = r.ownPath("/coach/ask")
	case matching.RefusedRule:
		path = r.ownPath("/refusals")
	case matching.BlockRule:
		path = r.ownPath("/sharing#blocks")
	case matching.RailDayRule, matching.RailWeekRule, matching.RailNightRule, matching.RailAloneRule, matching.RailKindRule, matching.RailReachRule,
		matching.RailFirstRule:
		path = r.ownPath("/coach/rails")
	}
	if path == "" {
		return nil
	}
	return &ui.Link{Path: path, Text: r.words.With("whynot.do."+string(rule), nil)}
}

// withoutWeek leaves out that they cannot work then, which has words of its own.
func withoutWeek(rules []matching.Rule) []matching.Rule {
	return slices.DeleteFunc(slices.Clone(rules), func(rule matching.Rule) bool { return rule == matching.WeekRule })
}

// ownPath is a page that is the member's alone: none to who acts for them.
func (r *request) ownPath(path string) string {
	if !r.actor.Helper.IsZero() {
		return ""
	}
	return path
}
