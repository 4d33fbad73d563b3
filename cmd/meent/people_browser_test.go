package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"meent/members"
)

// people are those of a cooperative that begins with nobody.
type people struct{ noor, iris, zoe, sam members.PersonRole }

func somebody(name, email string) members.PersonRole {
	return members.PersonRole{Name: name, Email: members.Email(email)}
}

// TestPeopleAndTheOffice plays a cooperative from its first coordinator to a
// member who tells everything, reads everything, and leaves nothing behind.
func TestPeopleAndTheOffice(t *testing.T) {
	house, log := emptyTestHouseAt(t, "localhost")
	noor, iris, zoe, sam := house.phone(t), house.phone(t), house.phone(t), house.phone(t)
	who := people{somebody("Noor Bakker", "noor@meent.example"), somebody("Iris Smit", "iris@meent.example"),
		somebody("Zoë de Wit", "zoe@linde.example"), somebody("Sam Jansen", "sam@meent.example")}
	noor.founds(firstCode(t, log), who.noor)
	zoe.registersClient(who.zoe)
	noor.runsTheOffice(who)
	zoe.posts(who.zoe)
	iris.invitesBeside(who)
	noor.startsTrial()
	sam.tellsEverything(who.sam)
	sam.takesPasskey(who.sam)
}

// phone is a browser of somebody's own, which makes passkeys.
func (h *testHouse) phone(t *testing.T) *visitor {
	t.Helper()
	v := &visitor{t: t, ctx: newTab(t, newBrowser(t)), house: h}
	v.addFinger()
	return v
}

// founds makes the cooperative, with the code of the log.
func (v *visitor) founds(code string, noor members.PersonRole) {
	v.t.Helper()
	v.run(chromedp.Navigate(v.house.config.URL + "/first"))
	v.fill(map[string]string{"code": code, "name": "Waalkracht", "person": noor.Name, "email": string(noor.Email)})
	v.sends("/first")
	v.says("Waalkracht is er")
	v.halfway(noor) // the office has other people's data
	v.run(chromedp.Navigate(v.house.config.URL + "/account/passkeys"))
	v.makesPasskey("/home")
}

func (v *visitor) makesPasskey(next string) {
	v.t.Helper()
	v.tabTo(`form[data-passkey] button`)
	v.press(kb.Enter, next)
}

// registersClient asks for a household that nobody knows yet.
func (v *visitor) registersClient(zoe members.PersonRole) {
	v.t.Helper()
	v.run(chromedp.Navigate(v.house.config.URL + "/register"))
	v.fill(map[string]string{"name": "Tuincentrum de Linde", "address": "Laan 12", "place": "Nijmegen", "person": zoe.Name, "email": string(zoe.Email), "kind": "organisation"})
	v.sends("/register/sent")
}

// runsTheOffice approves the client, and adds a coach and a municipality.
func (v *visitor) runsTheOffice(who people) {
	v.t.Helper()
	client := v.first("/clients", "/clients/")
	v.run(chromedp.Navigate(v.house.config.URL + client))
	v.tabTo(`form[action$="/approve"] button`)
	v.press(kb.Enter, client)
	v.run(chromedp.Navigate(v.house.config.URL + "/team/new"))
	v.fill(map[string]string{"person": who.iris.Name, "email": string(who.iris.Email), "kind": "coach"})
	v.sends("/team")
	v.says(who.iris.Name)
	v.run(chromedp.Navigate(v.house.config.URL + "/municipalities"))
	v.fill(map[string]string{"name": "nijmegen", "contact": "Loket 2", "consent": "yes"})
	v.sends("/municipalities")
}

func (v *visitor) posts(zoe members.PersonRole) {
	v.t.Helper()
	v.signIn(zoe, "code")
	v.run(chromedp.Navigate(v.house.config.URL + "/gigs/new"))
	if got := v.path(); got != "/gigs/new" {
		v.t.Errorf("the approved client cannot post: %s", got)
	}
}

