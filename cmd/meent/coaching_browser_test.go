package main

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"meent/internal/id"
	"meent/members"
	"meent/members/coaching"
)

// pairPlay is a member and their coach, each with a browser of their own.
type pairPlay struct {
	*testing.T
	house         *testHouse
	member, coach *visitor
	is            members.Actor // the member
	path          string        // the coach's page of the member
}

// TestCoachAndMember plays what lies between the two: from the first key to the
// day on which another coach takes over.
func TestCoachAndMember(t *testing.T) {
	house := newTestHouse(t)
	people := members.New(house.db, nil, house.now, nil)
	who := house.someone(t, members.RoleMember)
	is := house.as(t, people, who)
	coach := house.staffOf(t, coachOfMember(t, house, is))
	if err := people.RevokeAll(t.Context(), is, coach.Role.ID); err != nil {
		t.Fatal(err)
	}
	p := &pairPlay{T: t, house: house, is: is, path: "/caseload/" + is.Member.String(),
		member: &visitor{t: t, ctx: newTab(t, newBrowser(t)), house: house}, coach: &visitor{t: t, ctx: newTab(t, newBrowser(t)), house: house}}
	for _, v := range []*visitor{p.member, p.coach} {
		v.run(chromedp.EmulateViewport(390, 844))
	}
	p.member.comeBack(who)
	p.coach.comeBack(coach)
	p.refusedWithoutKeys()
	p.givesKeys()
	p.logsContact()
	p.setsGoalAndLadder()
	statement := p.signsStatement()
	p.takesKeysBack(coach, statement)
	p.handsOver(coach)
}

// coachOfMember is the role that follows the member.
func coachOfMember(t *testing.T, h *testHouse, is members.Actor) members.RoleID {
	t.Helper()
	own, err := h.coaches().CoachOf(t.Context(), is)
	if err != nil || own.Role.IsZero() {
		t.Fatalf("the member has no coach: %v", err)
	}
	return own.Role
}

// staffOf is who has the role.
func (h *testHouse) staffOf(t *testing.T, role members.RoleID) members.PersonRole {
	t.Helper()
	for _, one := range h.everyone {
		if one.Role.ID == role {
			return one
		}
	}
	t.Fatalf("nobody has the role %s", role)
	return members.PersonRole{}
}

// opens goes to a page, and gives the status.
func (v *visitor) opens(path string) int64 {
	v.t.Helper()
	answer, err := chromedp.RunResponse(v.ctx, chromedp.Navigate(v.house.config.URL+path))
	if err != nil {
		v.t.Fatalf("%s: %v", path, err)
	}
	return answer.Status
}

// pushes presses a button, which must be there, and lands on path.
func (v *visitor) pushes(button, path string) {
	v.t.Helper()
	answer, err := chromedp.RunResponse(v.ctx, chromedp.Evaluate(fmt.Sprintf(`document.querySelector(%q).click()`, button), nil))
	if err != nil {
		v.t.Fatalf("%s on %s: %v\n%s", button, v.path(), err, v.text("main"))
	}
	if answer.Status != http.StatusOK || v.path() != path {
		v.t.Fatalf("%s led to %s with %d, want %s:\n%s", button, v.path(), answer.Status, path, v.text("main"))
	}
}

func (p *pairPlay) refusedWithoutKeys() {
	p.Helper()
	if status := p.coach.opens(p.path + "/contacts"); status != http.StatusForbidden {
		p.Errorf("without a key the notes gave %d", status)
	}
	p.member.opens("/sharing")
	p.member.says("wilde")
}

// givesKeys lets the coach do everything but act in the member's name.
func (p *pairPlay) givesKeys() {
	p.Helper()
	p.member.opens("/sharing")
	for _, scope := range coaching.Scopes() {
		p.member.fill(map[string]string{"scopes": string(scope)})
	}
	p.member.sends("/sharing")
}

// logsContact finds the member by signal, and lets it go by a contact.
func (p *pairPlay) logsContact() {
	p.Helper()
	form := p.path + "/contacts/new"
	p.coach.opens("/caseload")
	p.coach.pushes(`a[href="`+form+`"]`, form)
	p.coach.fill(map[string]string{"kind": "call", "minutes": "10", "why": "We oefenden de weg naar het werk.", "next": "Morgen samen fietsen."})
	p.coach.sends(p.path + "/contacts")
	p.coach.says("We oefenden de weg naar het werk.")
	p.member.opens("/notes")
	p.member.says("We oefenden de weg naar het werk.")
	if _, err := p.house.coaches().Ask(p.Context(), p.is, coaching.NewQuestion{Text: "Mag ik later beginnen?"}); err != nil {
		p.Fatal(err)
	}
	p.coach.opens("/caseload?signal=question")
	p.coach.says(p.is.Name)
}

