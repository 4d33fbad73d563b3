package web

import (
	"net/http"

	"meent/jobs"
	"meent/members"
	"meent/web/ui"
)

// socialView is a statement for social return as its page shows it.
type socialView struct {
	jobs.SocialReturn
	doc     document
	periods []ui.Choice
	query   string // of the files, for the days that are shown
}

// showSocial handles GET /social-return, and the coordinator's of a client.
func showSocial(r *request) error {
	v, f, err := r.social()
	if err != nil {
		return err
	}
	return r.socialPage(v, f)
}

func (r *request) socialPage(v socialView, f *form) error {
	status := http.StatusOK
	if f.bad() {
		status = http.StatusUnprocessableEntity
	}
	return r.page(status, r.t("social.title"), socialBody(r, v, f))
}

// socialPDF handles GET …/social-return/pdf.
func socialPDF(r *request) error {
	v, f, err := r.social()
	if err != nil || f.bad() {
		return r.socialAgain(v, f, err)
	}
	file, err := v.doc.pdf(string(r.words.Locale), r.web.Now())
	if err != nil {
		return err
	}
	return r.sendSocial(v, "pdf", "application/pdf", file)
}

// socialCSV handles GET …/social-return/csv.
func socialCSV(r *request) error {
	v, f, err := r.social()
	if err != nil || f.bad() {
		return r.socialAgain(v, f, err)
	}
	file, err := sheetOf(r.socialRows(v.SocialReturn))
	if err != nil {
		return err
	}
	return r.sendSocial(v, "csv", "text/csv; charset=utf-8", file)
}

func (r *request) socialAgain(v socialView, f *form, err error) error {
	if err != nil {
		return err
	}
	return r.socialPage(v, f)
}

func (r *request) sendSocial(v socialView, ending, kind string, file []byte) error {
	return r.sendFile("social-return-"+string(v.From)+"-"+string(v.Until)+"."+ending, kind, file)
}

// social reads the statement of the days in the address; without any it is of
// this quarter. What is wrong with them stands in the form.
func (r *request) social() (v socialView, f *form, err error) {
	f = &form{request: r, values: r.Request.URL.Query()}
	today := members.DayOf(r.web.Now())
	if f.text("period") == "" {
		f.set("period", quarterOf(today))
	}
	v.periods = r.periodChoices(today, f.text("period"))
	from, until := f.periodOf("period")
	if f.bad() {
		return v, f, nil
	}
	v.SocialReturn, err = r.web.Jobs.SocialReturn(r.Request.Context(), r.actor, r.socialClient(), from, until)
	if err := f.wrong(err); err != nil || f.bad() {
		return v, f, err
	}
	v.doc, v.query = r.socialDoc(v.SocialReturn), socialQuery(v.SocialReturn)
	return v, f, nil
}

// periodOf reads a period, or its two days where it is free.
func (f *form) periodOf(field string) (from, until members.Day) {
	if f.text(field) != freePeriod {
		from, until, ok := periodDays(f.text(field))
		if !ok {
			f.problems.Add(field, "not_a_choice", nil)
		}
		return from, until
	}
	if f.noDays() {
		f.problems.Add("from", "both_days", nil) // once, not at each of the two
		return "", ""
	}
	first, _ := f.day("from")
	last, _ := f.day("until")
	return first, last
}

// noDays reports whether neither of the two days has anything in it.
func (f *form) noDays() bool {
	for _, name := range []string{"from-day", "from-month", "from-year", "until-day", "until-month", "until-year"} {
		if f.text(name) != "" {
			return false
		}
	}
	return true
}

// socialQuery names the days that are shown, so that a file has the same.
func socialQuery(v jobs.SocialReturn) string {
	day := func(name string, d members.Day) string {
		return "&" + name + "-day=" + string(d[8:]) + "&" + name + "-month=" + string(d[5:7]) + "&" + name + "-year=" + string(d[:4])
	}
	return "?period=" + freePeriod + day("from", v.From) + day("until", v.Until)
}

// socialClient is the contact's own, or the coordinator's of the path.
func (r *request) socialClient() members.ClientID {
	if r.actor.Kind == members.RoleClient {
		return r.actor.Client
	}
	return r.client.ID
}

func (r *request) socialPath() string {
	if r.actor.Kind == members.RoleClient {
		return "/social-return"
	}
	return r.clientPath() + "/social-return"
}

// socialBack leads to where one came from.
func (r *request) socialBack() ui.Link {
	if r.actor.Kind == members.RoleClient {
		return ui.Link{Text: r.t("nav.bills"), Path: "/bills"}
	}
	return ui.Link{Text: r.client.Name, Path: r.clientPath()}
}
