package web

import (
	"net/http"
	"strconv"

	"meent/members"
)

// showContact handles GET /account/contact: the member's own contact data.
func showContact(r *request) error {
	d, err := r.web.Members.ContactData(r.Request.Context(), r.actor)
	if err != nil {
		return err
	}
	f := r.emptyForm()
	f.set("phone", d.Phone)
	f.set("address", d.Address)
	f.setDay("birth", d.Birth)
	return r.contactPage(http.StatusOK, f)
}

func (r *request) contactPage(status int, f *form) error {
	return r.page(status, r.t("contact.title"), contactBody(r, f))
}

// changeContact handles POST /account/contact.
func changeContact(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	d := members.ContactData{Phone: f.text("phone"), Address: f.lines("address"), Birth: f.birth("birth")}
	if f.bad() {
		return r.contactPage(http.StatusUnprocessableEntity, f)
	}
	if err := f.wrong(r.web.Members.ChangeContactData(r.Request.Context(), r.actor, d)); err != nil {
		return err
	}
	if f.bad() {
		return r.contactPage(http.StatusUnprocessableEntity, f)
	}
	r.flash("contact.saved")
	return r.to("/account/contact")
}

// birth reads a day that may be left empty.
func (f *form) birth(field string) members.Day {
	if f.text(field+"-day")+f.text(field+"-month")+f.text(field+"-year") == "" {
		return ""
	}
	day, _ := f.day(field)
	return day
}

// setDay fills the three fields of a day, as people type them.
func (f *form) setDay(field string, day members.Day) {
	if len(day) != len("2026-11-24") {
		return
	}
	f.set(field+"-year", string(day[:4]))
	for part, text := range map[string]string{"-month": string(day[5:7]), "-day": string(day[8:])} {
		n, _ := strconv.Atoi(text)
		f.set(field+part, strconv.Itoa(n))
	}
}
