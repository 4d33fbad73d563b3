package main

import (
	"testing"

	"github.com/chromedp/chromedp"

	"meent/members"
	"meent/members/coaching"
)

// TestPagesOfFourPeople lets all four look on while hours are proposed and
// agreed, and nobody touches a page.
func TestPagesOfFourPeople(t *testing.T) {
	house := newTestHouse(t)
	member := house.someone(t, members.RoleMember)
	coach := house.coachOf(t, member)
	caseload := "/caseload/" + house.as(t, members.New(house.db, nil, house.now, nil), member).Member.String()
	people := []struct {
		who         members.PersonRole
		looks, sees string // XPath of what comes
	}{
		{member, "/pay", `//*[@id="pay"]//a[text()="Helpen met opruimen"]`},
		{house.someone(t, members.RoleClient), "/home", `//*[@id="owed"]/..//a[text()="Helpen met opruimen"]`},
		{coach, caseload, `//*[@id="facts"]//div[text()="Helpen met opruimen"]`},
		{house.someone(t, members.RoleCoordinator), "/home", `//*[@id="mine"]//strong[contains(text(),"26,40")]`},
	}
	var eyes []*visitor
	for _, one := range people {
		v := &visitor{t: t, ctx: newTab(t, newBrowser(t)), house: house}
		v.comeBack(one.who)
		v.run(chromedp.Navigate(house.config.URL+one.looks), chromedp.WaitReady(`[data-following]`), chromedp.Evaluate(`window.untouched = true`, nil))
		eyes = append(eyes, v)
	}
	house.workDone(t, agreed)
	for i, v := range eyes {
		var untouched bool
		v.run(chromedp.WaitVisible(people[i].sees), chromedp.Evaluate(`window.untouched === true`, &untouched))
		if !untouched {
			t.Errorf("the page of %s was loaded anew", people[i].who.Name)
		}
	}
}

// coachOf lets the member share with their coach, who is returned.
func (h *testHouse) coachOf(t *testing.T, member members.PersonRole) members.PersonRole {
	t.Helper()
	people := members.New(h.db, nil, h.now, nil)
	own := h.shareAll(t, coaching.New(h.db, nil, people, h.now, nil), h.as(t, people, member))
	for _, one := range h.everyone {
		if one.Role.ID == own.Role {
			return one
		}
	}
	t.Fatal("the member has no coach")
	return members.PersonRole{}
}
