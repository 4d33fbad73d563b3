package web_test

import (
	"encoding/json"
	"encoding/xml"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"meent/jobs"
	"meent/members"
)

func (h *house) openWork() string {
	return "/open-gigs/" + h.actors[members.RoleClient].Cooperative.String()
}

func (h *house) farOpenWork() string {
	return "/open-gigs/" + h.far[members.RoleClient].Cooperative.String()
}

// showWork switches the public pages of both cooperatives.
func (h *house) showWork(here, there bool) {
	h.t.Helper()
	_, err := h.db.Exec(h.t.Context(), `UPDATE members.settings SET public_since = CASE WHEN CASE cooperative_id WHEN $1 THEN $2::boolean ELSE $3::boolean END THEN coalesce(public_since, now()) END`,
		h.actors[members.RoleClient].Cooperative, here, there)
	h.must(err)
}

// postPublic posts a gig of which everything that others must not see is known.
func (h *house) postPublic(title string, starts time.Time, change func(*jobs.NewGig)) jobs.GigID {
	h.t.Helper()
	by := h.actors[members.RoleClient]
	n := jobs.NewGig{
		Client: by.Client, Title: title, Description: "Eerst <b>dit</b>.\nDan & dat.", Language: members.Dutch, PlaceCode: "arnhem",
		Address: "Canarystraat 1", Rate: 1605, Load: jobs.Middle, Skills: []string{"window-cleaning"},
		Shifts:  []jobs.NewShift{{Starts: starts, Ends: starts.Add(3 * time.Hour), Seats: 2}},
		Meeting: jobs.Meeting{Point: "Canarypoort", ContactName: "Canaria Vogel", ContactPhone: "0612345678", Travel: jobs.OwnWay, Briefing: "Canarybriefing"},
	}
	if change != nil {
		change(&n)
	}
	gig, err := h.jobs.Post(h.t.Context(), by, n)
	h.must(err)
	return gig
}

// TestPublicPagesNeverSay looks through everything public for what is nobody's
// business.
func TestPublicPagesNeverSay(t *testing.T) {
	h := newHouse(t)
	gig := h.postPublic("Ramen en kozijnen", h.now.Add(48*time.Hour), nil)
	_, err := h.db.Exec(t.Context(), `UPDATE members.client SET name = 'Familie Canary' WHERE id = $1`, h.actors[members.RoleClient].Client)
	h.must(err)
	b := h.browser()
	for _, path := range []string{h.openWork(), h.openWork() + "/" + gig.String(), h.openWork() + "/" + h.gig.String(), h.openWork() + "/atom.xml", h.openWork() + "/sitemap.xml", "/sitemap.xml", "/robots.txt", "/open-gigs"} {
		got := b.get(path)
		if got.status != http.StatusOK {
			t.Errorf("%s gave %d", path, got.status)
		}
		for _, never := range []string{"Canar", "canar", "Mens ", "De Linde", "Lindenlaan", "0612345678", "meent.example", h.actors[members.RoleClient].Client.String()} {
			if strings.Contains(got.body, never) {
				t.Errorf("%s says %q", path, never)
			}
		}
		if len(got.header.Values("Set-Cookie")) > 0 || got.header.Get("X-Robots-Tag") != "" && got.header.Get("Content-Type") == "text/html; charset=utf-8" && path != "/open-gigs" {
			t.Errorf("%s: %v", path, got.header)
		}
	}
	page := b.get(h.openWork() + "/" + gig.String())
	for _, says := range []string{"Ramen en kozijnen", "Eerst <b>dit</b>.", "Organisatie", "Arnhem", "16,05", "10.00", "Ik wil dit doen"} {
		if !strings.Contains(page.Find("main").Text(), says) {
			t.Errorf("the page does not say %q:\n%s", says, page.Find("main").Text())
		}
	}
	if to := page.Find("aside a.button.main").AttrOr("href", ""); to != "/signin?next=%2Fgigs%2F"+gig.String() {
		t.Errorf("the button leads to %q", to)
	}
	inside := h.signedIn(members.RoleMember).get(h.openWork() + "/" + gig.String())
	if to := inside.Find("aside a.button.main").AttrOr("href", ""); to != "/gigs/"+gig.String() || inside.header.Get("Cache-Control") != "no-store" || inside.header.Get("ETag") != "" {
		t.Errorf("a member's button leads to %q, kept as %q", to, inside.header.Get("Cache-Control"))
	}
}

