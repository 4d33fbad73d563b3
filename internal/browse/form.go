package browse

import (
	"net/url"

	"github.com/PuerkitoBio/goquery"
)

// Form is a page's form with what stands in its fields. Buttons are not part of
// it: the one that is pressed goes along.
type Form struct {
	action string
	values url.Values
}

// Set fills a field, or chooses this one of several.
func (f Form) Set(field, value string) { f.values.Set(field, value) }

// Get is what stands in a field.
func (f Form) Get(field string) string { return f.values.Get(field) }

// fill takes a field's value as a browser would send it.
func (f Form) fill(field *goquery.Selection) {
	name, named := field.Attr("name")
	_, chosen := field.Attr("checked")
	kind := field.AttrOr("type", "")
	switch {
	case !named, (kind == "radio" || kind == "checkbox") && !chosen:
	case goquery.NodeName(field) == "textarea":
		f.values.Add(name, field.Text())
	case goquery.NodeName(field) == "select":
		f.values.Add(name, selected(field).AttrOr("value", ""))
	default:
		f.values.Add(name, field.AttrOr("value", ""))
	}
}

// selected is the chosen option, or the first.
func selected(field *goquery.Selection) *goquery.Selection {
	if chosen := field.Find("option[selected]"); chosen.Length() > 0 {
		return chosen.First()
	}
	return field.Find("option").First()
}
