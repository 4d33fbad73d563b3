package web

import (
	"net/http"
	"strconv"
	"strings"

	"meent/internal/id"
	"meent/members"
	"meent/members/coaching"
	"meent/web/ui"
)

// memberPage is what the office sees of one member.
type memberPage struct {
	members.Standing
	coach   coaching.Coach
	coaches []coaching.CaseloadSize
	over    coaching.HandOver
}

// showMember handles GET /members/:member.
func showMember(r *request) error {
	f := r.emptyForm()
	f.set("consent", string(r.stands.Consent))
	if day := strings.Split(string(r.stands.ConsentDay), "-"); len(day) == 3 {
		f.set("consent-day-year", day[0])
		f.set("consent-day-month", strings.TrimPrefix(day[1], "0"))
		f.set("consent-day-day", strings.TrimPrefix(day[2], "0"))
	}
	return r.memberPage(http.StatusOK, f)
}

// moveMember handles POST /members/:member/move.
func moveMember(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	to := members.Membership(f.text("to"))
	err = r.web.Members.MoveMember(r.Request.Context(), r.actor, r.stands.Member, to, f.paragraphs(whyField(to)))
	if err := f.wrong(err); err != nil {
		return err
	}
	f.move("why", whyField(to))
	return r.memberChanged(f, "member.moved")
}

// noteConsent handles POST /members/:member/consent.
func noteConsent(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	var day members.Day
	if f.text("consent") == string(members.ConsentYes) {
		day, _ = f.day("consent-day")
	}
	err = r.web.Members.NoteConsent(r.Request.Context(), r.actor, r.stands.Member, members.Consent(f.text("consent")), day)
	if err := f.wrong(err); err != nil {
		return err
	}
	return r.memberChanged(f, "member.consent_noted")
}

// assignCoach handles POST /members/:member/coach.
func assignCoach(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	coach, err := id.Parse[members.Role](f.text("coach"))
	if err != nil {
		f.problems.Add("coach", "not_a_choice", nil)
		return r.memberChanged(f, "")
	}
	if _, again := f.values["why-coach"]; again { // somebody follows the member already
		err = f.wrong(r.web.Coaching.Reassign(r.Request.Context(), r.actor, r.stands.Member, coach, f.paragraphs("why-coach")))
	} else {
		err = r.web.Coaching.Assign(r.Request.Context(), r.actor, r.stands.Member, coach)
	}
	if err != nil {
		return err
	}
	return r.memberChanged(f, "member.coach_assigned")
}

// endCoach handles POST /members/:member/coach/end.
func endCoach(r *request) error {
	if err := r.web.Coaching.End(r.Request.Context(), r.actor, r.stands.Member); err != nil {
		return err
	}
	return r.memberChanged(r.emptyForm(), "member.coach_ended")
}

// memberChanged leads back to the page with good news, or shows what is wrong.
func (r *request) memberChanged(f *form, news string) error {
	if f.bad() {
		return r.memberPage(http.StatusUnprocessableEntity, f)
	}
	r.flash(news)
	return r.to("/members/" + r.stands.Member.String())
}

func (r *request) memberPage(status int, f *form) (err error) {
	p := memberPage{Standing: r.stands}
	if p.coaches, err = r.web.Coaching.Caseloads(r.Request.Context(), r.actor); err != nil {
		return err
	}
	all, err := r.web.Coaching.Coaches(r.Request.Context(), r.actor)
	if err != nil {
		return err
	}
	p.coach = all[p.Member]
	if p.over, err = r.web.Coaching.HandOver(r.Request.Context(), r.actor, p.Member); err != nil {
		return err
	}
	return r.page(status, p.Name, memberBody(r, p, f))
}

// findStanding finds the member of the path in the coordinator's cooperative.
func (r *request) findStanding() error {
	m, err := id.Parse[members.Member](r.Param("member"))
	if err != nil {
		return err
	}
	r.stands, err = r.web.Members.Standing(r.Request.Context(), r.actor, m)
	return err
}

// whyField is the field for the reason; each move on the page has one.
func whyField(to members.Membership) string { return "why-" + string(to) }

// paragraphs is the first value of a field, with ends of lines as we keep them.
func (f *form) paragraphs(field string) string {
	return strings.ReplaceAll(f.text(field), "\r\n", "\n")
}

// memberFields are the fields of the page, in its order.
func (p memberPage) memberFields() []string {
	fields := []string{}
	for _, to := range p.Membership.Next() {
		fields = append(fields, whyField(to))
	}
	return append(fields, "consent", "consent-day", "coach", "why-coach")
}

// path is the address of one of the member's forms.
func (p memberPage) path(what string) string { return "/members/" + p.Member.String() + "/" + what }

func (r *request) membershipTone(m members.Membership) ui.Tone {
	switch m {
	case members.Joined:
		return ui.Good
	case members.Alumni:
		return ui.Neutral
	}
	return ui.Waits
}

// memberTerms are the dates of the membership.
func (r *request) memberTerms(p memberPage) (terms []ui.Term) {
	for _, state := range members.Memberships() {
		if at, ok := p.Since[state]; ok {
			terms = append(terms, ui.Term{Word: r.words.With("membership.since."+string(state), nil), Meaning: r.words.LongDate(at)})
		}
	}
	if p.Membership == members.OnTrial {
		terms = append(terms, ui.Term{Word: r.t("member.trial_until"), Meaning: r.words.DayOf(p.TrialUntil)})
	}
	if p.MovedBy != "" {
		terms = append(terms, ui.Term{Word: r.t("member.moved_by"), Meaning: p.MovedBy})
	}
	return append(terms, ui.Term{Word: r.t("signin.email"), Meaning: string(p.Email)}, ui.Term{Word: r.t("gig.place"), Meaning: p.PlaceName})
}

// trialOver reports whether the last day of the trial is gone.
func (r *request) trialOver(p memberPage) bool {
	return p.Membership == members.OnTrial && p.TrialUntil < members.DayOf(r.web.Now())
}

func (r *request) coachChoices(p memberPage) []ui.Choice {
	choices := []ui.Choice{{Text: r.t("member.choose_coach")}}
	for _, c := range p.coaches {
		choices = append(choices, ui.Choice{Value: c.Role.String(), Text: r.t("member.coach_size", "Name", c.Name, "Size", r.sizeText(c.Members))})
	}
	return choices
}

func (r *request) sizeText(n int) string {
	if n == 0 {
		return r.t("member.size_none")
	}
	return strconv.Itoa(n) + " " + r.words.N("caseload.count_short", n)
}

func (r *request) consentChoices() (choices []ui.Choice) {
	for _, c := range members.Consents() {
		choices = append(choices, ui.Choice{Value: string(c), Text: r.words.With("membership.consent."+string(c), nil)})
	}
	return choices
}

func (r *request) optionalWhy(to members.Membership) string {
	if to == members.Alumni {
		return ""
	}
	return r.t("newgig.optional")
}

func moveKind(to members.Membership) ui.ButtonKind {
	if to == members.Alumni {
		return ui.Danger
	}
	return ui.Primary
}
