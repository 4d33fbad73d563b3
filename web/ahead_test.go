package web_test

import (
	"net/http"
	"testing"

	"meent/members"
)

// TestCoachSeesHowTheFirstDayIsPrepared while they may see the calendar, and nothing
// of it before.
func TestCoachSeesHowTheFirstDayIsPrepared(t *testing.T) {
	h := newHouse(t)
	who := h.actors[members.RoleMember]
	h.engaged()
	h.do(`INSERT INTO jobs.gig_meeting (cooperative_id, gig_id, briefing, accompanied) VALUES ($1, $2, 'Neem schoenen mee.', true)
		ON CONFLICT (cooperative_id, gig_id) DO UPDATE SET briefing = excluded.briefing, accompanied = true`, who.Cooperative, h.gig)
	coach, at := h.signedIn(members.RoleCoach), "/caseload/"+who.Member.String()
	for _, path := range []string{"/caseload", "/home", at} {
		h.saysNothingOf(coach.get(path), "gaat iemand", "uitleg vooraf", "schoenen")
	}
	h.expect(h.share(h.signedIn(members.RoleMember), "24", "5", "2027", "agenda"), http.StatusSeeOther)
	for _, path := range []string{"/caseload", "/home", at} {
		h.says(coach.get(path), "Er gaat iemand van de coöperatie mee.", "De uitleg vooraf is nog niet gelezen.")
	}
	h.do(`INSERT INTO jobs.briefing_read (cooperative_id, gig_id, member_id, version, read_at)
		SELECT cooperative_id, gig_id, $2, briefing_version, $3 FROM jobs.gig_meeting WHERE gig_id = $1`, h.gig, who.Member, h.now)
	h.says(coach.get(at), "De uitleg vooraf is gelezen.")
	h.saysNothingOf(coach.get(at), "nog niet gelezen", "schoenen")
}
