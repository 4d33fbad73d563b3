package web_test

import (
	"net/http"
	"strings"
	"testing"

	"meent/members"
)

func TestContactPage(t *testing.T) {
	h := newHouse(t)
	b := h.signedIn(members.RoleMember)
	if page := b.get("/account"); page.Find(`main a[href="/account/contact"]`).Length() != 1 {
		t.Error("nothing leads to the page")
	}
	if page := b.get("/account/contact"); page.status != http.StatusOK || page.Find("input[name=phone]").AttrOr("value", "") != "" {
		t.Errorf("an empty page is %d", page.status)
	}
	fine := []string{"phone", "024 123 45 67", "birth-day", "2", "birth-month", "1", "birth-year", "1990", "address", "Waalkade 1\r\n6511 XR Nijmegen"}
	if got := b.post("/account/contact", fine...); got.location != "/account/contact" {
		t.Fatalf("saving gave %d:\n%s", got.status, got.Find("main").Text())
	}
	page := b.get("/account/contact")
	for name, want := range map[string]string{"phone": "024 123 45 67", "birth-day": "2", "birth-month": "1", "birth-year": "1990"} {
		if got := page.Find("input[name="+name+"]").AttrOr("value", ""); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if got := page.Find("textarea[name=address]").Text(); got != "Waalkade 1\n6511 XR Nijmegen" {
		t.Errorf("the address is %q", got)
	}
}

func TestContactPageRefuses(t *testing.T) {
	h := newHouse(t)
	b := h.signedIn(members.RoleMember)
	for name, tt := range map[string]struct {
		fields []string
		says   string
	}{
		"birth under age":   {[]string{"birth-day", "25", "birth-month", "11", "birth-year", "2008"}, "vanaf 18 jaar"},
		"birth half a day":  {[]string{"birth-day", "25", "birth-year", "1990"}, "bestaat niet"},
		"birth in no month": {[]string{"birth-day", "25", "birth-month", "13", "birth-year", "1990"}, "bestaat niet"},
		"phone of letters":  {[]string{"phone", "bel mij"}, "geen telefoonnummer"},
		"address too long":  {[]string{"address", strings.Repeat("a", 201)}, "200"},
	} {
		field, _, _ := strings.Cut(name, " ")
		got := b.post("/account/contact", tt.fields...)
		if got.status != http.StatusUnprocessableEntity || !strings.Contains(got.Find("#"+field+"-wrong").Text(), tt.says) {
			t.Errorf("%s gave %d: %q", name, got.status, got.Find("#"+field+"-wrong").Text())
		}
	}
	if got := b.post("/account/contact"); got.location != "/account/contact" {
		t.Errorf("nothing at all gave %d", got.status)
	}
}
