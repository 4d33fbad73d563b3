package browse

import (
	"net/url"
	"slices"
	"strings"

	"github.com/PuerkitoBio/goquery"
)

// Page is what a visitor sees.
type Page struct {
	Status   int
	URL      *url.URL // after redirects
	document *goquery.Document
	source   string
}

// Text is the page's main part in plain words.
func (p *Page) Text() string {
	return strings.Join(strings.Fields(p.document.Find("main").Text()), " ")
}

// Says reports whether the main part holds these words.
func (p *Page) Says(words string) bool { return strings.Contains(p.Text(), words) }

// Link is the first that leads to a path with this beginning and has these
// words, or "".
func (p *Page) Link(beginning, words string) (path string) {
	p.document.Find("main a[href]").EachWithBreak(func(_ int, a *goquery.Selection) bool {
		to := a.AttrOr("href", "")
		if strings.HasPrefix(to, beginning) && strings.Contains(a.Text(), words) {
			path = to
		}
		return path == ""
	})
	return path
}

// Form is the one whose address ends so; ok is false when the page has none.
func (p *Page) Form(ending string) (f Form, ok bool) {
	return p.form(`form[action$="` + ending + `"]`)
}

// FormWith is the one that has this field.
func (p *Page) FormWith(field string) (f Form, ok bool) {
	return p.form(`form:has([name="` + field + `"])`)
}

func (p *Page) form(selector string) (Form, bool) {
	found := p.document.Find(selector).First()
	if found.Length() == 0 {
		return Form{}, false
	}
	f := Form{action: found.AttrOr("action", ""), values: url.Values{}}
	if to, err := p.URL.Parse(f.action); err == nil {
		f.action = to.String()
	}
	found.Find("input, textarea, select").Each(func(_ int, field *goquery.Selection) { f.fill(field) })
	return f, true
}

// HTML is the whole page as it came.
func (p *Page) HTML() string { return p.source }

// Links are the addresses of this site to which the page leads, each once.
func (p *Page) Links() (paths []string) {
	p.document.Find("a[href]").Each(func(_ int, a *goquery.Selection) {
		to, err := p.URL.Parse(a.AttrOr("href", ""))
		if err != nil || to.Host != p.URL.Host {
			return
		}
		if path := to.RequestURI(); !slices.Contains(paths, path) {
			paths = append(paths, path)
		}
	})
	return paths
}