// TestPublicPagesLeaveHouseholdsOut: when nobody, or who, is at somebody's home is
// read by those of the house alone.
func TestPublicPagesLeaveHouseholdsOut(t *testing.T) {
	h := newHouse(t)
	said := func(want bool) {
		t.Helper()
		client := h.signedIn(members.RoleClient)
		for _, step := range []string{"/what", "/price"} {
			gig := h.gig
			if step == "/price" {
				var err error
				gig, err = h.jobs.Begin(t.Context(), h.actors[members.RoleClient], jobs.Beginning{Client: h.actors[members.RoleClient].Client, Language: members.Dutch})
				h.must(err)
			}
			if got := client.get("/gigs/" + gig.String() + step); strings.Contains(got.Find("main form").Text(), "Iedereen kan de titel en de tekst lezen") != want {
				t.Errorf("%s says:\n%s", step, got.Find("main").Text())
			}
		}
	}
	said(true)
	_, err := h.db.Exec(t.Context(), `UPDATE members.client SET kind = 'household' WHERE id = $1`, h.actors[members.RoleClient].Client)
	h.must(err)
	said(false)
	b := h.browser()
	h.expect(b.get(h.openWork()+"/"+h.gig.String()), http.StatusNotFound)
	for _, path := range []string{h.openWork(), h.openWork() + "/atom.xml", h.openWork() + "/sitemap.xml"} {
		got := b.get(path)
		h.expect(got, http.StatusOK)
		if strings.Contains(got.body, h.gig.String()) {
			t.Errorf("%s lists it", path)
		}
	}
	h.must(h.jobs.Pause(t.Context(), h.actors[members.RoleClient], h.gig))
	h.expect(b.get(h.openWork()+"/"+h.gig.String()), http.StatusNotFound)
}

func TestPublicSwitch(t *testing.T) {
	h := newHouse(t)
	b, gig := h.browser(), "/"+h.gig.String()
	for _, path := range []string{"", gig, "/atom.xml", "/sitemap.xml"} {
		h.expect(b.get(h.openWork()+path), http.StatusOK)
	}
	if got := b.get("/open-gigs"); got.status != http.StatusOK || got.Find("main li.card").Length() != 2 {
		t.Errorf("/open-gigs gave %d with %d cooperatives", got.status, got.Find("main li.card").Length())
	}
	for _, path := range []string{h.farOpenWork() + gig, h.openWork() + "/" + h.farGig.String(), h.openWork() + "/none", "/open-gigs/none", "/open-gigs/" + h.gig.String(), h.openWork() + "?page=2", h.openWork() + "?page=0", h.openWork() + "?page=-1",
		h.openWork() + "?page=x", h.openWork() + "?page=99999999999999999999", h.openWork() + "/sitemap.xml?page=2"} {
		h.expect(b.get(path), http.StatusNotFound)
	}
	h.showWork(true, false)
	if got := b.get("/open-gigs"); got.location != h.openWork() {
		t.Errorf("with one cooperative /open-gigs leads to %q", got.location)
	}
	h.expect(b.get(h.farOpenWork()+"/"+h.farGig.String()), http.StatusNotFound)
	if got := b.get("/sitemap.xml"); strings.Contains(got.body, h.farOpenWork()) || !strings.Contains(got.body, h.openWork()+"/sitemap.xml") {
		t.Errorf("the site map lists:\n%s", got.body)
	}
	for _, path := range []string{"/", "/signin"} {
		if got := b.get(path); got.Find(`main a[href="/open-gigs"]`).Length() != 1 {
			t.Errorf("%s has no link to the work", path)
		}
	}
	h.showWork(false, false)
	for _, path := range []string{h.openWork(), h.openWork() + gig, h.openWork() + "/atom.xml", h.openWork() + "/sitemap.xml", "/open-gigs", "/sitemap.xml"} {
		h.expect(b.get(path), http.StatusNotFound)
	}
	for _, path := range []string{"/", "/signin"} {
		if got := b.get(path); got.Find(`main a[href="/open-gigs"]`).Length() != 0 {
			t.Errorf("%s has a link to nothing", path)
		}
	}
	if got := b.get("/robots.txt"); strings.Contains(got.body, "work") || strings.Contains(got.body, "Sitemap") || !strings.Contains(got.body, "Disallow: /\n") {
		t.Errorf("robots.txt says:\n%s", got.body)
	}
}

