package web

import (
	"net/http"
	"slices"

	"meent/members"
)

// caseloadProfile handles GET /caseload/:member/profile: what the member tells
// of themselves, when they let the coach read it. The reading is noted for the
// member to see.
func caseloadProfile(r *request) (err error) {
	var k known
	k.Profile, k.Confidences, err = r.web.Coaching.Profile(r.Request.Context(), r.actor, r.member.Member)
	if err != nil {
		return err
	}
	return r.page(http.StatusOK, r.member.Name, caseloadProfileBody(r, k))
}

// confirmSkill handles POST /caseload/:member/skills/:skill/confirm.
func confirmSkill(r *request) error {
	err := r.web.Coaching.ConfirmSkill(r.Request.Context(), r.actor, r.member.Member, r.Param("skill"))
	if err != nil {
		return err
	}
	r.flash("caseload.confirmed")
	return r.to(r.timelinePath() + "/profile#skills")
}

// seenByMe reports whether the acting coach saw that the member can do it.
func (r *request) seenByMe(s members.OwnSkill) bool {
	return slices.ContainsFunc(s.Seen, func(e members.Evidence) bool { return e.By == r.actor.Role })
}

// toldToCoach leaves out skills, which have a list of their own.
func (r *request) toldToCoach(k known) []told {
	return slices.DeleteFunc(r.toldBy(k), func(t told) bool {
		return t.question == members.NameQuestion || t.question == members.SkillsQuestion || t.question == members.LevelsQuestion
	})
}
