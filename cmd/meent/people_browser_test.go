package main

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/runtime"
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
	sam.takesEverythingAlong(who.sam)
	sam.leavesNothing()
	house.knowsNothingOf(t, who.sam)
	noor.seesNobody(who.sam)
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

// takesEverythingAlong downloads one file, in which all that was told stands.
func (v *visitor) takesEverythingAlong(sam members.PersonRole) {
	v.t.Helper()
	const download = `(async () => {
		const form = document.querySelector('form[action="/account/data"]')
		const answer = await fetch(form.action, {method: "POST", body: new URLSearchParams(new FormData(form))})
		const bytes = new Uint8Array(await answer.arrayBuffer())
		return answer.headers.get("content-type") + " " + btoa(Array.from(bytes, b => String.fromCharCode(b)).join(""))
	})()`
	var answer string
	v.run(chromedp.Navigate(v.house.config.URL+"/account/data"), chromedp.Evaluate(download, &answer, awaited))
	kind, text, _ := strings.Cut(answer, " ")
	file, err := base64.StdEncoding.DecodeString(text)
	if err != nil || kind != "application/zip" {
		v.t.Fatalf("the file is %s, %v", kind, err)
	}
	archive, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		v.t.Fatal(err)
	}
	for _, name := range []string{"index.html", "data.json"} {
		all := unzipped(v.t, archive, name)
		for _, told := range []string{sam.Name, string(sam.Email), "Ik wil leren lassen.", "Bel mij liever niet.", "Nijmegen"} {
			if !strings.Contains(all, told) {
				v.t.Errorf("%s does not hold %q", name, told)
			}
		}
	}
}

func awaited(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }

// unzipped is a file whose name ends so.
func unzipped(t *testing.T, archive *zip.Reader, name string) string {
	t.Helper()
	for _, one := range archive.File {
		if !strings.HasSuffix(one.Name, name) {
			continue
		}
		file, err := one.Open()
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		text, err := io.ReadAll(file)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	t.Fatalf("there is no %s in the file", name)
	return ""
}

// leavesNothing erases oneself, by keyboard.
func (v *visitor) leavesNothing() {
	v.t.Helper()
	v.run(chromedp.Navigate(v.house.config.URL + "/account/erase"))
	v.tabTo(`input[name="sure"]`)
	v.run(chromedp.KeyEvent(" "))
	v.tabTo(`form[action="/account/erase"] button`)
	v.press(kb.Enter, "/goodbye")
	v.run(chromedp.Navigate(v.house.config.URL + "/home"))
	if got := v.path(); got != "/signin" {
		v.t.Errorf("who is erased is at %s", got)
	}
}

// knowsNothingOf looks into every row of every table, when the last mail is out;
// the mailbox stands for somebody else's computer.
func (h *testHouse) knowsNothingOf(t *testing.T, who members.PersonRole) {
	t.Helper()
	for late := time.Now().Add(20 * time.Second); time.Now().Before(late); time.Sleep(20 * time.Millisecond) {
		var waiting int
		if err := h.db.QueryRow(t.Context(), `SELECT count(*) FROM members.farewell`).Scan(&waiting); err != nil {
			t.Fatal(err)
		}
		if waiting == 0 {
			break
		}
	}
	for table, dump := range h.dump(t) {
		for _, text := range []string{who.Name, string(who.Email), "leren lassen", "liever niet"} {
			if table != "mail.message" && strings.Contains(dump, text) {
				t.Errorf("%q is left in %s", text, table)
			}
		}
	}
}

// seesNobody looks at the lists of the office.
func (v *visitor) seesNobody(sam members.PersonRole) {
	v.t.Helper()
	for _, path := range []string{"/members?state=alumni", "/deeds", "/lost-phone", "/home"} {
		v.run(chromedp.Navigate(v.house.config.URL + path))
		if got := v.text("main"); got == "" || strings.Contains(got, sam.Name) || strings.Contains(got, string(sam.Email)) {
			v.t.Errorf("%s says:\n%s", path, got)
		}
	}
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