// TestPublicSwitchInSettings: the coordinator finds it, and reads who changed it.
func TestPublicSwitchInSettings(t *testing.T) {
	h := newHouse(t)
	b := h.signedIn(members.RoleCoordinator)
	page := b.get("/settings")
	if page.Find(`#public-yes[checked]`).Length() != 1 {
		t.Fatal("a new cooperative does not show its work")
	}
	said := func(whether string) {
		client := h.signedIn(members.RoleClient)
		if got := client.get("/gigs/" + h.gig.String() + "/what"); strings.Contains(got.Find("main").Text(), "Iedereen kan de titel en de tekst lezen") != (whether == "on") {
			t.Errorf("switched %s, a client reads:\n%s", whether, got.Find("main form").Text())
		}
	}
	said("on")
	h.expect(b.post("/settings", settingsForm(page, "public", "", "why", "Eerst overleggen.")...), http.StatusSeeOther)
	page = b.get("/settings")
	if page.Find(`#public-yes[checked]`).Length() != 0 || !strings.Contains(page.Find("#history").Parent().Text(), "Open klussen op internet: was aan, is nu uit") {
		t.Errorf("the page says:\n%s", page.Find("main").Text())
	}
	said("off")
	h.expect(h.browser().get(h.openWork()), http.StatusNotFound)
}

func TestPublicGigThatIsOver(t *testing.T) {
	h := newHouse(t)
	b, path := h.browser(), h.openWork()+"/"+h.gig.String()
	before := b.get(path)
	h.expect(before, http.StatusOK)
	h.must(h.jobs.Pause(t.Context(), h.actors[members.RoleClient], h.gig))
	got := b.do(http.MethodGet, path, "", "If-None-Match", before.header.Get("ETag"))
	if got.status != http.StatusGone || got.header.Get("Cache-Control") != "no-store" || got.header.Get("X-Robots-Tag") != "noindex" || strings.Contains(got.body, "Ramen") ||
		got.Find(`main a[href="`+h.openWork()+`"]`).Length() != 1 {
		t.Errorf("paused work gave %d %v:\n%s", got.status, got.header, got.Find("main").Text())
	}
	if list := b.get(h.openWork()); list.status != http.StatusOK || list.Find("main li.card").Length() != 0 || !strings.Contains(list.Find("main").Text(), "geen open klus") {
		t.Errorf("the list says:\n%s", list.Find("main").Text())
	}
}

func TestPublicAnswersAreKeptShortly(t *testing.T) {
	h := newHouse(t)
	b := h.browser()
	for _, path := range []string{h.openWork(), h.openWork() + "/" + h.gig.String(), h.openWork() + "/atom.xml", h.openWork() + "/sitemap.xml", "/robots.txt"} {
		got := b.get(path)
		tag := got.header.Get("ETag")
		if vary := strings.Join(got.header.Values("Vary"), ","); got.header.Get("Cache-Control") != "public, max-age=60" || tag == "" || !strings.Contains(vary, "Cookie") || !strings.Contains(vary, "Accept-Language") {
			t.Errorf("%s: %v", path, got.header)
		}
		for asked, want := range map[string]int{tag: http.StatusNotModified, `"x", ` + tag: http.StatusNotModified, `W/"x"`: http.StatusOK, "": http.StatusOK} {
			if again := b.do(http.MethodGet, path, "", "If-None-Match", asked); again.status != want || want == http.StatusNotModified && again.body != "" {
				t.Errorf("%s, asked with %s, gave %d", path, asked, again.status)
			}
		}
		h.expect(b.do(http.MethodHead, path, ""), http.StatusOK)
	}
	if english := b.do(http.MethodGet, h.openWork(), "", "Accept-Language", "en"); !strings.Contains(english.Find("h1").Text(), "Work at Waalkracht") || english.Find("html").AttrOr("lang", "") != "en" {
		t.Errorf("in English it says %q", english.Find("h1").Text())
	}
	for range 300 {
		if b.get("/robots.txt").status == http.StatusTooManyRequests {
			return
		}
	}
	t.Error("one network may look without end")
}

