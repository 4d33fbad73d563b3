package web_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"meent/members"
	"meent/members/coaching"
)

// unpacked gives the files of an archive by name.
func unpacked(t *testing.T, got answer) map[string]string {
	t.Helper()
	if got.status != http.StatusOK || got.header.Get("Content-Type") != "application/zip" {
		t.Fatalf("the download gave %d, %s: %s", got.status, got.header.Get("Content-Type"), got.Find("main").Text())
	}
	z, err := zip.NewReader(bytes.NewReader([]byte(got.body)), int64(len(got.body)))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		files[f.Name] = string(text)
	}
	return files
}

// TestOwnData: everybody may take what is kept about them, as one file that is
// whole without a network, and it is written down.
func TestOwnData(t *testing.T) {
	h := newHouse(t)
	member := h.actors[members.RoleMember]
	_, err := h.coaching.Ask(t.Context(), member, coaching.NewQuestion{Text: "=1+1 mag ik <b>later</b> komen?"})
	h.must(err)
	h.offer()
	for _, kind := range append(members.RoleKinds(), "") {
		b := h.signedIn(kind)
		page := b.get("/account/data")
		if page.status != http.StatusOK || page.Find(`form[action="/account/data"]`).Length() != 1 {
			t.Fatalf("the page of a %s gave %d: %s", kind, page.status, page.Find("main").Text())
		}
		got := b.post("/account/data")
		files := unpacked(t, got)
		if got.header.Get("Cache-Control") != "no-store" || !strings.Contains(got.header.Get("Content-Disposition"), `attachment; filename="mijn-gegevens-2026-11-24.zip"`) {
			t.Errorf("the headers are %v", got.header)
		}
		if !strings.Contains(files["index.html"], person(kind, "waal").Name) || !strings.Contains(files["data.json"], person(kind, "waal").Email) {
			t.Errorf("the file of a %s does not know who it is of", kind)
		}
	}
	files := unpacked(t, h.signedIn(members.RoleMember).post("/account/data"))
	if page := files["index.html"]; strings.Contains(page, "<script") || strings.Contains(page, "http") || strings.Contains(page, "<b>") || !strings.Contains(page, "mag ik &lt;b&gt;later") {
		t.Errorf("the page in the file: %s", page)
	}
	if missing := regexp.MustCompile(`owndata\.[a-z_.]+`).FindAllString(files["index.html"], -1); missing != nil {
		t.Errorf("no words for %v", missing)
	}
	if !strings.Contains(files["tables/questions.csv"], ";'=1+1 mag ik") || !strings.Contains(files["tables/offers.csv"], "Ramen lappen") {
		t.Errorf("the sheets are %q, %q", files["tables/questions.csv"], files["tables/offers.csv"])
	}
	var data struct {
		Parts map[string]map[string][]map[string]any
	}
	if err := json.Unmarshal([]byte(files["data.json"]), &data); err != nil || data.Parts["coaching"]["questions"][0]["text"] != "=1+1 mag ik <b>later</b> komen?" {
		t.Errorf("data.json: %v, %v", data.Parts["coaching"]["questions"], err)
	}
	for name := range data.Parts {
		for table := range data.Parts[name] {
			if _, ok := files["tables/"+table+".csv"]; !ok {
				t.Errorf("%s has no sheet", table)
			}
		}
	}
	deeds, err := h.members.Concerning(t.Context(), member.Person)
	if err != nil || deeds[0].What != "data_exported" {
		t.Errorf("the deeds are %+v, %v", deeds, err)
	}
}

// TestOwnDataIsForOneself, after one has shown who one is, and not all day.
func TestOwnDataIsForOneself(t *testing.T) {
	h := newHouse(t)
	b := h.signedIn(members.RoleMember)
	h.now = h.now.Add(11 * time.Minute)
	if page := b.get("/account/data"); page.Find(`form[action="/account/data"]`).Length() != 0 || page.Find(`a[href="/confirm?next=%2Faccount%2Fdata"]`).Length() != 1 {
		t.Errorf("the page of who is in for long: %s", page.Find("main").Text())
	}
	for _, path := range []string{"/account/data", "/account/erase"} {
		if got := b.post(path, "sure", "yes"); got.status != http.StatusSeeOther || !strings.HasPrefix(got.location, "/confirm?next=%2Faccount%2F") {
			t.Errorf("%s without showing who one is gave %d, %s", path, got.status, got.location)
		}
	}
	if got := h.browser().post("/account/data"); got.location != "/signin" {
		t.Errorf("a visitor gets %d, %s", got.status, got.location)
	}
	b = h.signedIn(members.RoleMember)
	last := 0
	for range 11 {
		last = b.post("/account/data").status
	}
	if last != http.StatusTooManyRequests {
		t.Errorf("the eleventh in an hour gave %d", last)
	}
	if got := b.do(http.MethodPost, "/account/data", "", "Origin", "https://evil.example", "Sec-Fetch-Site", "cross-site"); got.status != http.StatusForbidden {
		t.Errorf("from another site: %d", got.status)
	}
}
