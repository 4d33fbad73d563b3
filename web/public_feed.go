package web

import (
	"bytes"
	"encoding/xml"
	"time"

	"meent/jobs"
)

// publicFeed handles GET /open-gigs/:cooperative/atom.xml: the gigs that were posted last
// (RFC 4287). Names of things are their ids, which stay when addresses change.
func publicFeed(r *request) error {
	return r.keepingOpenly("application/atom+xml; charset=utf-8", 1, func() ([]byte, error) {
		gigs, err := r.web.Jobs.PublicNews(r.Request.Context(), r.house.ID)
		if err != nil {
			return nil, err
		}
		return xmlText(r.atom(gigs))
	})
}

func (r *request) atom(gigs []jobs.PublicGig) atomFeed {
	list := r.absolute(openGigsPath(r.house.ID))
	f := atomFeed{
		Lang: string(r.words.Locale), ID: "urn:uuid:" + r.house.ID.String(), Title: r.t("public.feed_title", "Cooperative", r.house.Name),
		Author: atomAuthor{Name: r.house.Name},
		Links: []atomLink{
			{Rel: "self", Type: "application/atom+xml", Href: list + "/atom.xml"}, {Rel: "alternate", Type: "text/html", Href: list},
		},
	}
	updated := r.house.Founded
	for _, g := range gigs {
		if g.ChangedAt.After(updated) {
			updated = g.ChangedAt
		}
		f.Entries = append(f.Entries, r.atomEntry(g))
	}
	f.Updated = stamp(updated)
	return f
}

func (r *request) atomEntry(g jobs.PublicGig) atomEntry {
	return atomEntry{
		ID: "urn:uuid:" + g.ID.String(), Title: atomText{Type: "text", Lang: string(g.Language), Text: g.Title},
		Published: stamp(g.PostedAt), Updated: stamp(g.ChangedAt),
		Links:   []atomLink{{Rel: "alternate", Type: "text/html", Href: r.absolute(publicPath(r.house.ID, g.ID))}},
		Summary: atomText{Type: "text", Text: r.publicLine(g)},
		Content: atomText{Type: "text", Lang: string(g.Language), Text: g.Description},
	}
}

// publicLine is a gig in one line.
func (r *request) publicLine(g jobs.PublicGig) (line string) {
	for i, fact := range r.publicFacts(g) {
		if i > 0 {
			line += ", "
		}
		line += fact.Text
	}
	return line
}

// stamp is a moment as feeds and site maps write it.
func stamp(at time.Time) string { return at.UTC().Format(time.RFC3339) }

// xmlText is the whole file; what XML cannot hold becomes a question mark in a box.
func xmlText(of any) ([]byte, error) {
	var text bytes.Buffer
	text.WriteString(xml.Header)
	err := xml.NewEncoder(&text).Encode(of)
	return text.Bytes(), err
}

type atomFeed struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang    string      `xml:"xml:lang,attr"`
	ID      string      `xml:"id"`
	Title   string      `xml:"title"`
	Updated string      `xml:"updated"`
	Author  atomAuthor  `xml:"author"`
	Links   []atomLink  `xml:"link"`
	Entries []atomEntry `xml:"entry"`
}

type atomAuthor struct {
	Name string `xml:"name"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	ID        string     `xml:"id"`
	Title     atomText   `xml:"title"`
	Published string     `xml:"published"`
	Updated   string     `xml:"updated"`
	Links     []atomLink `xml:"link"`
	Summary   atomText   `xml:"summary"`
	Content   atomText   `xml:"content"`
}

type atomText struct {
	Type string `xml:"type,attr"`
	Lang string `xml:"xml:lang,attr,omitempty"`
	Text string `xml:",chardata"`
}