// TestPublicListAfterHead: who asks for no body first leaves the others the way back of
// the form of languages.
func TestPublicListAfterHead(t *testing.T) {
	h := newHouse(t)
	b := h.browser()
	h.expect(b.do(http.MethodHead, h.openWork(), ""), http.StatusOK)
	if back := b.get(h.openWork()).Find(`input[name="back"]`).AttrOr("value", ""); back != h.openWork() {
		t.Errorf("another language leads to %q", back)
	}
}

// TestPublicListsAreReused by visitors alone, for a minute; a gig's own page is not.
func TestPublicListsAreReused(t *testing.T) {
	h := newHouse(t)
	b, member := h.browser(), h.signedIn(members.RoleMember)
	lists := []string{h.openWork(), h.openWork() + "/atom.xml", h.openWork() + "/sitemap.xml"}
	says := func(b *browser, want bool, header ...string) {
		t.Helper()
		for _, path := range lists {
			got := b.do(http.MethodGet, path, "", header...)
			h.expect(got, http.StatusOK)
			if strings.Contains(got.body, h.gig.String()) != want {
				t.Errorf("%s lists it: %v", path, !want)
			}
		}
	}
	says(member, true)
	says(b, true)
	if got := b.get(h.openWork()); got.Find(`a[href="/signin"]`).Length() == 0 || got.Find(`a[href="/profile"]`).Length() != 0 {
		t.Error("a visitor gets a member's frame")
	}
	h.must(h.jobs.Pause(t.Context(), h.actors[members.RoleClient], h.gig))
	says(b, true)
	says(member, false)
	says(b, false, "Accept-Language", "en")
	gone := h.browser()
	says(gone, false, "Cookie", "meent=of-somebody-who-is-gone")
	if got := gone.do(http.MethodGet, h.openWork(), "", "Cookie", "meent=of-somebody-who-is-gone"); got.header.Get("ETag") != "" || strings.Contains(got.header.Get("Cache-Control"), "public") {
		t.Errorf("with a session others may keep it: %v", got.header)
	}
	h.expect(b.get(h.openWork()+"/"+h.gig.String()), http.StatusGone)
	h.now = h.now.Add(time.Minute)
	says(b, false)
	for range 31 {
		if b.get("/sitemap.xml").status == http.StatusTooManyRequests {
			h.expect(b.get(h.openWork()), http.StatusOK)
			return
		}
	}
	t.Error("one network may ask for site maps without end")
}

// posting reads the JobPosting of a page as a search engine does.
func (got answer) posting(t *testing.T) (p map[string]any) {
	t.Helper()
	scripts := got.Find(`script[type="application/ld+json"]`)
	if scripts.Length() != 1 || json.Unmarshal([]byte(scripts.Text()), &p) != nil {
		t.Fatalf("%d postings: %s", scripts.Length(), scripts.Text())
	}
	return p
}

func at(p map[string]any, path string) (value any) {
	value = p
	for _, name := range strings.Split(path, ".") {
		m, _ := value.(map[string]any)
		value = m[name]
	}
	return value
}

