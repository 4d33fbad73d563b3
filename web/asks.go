package web

import (
	"meent/members"
	"meent/members/coaching"
	"meent/web/ui"
)

// asksOfMember lead to what waits for the member's answer, one line each.
func (r *request) asksOfMember(list []coaching.AskedOf) (links []ui.Link) {
	paths := map[coaching.AskKind]ui.Link{
		coaching.AskRail: {Path: "/coach/rails", Icon: ui.IconCheck}, coaching.AskRung: {Path: "/progress#ladder", Icon: ui.IconCheck},
		coaching.AskStatement: {Path: "/statements", Icon: ui.IconPen}, coaching.AskHandOver: {Path: "/coach/handover", Icon: ui.IconHand},
		coaching.AskRelease: {Path: "/sharing/clients", Icon: ui.IconClient}, coaching.AskBuddy: {Path: "/buddy", Icon: ui.IconPeople},
		coaching.AskBuddyOf: {Path: "/buddies", Icon: ui.IconPeople},
	}
	return r.askLinks("asks.member.", list, paths)
}

// asksOfCoach lead to what waits for the coach's answer about this member.
func (r *request) asksOfCoach(list []coaching.AskedOf) []ui.Link {
	at := r.timelinePath()
	return r.askLinks("asks.coach.", list, map[coaching.AskKind]ui.Link{
		coaching.AskRail: {Path: at + "/rails", Icon: ui.IconCheck}, coaching.AskRung: {Path: at + "/progress#ladder", Icon: ui.IconCheck},
		coaching.AskRelease: {Path: at + "/releases", Icon: ui.IconClient},
	})
}

func (r *request) askLinks(key string, list []coaching.AskedOf, to map[coaching.AskKind]ui.Link) (links []ui.Link) {
	for _, one := range list {
		if link, has := to[one.Kind]; has {
			link.Text = r.words.With(key+string(one.Kind), map[string]any{"Name": members.FirstName(one.By)})
			links = append(links, link)
		}
	}
	return links
}

// asksScore reports whether this week has no score yet.
func asksScore(list []coaching.AskedOf) bool {
	for _, one := range list {
		if one.Kind == coaching.AskScore {
			return true
		}
	}
	return false
}
