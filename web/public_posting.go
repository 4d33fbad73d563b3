package web

import (
	"encoding/json"
	"fmt"
	"html"
	"strings"
	"time"
	"unicode/utf8"

	"meent/members"
	"meent/payments"
)

// jobPosting is a gig as search engines read it: schema.org/JobPosting, with what
// the page itself says and nothing more. Who hires is the cooperative, never the
// client; where it is, is the place and never an address. Marks that could end the
// script in which it stands are escaped by encoding/json.
func (r *request) jobPosting(v publicView) (string, error) {
	last := v.shifts[len(v.shifts)-1].Starts
	p := posting{
		Context: "https://schema.org/", Type: "JobPosting",
		Title: v.Title, Description: asHTML(v.Description), Language: string(v.Language), URL: r.absolute(publicPath(r.house.ID, v.ID)),
		Identifier: propertyValue{Type: "PropertyValue", Name: r.house.Name, Value: v.ID.String()},
		Posted:     string(members.DayOf(v.PostedAt)), Starts: string(members.DayOf(v.Next.Starts)), Valid: last.In(members.Amsterdam()).Format(time.RFC3339),
		Employment: employmentOf(v.Form), Hirer: organisation{Type: "Organization", Name: r.house.Name, URL: r.absolute(openGigsPath(r.house.ID))},
		Skills: strings.Join(r.skillWords(v.skills), ", "),
	}
	if v.Remote {
		p.LocationType, p.From = "TELECOMMUTE", &country{Type: "Country", Name: "NL"}
	} else {
		p.Location = &location{Type: "Place", Address: postal{Type: "PostalAddress", Locality: v.PlaceName, Country: "NL"}}
	}
	if !paysNothing(v.Form) {
		p.Salary = &salary{Type: "MonetaryAmount", Currency: "EUR", Value: quantity{Type: "QuantitativeValue", Value: decimal(v.Rate), Unit: "HOUR"}}
	}
	text, err := json.Marshal(p)
	return string(text), err
}

type posting struct {
	Context      string        `json:"@context"`
	Type         string        `json:"@type"`
	Title        string        `json:"title"`
	Description  string        `json:"description"` // HTML
	Language     string        `json:"inLanguage"`
	URL          string        `json:"url"`
	Identifier   propertyValue `json:"identifier"`
	Posted       string        `json:"datePosted"`
	Starts       string        `json:"jobStartDate"`
	Valid        string        `json:"validThrough"` // the start of the last time that has a seat
	Employment   string        `json:"employmentType"`
	Hirer        organisation  `json:"hiringOrganization"`
	Location     *location     `json:"jobLocation,omitempty"`
	LocationType string        `json:"jobLocationType,omitempty"`
	From         *country      `json:"applicantLocationRequirements,omitempty"`
	Salary       *salary       `json:"baseSalary,omitempty"`
	Skills       string        `json:"skills,omitempty"`
	Direct       bool          `json:"directApply"` // false: one joins the cooperative first
}

type propertyValue struct {
	Type  string `json:"@type"`
	Name  string `json:"name"`
	Value string `json:"value"`
}

type organisation struct {
	Type string `json:"@type"`
	Name string `json:"name"`
	URL  string `json:"url"`
}

type location struct {
	Type    string `json:"@type"`
	Address postal `json:"address"`
}

type postal struct {
	Type     string `json:"@type"`
	Locality string `json:"addressLocality"`
	Country  string `json:"addressCountry"`
}

type country struct {
	Type string `json:"@type"`
	Name string `json:"name"`
}

type salary struct {
	Type     string   `json:"@type"`
	Currency string   `json:"currency"`
	Value    quantity `json:"value"`
}

type quantity struct {
	Type  string      `json:"@type"`
	Value json.Number `json:"value"`
	Unit  string      `json:"unitText"`
}

// decimal writes cents as euros, digit by digit.
func decimal(c payments.Cents) json.Number {
	return json.Number(fmt.Sprintf("%d.%02d", c/100, c%100))
}

// employmentOf is the word of schema.org that comes nearest: work by the day for who
// is employed, by contract for who works for themselves.
func employmentOf(form members.WorkForm) string {
	switch form {
	case members.MemberEntrepreneur:
		return "CONTRACTOR"
	case members.TrialPlacement:
		return "OTHER"
	default:
		return "PER_DIEM"
	}
}

// asHTML is plain text as the HTML that a description is read as.
func asHTML(text string) string {
	text = strings.ReplaceAll(strings.TrimSpace(text), "\r\n", "\n")
	return "<p>" + strings.ReplaceAll(html.EscapeString(text), "\n", "<br>") + "</p>"
}

// shortened is the beginning of a text, for a line below a title.
func shortened(text string) string {
	const most = 160
	text = strings.Join(strings.Fields(text), " ")
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	return strings.TrimSpace(string([]rune(text)[:most-1])) + "…"
}