func TestJobPosting(t *testing.T) {
	h := newHouse(t)
	const hostile = `</script><b>"&` + "\u2028" + `<!--`
	summer := time.Date(2027, 3, 28, 8, 0, 0, 0, time.UTC) // ten o'clock: the clock went forward that night
	gig := h.postPublic(hostile, h.now.Add(48*time.Hour), func(n *jobs.NewGig) {
		n.Shifts = append(n.Shifts, jobs.NewShift{Starts: h.now.Add(72 * time.Hour), Ends: h.now.Add(73 * time.Hour), Seats: 1})
	})
	_, err := h.db.Exec(t.Context(), `UPDATE jobs.shift SET starts_at = $2, ends_at = $3 WHERE gig_id = $1 AND starts_at = $4`,
		gig, summer, summer.Add(time.Hour), h.now.Add(72*time.Hour)) // a year whose wage nobody knows yet
	h.must(err)
	got := h.browser().get(h.openWork() + "/" + gig.String())
	p := got.posting(t)
	here := h.server.URL + h.openWork()
	for path, want := range map[string]any{
		"@context": "https://schema.org/", "@type": "JobPosting", "title": hostile, "description": "<p>Eerst &lt;b&gt;dit&lt;/b&gt;.<br>Dan &amp; dat.</p>",
		"datePosted": "2026-11-24", "jobStartDate": "2026-11-26", "validThrough": "2027-03-28T10:00:00+02:00", "employmentType": "CONTRACTOR",
		"hiringOrganization.name": "Waalkracht", "hiringOrganization.url": here, "jobLocation.@type": "Place", "jobLocation.address.@type": "PostalAddress",
		"jobLocation.address.addressLocality": "Arnhem", "jobLocation.address.addressCountry": "NL", "jobLocation.address.streetAddress": nil,
		"baseSalary.currency": "EUR", "baseSalary.value.value": 16.05, "baseSalary.value.unitText": "HOUR", "identifier.value": gig.String(), "url": here + "/" + gig.String(),
		"directApply": false, "jobLocationType": nil, "applicantLocationRequirements": nil, "inLanguage": "nl", "skills": "Ramen lappen",
	} {
		if is := at(p, path); is != want {
			t.Errorf("%s is %v, want %v", path, is, want)
		}
	}
	if !strings.Contains(got.body, `"value":16.05,`) || got.Find("head b, head script:not([type])").Length() != 0 || got.Find("h1 span").Text() != hostile {
		t.Error("the title broke out, or the wage is not written digit by digit")
	}
	for selector, want := range map[string]string{`link[rel="canonical"]`: here + "/" + gig.String(), `link[rel="alternate"]`: here + "/atom.xml"} {
		if is := got.Find("head "+selector).AttrOr("href", ""); is != want {
			t.Errorf("%s is %q, want %q", selector, is, want)
		}
	}
	for property, want := range map[string]string{"og:title": hostile, "og:description": "Eerst <b>dit</b>. Dan & dat.", "og:url": here + "/" + gig.String()} {
		if is := got.Find(`head meta[property="`+property+`"]`).AttrOr("content", ""); is != want {
			t.Errorf("%s is %q, want %q", property, is, want)
		}
	}
	home := h.postPublic("Brieven schrijven", h.now.Add(48*time.Hour), func(n *jobs.NewGig) { n.Meeting = jobs.Meeting{Remote: true, Travel: jobs.OwnWay} })
	trial := h.postPublic("Meelopen", h.now.Add(48*time.Hour), func(n *jobs.NewGig) { n.Form, n.Rate = members.TrialPlacement, 0 })
	p = h.browser().get(h.openWork() + "/" + home.String()).posting(t)
	if at(p, "jobLocationType") != "TELECOMMUTE" || at(p, "applicantLocationRequirements.name") != "NL" || at(p, "jobLocation") != nil {
		t.Errorf("work at home is %v", p)
	}
	p = h.browser().get(h.openWork() + "/" + trial.String()).posting(t)
	if at(p, "employmentType") != "OTHER" || at(p, "baseSalary") != nil {
		t.Errorf("work without a wage is %v", p)
	}
}

type feedEntry struct {
	ID        string `xml:"id"`
	Title     string `xml:"title"`
	Published string `xml:"published"`
	Updated   string `xml:"updated"`
	Summary   string `xml:"summary"`
	Content   string `xml:"content"`
	Link      struct {
		Href string `xml:"href,attr"`
	} `xml:"link"`
}

