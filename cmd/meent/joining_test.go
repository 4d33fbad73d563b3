package main

import (
	"context"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"meent/internal/tasks"
	"meent/members"
)

// invite leaves invitations of a coach, and gives the path of one that can be
// used.
func (h *testHouse) invite(t *testing.T) string {
	t.Helper()
	people := members.New(h.db, tasks.New(h.db, tasks.Config{Now: h.now}), h.now, nil, h.keyring)
	coach := h.as(t, people, h.someone(t, members.RoleCoach))
	revoked, err := people.Invite(t.Context(), coach, members.NewInvitation{Email: "iemand@meent.example"})
	if err == nil {
		err = people.RevokeInvitation(t.Context(), coach, revoked)
	}
	if err == nil {
		_, err = people.Invite(t.Context(), coach, members.NewInvitation{Email: "een.heel.lang.adres.dat.nergens.past@een-lange-naam.meent.example"})
	}
	if err != nil {
		t.Fatal(err)
	}
	office := h.as(t, people, h.someone(t, members.RoleCoordinator))
	err = people.AddMunicipality(t.Context(), office, members.NewMunicipality{Name: "Berg en Dal", ConsentFirst: true, Contact: "Een heel lange naam, 024 123 45 67"})
	if err != nil {
		t.Fatal(err)
	}
	list, err := people.Municipalities(t.Context(), coach)
	if err != nil || len(list) == 0 {
		t.Fatalf("%d municipalities, %v", len(list), err)
	}
	card, err := people.Invite(t.Context(), coach, members.NewInvitation{Card: true, Municipality: list[0].ID})
	if err != nil {
		t.Fatal(err)
	}
	_, secret, err := people.IssueCard(t.Context(), coach, card)
	if err == nil {
		_, err = people.Invite(t.Context(), coach, members.NewInvitation{Card: true}) // the newest: lookAtCard prints it anew
	}
	if err != nil {
		t.Fatal(err)
	}
	return "/join/" + secret
}

// lookAtCard prints a card and looks at it, on the screen.
func (v *visitor) lookAtCard(kind members.RoleKind) {
	v.t.Helper()
	if kind != members.RoleCoach {
		return
	}
	v.run(media("light"), chromedp.EmulateViewport(320, 900), chromedp.Navigate(v.house.config.URL+"/invitations"))
	answer, err := chromedp.RunResponse(v.ctx, chromedp.Click(`main form[action$="/card"] .button`, chromedp.ByQuery))
	if err != nil || answer.Status != http.StatusOK {
		v.t.Fatalf("the card gave %v, %v", answer, err)
	}
	v.lookAround("card", looks())
}

// TestCardIsASheetOfA6 prints a card as a browser does.
func TestCardIsASheetOfA6(t *testing.T) {
	house := newTestHouse(t)
	house.invite(t)
	v := &visitor{t: t, ctx: newTab(t, newBrowser(t)), house: house}
	v.arrive(members.RoleCoach)
	v.run(chromedp.Navigate(house.config.URL+"/invitations"), chromedp.Click(`main form[action$="/card"] .button`, chromedp.ByQuery), chromedp.WaitVisible(`.invite`))
	var sheet []byte
	v.run(chromedp.ActionFunc(func(ctx context.Context) (err error) {
		sheet, _, err = page.PrintToPDF().WithPreferCSSPageSize(true).Do(ctx)
		return err
	}))
	sizes := regexp.MustCompile(`/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]`).FindAllStringSubmatch(string(sheet), -1)
	if len(sizes) != 1 || !strings.HasPrefix(sizes[0][1], "297") && !strings.HasPrefix(sizes[0][1], "298") {
		t.Errorf("the sheets are %q", sizes) // A6 is 297.6 points wide
	}
	if folder := os.Getenv("MEENT_PICTURES"); folder != "" {
		if err := os.WriteFile(filepath.Join(folder, "card.pdf"), sheet, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// upload leaves two files of the first coordinator, and gives the paths of one
// with something wrong and one without.
func (h *testHouse) upload(t *testing.T) (wrong, ready string) {
	t.Helper()
	people := members.New(h.db, tasks.New(h.db, tasks.Config{Now: h.now}), h.now, nil, h.keyring)
	office := h.as(t, people, h.someone(t, members.RoleCoordinator))
	bad, err := people.Upload(t.Context(), office, members.ImportMembers, []byte("naam;e-mail;plaats;reist;km\n;geen;Atlantis;raket;veel\nSam;sam@meent.example;Nijmegen;fiets;8\n"))
	if err != nil {
		t.Fatal(err)
	}
	good, err := people.Upload(t.Context(), office, members.ImportClients, []byte("naam;soort;plaats;adres\nEen organisatie met een heel lange naam;organisatie;Arnhem;Laan 1\n"))
	if err != nil {
		t.Fatal(err)
	}
	return "/import/" + bad.String(), "/import/" + good.String()
}