// invitesBeside lets the coach print a card, open its address as a camera does,
// and fill it in together with who joins.
func (v *visitor) invitesBeside(who people) {
	v.t.Helper()
	v.signIn(who.iris, "link")
	v.run(chromedp.Navigate(v.house.config.URL + "/invitations"))
	var municipality string
	v.run(chromedp.Evaluate(`document.querySelector('[name="municipality"] option:nth-child(2)').value`, &municipality))
	v.fill(map[string]string{"way": "card", "municipality": municipality})
	v.sends("/invitations")
	v.tabTo(`main form[action$="/card"] button`)
	if _, err := chromedp.RunResponse(v.ctx, chromedp.KeyEvent(kb.Enter)); err != nil {
		v.t.Fatal(err)
	}
	address, err := url.Parse("http://" + strings.TrimPrefix(strings.TrimPrefix(v.text(".invite .address"), "http://"), "https://"))
	if err != nil || !strings.HasPrefix(address.Path, "/join/") {
		v.t.Fatalf("the card says %q, %v", v.text(".invite"), err)
	}
	v.run(chromedp.Navigate(v.house.config.URL + address.Path))
	if !strings.HasSuffix(v.path(), "/together") {
		v.t.Fatalf("the coach's camera led to %s", v.path())
	}
	v.fill(map[string]string{"name": who.sam.Name, "email": string(who.sam.Email), "birth-day": "3", "birth-month": "4", "birth-year": "2010",
		"place": "Nijmegen", "travel": "bike", "reach": "12"})
	v.refused("vanaf 18 jaar")
	v.fill(map[string]string{"birth-year": "1990"})
	v.sends("/invitations")
	v.says(who.sam.Name)
	v.signOut()
	v.run(chromedp.Navigate(v.house.config.URL + address.Path))
	if text := v.text("main"); !strings.Contains(text, "Deze uitnodiging werkt niet") {
		v.t.Errorf("the used card says:\n%s", text)
	}
}

// startsTrial notes what the municipality says, and lets the trial begin.
func (v *visitor) startsTrial() {
	v.t.Helper()
	member := v.first("/members", "/members/")
	v.run(chromedp.Navigate(v.house.config.URL + member))
	day := v.house.now()
	v.fill(map[string]string{"consent": "yes", "consent-day-day": fmt.Sprint(day.Day()), "consent-day-month": fmt.Sprint(int(day.Month())), "consent-day-year": fmt.Sprint(day.Year())})
	v.sends(member)
	v.tabTo(`#move-trial form button`)
	v.press(kb.Enter, member)
	v.says("Proeftijd")
}

// tellsEverything answers all questions of the profile by keyboard, without script.
func (v *visitor) tellsEverything(sam members.PersonRole) {
	v.t.Helper()
	v.run(emulation.SetScriptExecutionDisabled(true), chromedp.EmulateViewport(390, 844))
	v.signIn(sam, "code")
	v.answersAll()
	v.run(emulation.SetScriptExecutionDisabled(false))
}

// takesPasskey makes one and comes in with it.
func (v *visitor) takesPasskey(sam members.PersonRole) {
	v.t.Helper()
	v.run(chromedp.Navigate(v.house.config.URL + "/account/passkeys"))
	v.makesPasskey("/account/passkeys")
	v.says("Chrome")
	v.signOut()
	v.run(chromedp.Navigate(v.house.config.URL + "/signin"))
	v.tabTo(`form[data-passkey] button`)
	v.press(kb.Enter, "/home")
	v.says(sam.Name)
}

// fill writes into the fields of these names, and chooses where there is a choice.
func (v *visitor) fill(values map[string]string) {
	v.t.Helper()
	const set = `for (const [name, value] of Object.entries(%s)) {
		const all = [...document.getElementsByName(name)]
		if (all.length === 0) throw new Error("no field " + name)
		const choice = all.find(one => one.type === "radio" || one.type === "checkbox" ? one.value === value : true)
		if (!choice) throw new Error(value + " is no choice of " + name)
		if (choice.type === "radio" || choice.type === "checkbox") choice.checked = true; else choice.value = value
		window.filled = choice.form
	}`
	list, err := json.Marshal(values)
	if err != nil {
		v.t.Fatal(err)
	}
	v.run(chromedp.Evaluate(fmt.Sprintf(set, list), nil))
}

// sends presses the button of the form that was filled in, which leads to path.
func (v *visitor) sends(path string) {
	v.t.Helper()
	if status := v.submits(); status >= http.StatusMultipleChoices || v.path() != path {
		v.t.Fatalf("the form led to %s with %d, want %s:\n%s", v.path(), status, path, v.text("main"))
	}
}

// refused sends the form and reads what is wrong.
func (v *visitor) refused(says string) {
	v.t.Helper()
	if status := v.submits(); status != http.StatusUnprocessableEntity || !strings.Contains(v.text("main"), says) {
		v.t.Fatalf("the form led to %s with %d, want %q:\n%s", v.path(), status, says, v.text("main"))
	}
}

func (v *visitor) submits() int64 {
	v.t.Helper()
	answer, err := chromedp.RunResponse(v.ctx, chromedp.Evaluate(`window.filled.querySelector('[type="submit"]').click()`, nil))
	if err != nil {
		v.t.Fatal(err)
	}
	return answer.Status
}

func (v *visitor) says(text string) {
	v.t.Helper()
	if got := v.text("main"); !strings.Contains(got, text) {
		v.t.Errorf("%s does not say %q:\n%s", v.path(), text, got)
	}
}