func TestPublicFeedAndSiteMap(t *testing.T) {
	h := newHouse(t)
	gig := h.postPublic("Ramen & <kozijnen>", h.now.Add(48*time.Hour), nil)
	here := h.server.URL + h.openWork()
	b := h.browser()
	var feed struct {
		XMLName xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
		ID      string   `xml:"id"`
		Title   string   `xml:"title"`
		Updated string   `xml:"updated"`
		Author  string   `xml:"author>name"`
		Links   []struct {
			Rel  string `xml:"rel,attr"`
			Href string `xml:"href,attr"`
		} `xml:"link"`
		Entries []feedEntry `xml:"entry"`
	}
	got := b.get(h.openWork() + "/atom.xml")
	h.must(xml.Unmarshal([]byte(got.body), &feed))
	if feed.ID != "urn:uuid:"+h.actors[members.RoleClient].Cooperative.String() || feed.Author != "Waalkracht" || feed.Title == "" || !isStamp(feed.Updated) || len(feed.Links) != 2 ||
		feed.Links[0].Rel != "self" || feed.Links[0].Href != here+"/atom.xml" || feed.Links[1].Rel != "alternate" || feed.Links[1].Href != here || got.header.Get("Content-Type") != "application/atom+xml; charset=utf-8" {
		t.Errorf("the feed is %+v", feed)
	}
	index := slices.IndexFunc(feed.Entries, func(e feedEntry) bool { return e.ID == "urn:uuid:"+gig.String() })
	if index < 0 || len(feed.Entries) != 2 {
		t.Fatalf("the feed holds %+v", feed.Entries)
	}
	if e := feed.Entries[index]; e.Title != "Ramen & <kozijnen>" || !isStamp(e.Published) || !isStamp(e.Updated) || e.Link.Href != here+"/"+gig.String() || !strings.Contains(e.Summary, "Arnhem") || !strings.Contains(e.Content, "Dan & dat.") {
		t.Errorf("the entry is %+v", e)
	}
	var maps struct {
		XMLName xml.Name `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 sitemapindex"`
		Maps    []string `xml:"sitemap>loc"`
	}
	h.must(xml.Unmarshal([]byte(b.get("/sitemap.xml").body), &maps))
	if !slices.Contains(maps.Maps, here+"/sitemap.xml") || len(maps.Maps) != 2 {
		t.Errorf("the site maps are %v", maps.Maps)
	}
	var all struct {
		XMLName xml.Name `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
		URLs    []struct {
			Address string `xml:"loc"`
			Changed string `xml:"lastmod"`
		} `xml:"url"`
	}
	h.must(xml.Unmarshal([]byte(b.get(h.openWork()+"/sitemap.xml").body), &all))
	if len(all.URLs) != 3 || all.URLs[0].Address != here {
		t.Fatalf("the site map is %+v", all.URLs)
	}
	for _, u := range all.URLs[1:] {
		if !isStamp(u.Changed) || b.get(strings.TrimPrefix(u.Address, h.server.URL)).status != http.StatusOK {
			t.Errorf("an address is %+v", u)
		}
	}
	if robots := b.get("/robots.txt").body; !strings.Contains(robots, "Sitemap: "+h.server.URL+"/sitemap.xml\n") || !strings.Contains(robots, "Allow: /open-gigs/\n") || strings.Contains(robots, "/gigs") {
		t.Errorf("robots.txt says:\n%s", robots)
	}
}

func isStamp(text string) bool {
	_, err := time.Parse(time.RFC3339, text)
	return err == nil
}

// TestNothingElseIsIndexed: only the first page and public work are.
func TestNothingElseIsIndexed(t *testing.T) {
	h := newHouse(t)
	b := h.browser()
	for path, want := range map[string]string{"/": "", h.openWork(): "", h.openWork() + "/" + h.gig.String(): "", "/open-gigs": "", "/signin": "noindex", "/register": "noindex", "/nowhere": "noindex", "/gigs": "noindex", "/static/none": "noindex"} {
		if got := b.get(path).header.Get("X-Robots-Tag"); got != want {
			t.Errorf("%s says %q, want %q", path, got, want)
		}
	}
}