func (p *pairPlay) setsGoalAndLadder() {
	p.Helper()
	p.coach.opens(p.path + "/progress")
	p.coach.fill(map[string]string{"text": "Zelf naar het werk fietsen"})
	p.coach.sends(p.path + "/progress")
	p.coach.fill(map[string]string{"rung": "5"})
	p.coach.sends(p.path + "/progress")
	p.member.opens("/progress")
	p.member.says("Zelf naar het werk fietsen")
	p.member.pushes(`button[name="do"][value="set"]`, "/progress")
	p.member.pushes(`button[name="do"][value="met"]`, "/progress")
	p.member.opens("/progress/score")
	p.member.fill(map[string]string{"feel": "4", "work": "4", "next": "5"})
	p.member.sends("/progress/score")
	p.coach.opens(p.path + "/progress")
	p.coach.says("gelukt")
}

// signsStatement makes one of the last month, which both sign.
func (p *pairPlay) signsStatement() string {
	p.Helper()
	p.coach.opens(p.path + "/statements")
	today := p.house.now()
	p.coach.fill(dayFields("from", today.AddDate(0, 0, -28)))
	p.coach.fill(dayFields("until", today))
	p.coach.fill(map[string]string{"funder": "uwv"})
	if status := p.coach.submits(); status != http.StatusOK {
		p.Fatalf("beginning gave %d:\n%s", status, p.coach.text("main"))
	}
	statement := strings.TrimPrefix(p.coach.path(), p.path+"/statements/")
	p.coach.says("We oefenden de weg naar het werk.")
	p.member.opens("/statements/" + statement + "/form")
	p.member.fill(map[string]string{"reach": "8", "clear": "8", "help": "9", "result": "7", "overall": "8"})
	p.member.sends("/statements/" + statement)
	p.coach.opens(p.path + "/statements/" + statement)
	p.coach.pushes(`form[action$="/sign"] button`, p.path+"/statements/"+statement)
	p.member.opens("/statements/" + statement)
	p.member.says("Zelf naar het werk fietsen")
	p.member.pushes(`form[action$="/sign"] button`, "/statements/"+statement)
	var state string
	if err := p.house.db.QueryRow(p.Context(), `SELECT state FROM coaching.statement WHERE id = $1`, statement).Scan(&state); err != nil || state != "signed" {
		p.Errorf("the statement is %q, %v", state, err)
	}
	return statement
}

func dayFields(field string, at time.Time) map[string]string {
	return map[string]string{field + "-day": strconv.Itoa(at.Day()), field + "-month": strconv.Itoa(int(at.Month())), field + "-year": strconv.Itoa(at.Year())}
}

// takesKeysBack is one tap; the coach's open pages say no at the next, and the
// member reads who tried.
func (p *pairPlay) takesKeysBack(coach members.PersonRole, statement string) {
	p.Helper()
	p.member.opens("/sharing")
	p.member.pushes(`form[action="/sharing/person/`+coach.Role.ID.String()+`/stop"] button`, "/sharing")
	for _, page := range []string{"/statements/" + statement, "/contacts", "/rails", "/profile"} {
		if status := p.coach.opens(p.path + page); status != http.StatusForbidden {
			p.Errorf("%s gave %d after the keys were taken back", page, status)
		}
	}
	p.coach.says(p.is.Name)
	p.member.opens("/sharing")
	p.member.says("wilde")
	var refused int
	if err := p.house.db.QueryRow(p.Context(), `SELECT count(*) FROM members.access_read WHERE member_id = $1 AND refused`, p.is.Member).Scan(&refused); err != nil || refused == 0 {
		p.Errorf("%d lines of refused tries, %v", refused, err)
	}
}

// handsOver gives the member another coach today, with their yes: the one before
// finds nobody, the new one no key.
func (p *pairPlay) handsOver(coach members.PersonRole) {
	p.Helper()
	path := p.path + "/handover"
	p.coach.opens(path)
	var to string
	p.coach.run(chromedp.Evaluate(`[...document.querySelectorAll('select[name="to"] option')].map(o => o.value).find(v => v !== "")`, &to))
	p.coach.fill(dayFields("day", p.house.now()))
	p.coach.fill(map[string]string{"to": to, "reason": "too_large"})
	p.coach.sends(path)
	p.member.opens("/coach/handover")
	p.member.pushes(`input[name="answer"][value="yes"] ~ button`, "/sharing") // where the new coach can be given keys
	role, err := id.Parse[members.Role](to)
	if err != nil {
		p.Fatal(err)
	}
	p.waitsForCoach(role)
	if status := p.coach.opens(p.path); status != http.StatusNotFound {
		p.Errorf("the former coach gets %d", status)
	}
	next := &visitor{t: p.T, ctx: newTab(p.T, newBrowser(p.T)), house: p.house}
	next.comeBack(p.house.staffOf(p.T, role))
	if status := next.opens(p.path); status != http.StatusOK {
		p.Errorf("the new coach gets %d", status)
	}
	if status := next.opens(p.path + "/contacts"); status != http.StatusForbidden {
		p.Errorf("the new coach reads notes without a key: %d", status)
	}
}

// waitsForCoach waits until the task of that day is done.
func (p *pairPlay) waitsForCoach(role members.RoleID) {
	p.Helper()
	for range 100 {
		if coachOfMember(p.T, p.house, p.is) == role {
			return
		}
		p.member.run(chromedp.Sleep(100 * time.Millisecond))
	}
	p.Fatal("the hand-over was not carried out")
}
