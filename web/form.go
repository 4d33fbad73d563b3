package web

import (
	"errors"
	"maps"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"meent/internal/check"
	"meent/payments"
	"meent/web/ui"
)

// form is what was sent, and what is wrong with it.
type form struct {
	request  *request
	values   url.Values
	problems check.Problems
	medical  medicalWords // that wait for a second look
}

// form reads a form of at most maxBody bytes. It returns errTooLarge, or
// errForm for what is none.
func (r *request) form() (*form, error) {
	if err := r.Request.ParseForm(); err != nil {
		var large *http.MaxBytesError
		if errors.As(err, &large) {
			return nil, errTooLarge
		}
		return nil, errForm
	}
	return &form{request: r, values: r.Request.PostForm}, nil
}

// emptyForm is a form that nobody has filled yet.
func (r *request) emptyForm() *form { return &form{request: r, values: url.Values{}} }

// text is the first value of a field, without space around it.
func (f *form) text(field string) string { return strings.TrimSpace(f.values.Get(field)) }

// set fills a field, for forms that begin with what is known.
func (f *form) set(field, value string) { f.values.Set(field, value) }

// number reads a whole number; anything else is a problem at the field.
func (f *form) number(field string) int {
	n, err := strconv.Atoi(f.text(field))
	if err != nil {
		rule := "not_a_number"
		if f.text(field) == "" {
			rule = "missing"
		}
		f.problems.Add(field, rule, nil)
	}
	return n
}

// typed is what was typed, made fit to be shown again.
func (f *form) typed(field string) string {
	return strings.ToValidUTF8(f.values.Get(field), "\uFFFD")
}

// wrong takes the problems out of an error, so that the form can be shown again
// with them. Other errors are given back.
func (f *form) wrong(err error) error {
	var problems check.Problems
	if errors.As(err, &problems) {
		for _, p := range problems {
			if !f.problems.At(p.Field) { // the first at a field says enough
				f.problems = append(f.problems, p)
			}
		}
		return nil
	}
	return err
}

// move puts what is wrong at one field at another: where a page has a form many
// times, each has fields of its own names.
func (f *form) move(from, to string) {
	for i := range f.problems {
		if f.problems[i].Field == from {
			f.problems[i].Field = to
		}
	}
}

// bad reports whether anything is wrong.
func (f *form) bad() bool { return len(f.problems) > 0 }

// problem is the sentence at a field, or nothing.
func (f *form) problem(field string) string {
	for _, p := range f.problems {
		if p.Field == field {
			return f.request.words.With("problem."+p.Rule, f.request.told(p.Args))
		}
	}
	return ""
}

// told is the arguments of a problem as a sentence has them: amounts and days
// in words.
func (r *request) told(args map[string]any) map[string]any {
	told := maps.Clone(args)
	if cents, ok := args["Cents"].(int64); ok {
		told["Amount"] = r.words.Money(payments.Cents(cents))
	}
	if day, ok := args["Day"].(string); ok {
		told["Day"] = r.words.DayOf(payments.Day(day))
	}
	return told
}

// list is what is wrong, in the order of the fields, for the top of the form.
func (f *form) list(fields ...string) (list []ui.Problem) {
	for _, field := range fields {
		if text := f.problem(field); text != "" {
			list = append(list, ui.Problem{Field: field, Text: text})
		}
	}
	return list
}
