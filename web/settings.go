package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"meent/members"
	"meent/web/ui"
)

// showSettings handles GET /settings: what the cooperative decided, and who
// changed what before.
func showSettings(r *request) error {
	s, err := r.web.Members.Settings(r.Request.Context(), r.actor)
	if err != nil {
		return err
	}
	f := r.emptyForm()
	f.set("version", strconv.Itoa(s.Version))
	f.set("name", s.Name)
	f.set("contribution", r.words.Percent(s.Contribution))
	f.set("rate", f.amount(s.LowestRate))
	f.set("notice", strconv.Itoa(s.NoticeHours))
	f.set("late", r.words.Percent(s.LateShare))
	f.set("trial", strconv.Itoa(s.TrialDays))
	for _, form := range s.WorkForms {
		f.values.Add("forms", string(form))
	}
	if s.PublicWork {
		f.set("public", "yes")
	}
	return r.settingsPage(http.StatusOK, f)
}

// changeSettings handles POST /settings.
func changeSettings(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	version, err := strconv.Atoi(f.text("version"))
	if err != nil {
		return errForm // nobody types it
	}
	s := members.Settings{Version: version, Name: f.text("name"), Contribution: f.percent("contribution"), LowestRate: int(f.cents("rate")), NoticeHours: f.number("notice"), LateShare: f.lateShare("late"), TrialDays: f.number("trial"), PublicWork: f.text("public") == "yes"}
	for _, form := range f.values["forms"] {
		s.WorkForms = append(s.WorkForms, members.WorkForm(form))
	}
	if err := f.wrong(r.changeUnless(f, s)); err != nil {
		return err
	}
	if f.bad() {
		return r.settingsPage(http.StatusUnprocessableEntity, f)
	}
	r.flash("settings.saved")
	return r.to("/settings")
}

// changeUnless changes the settings, unless what was typed could not be read:
// then it only finds what else is wrong.
func (r *request) changeUnless(f *form, s members.Settings) error {
	if f.bad() {
		return s.Problems(f.text("why")).Err()
	}
	return r.web.Members.ChangeSettings(r.Request.Context(), r.actor, s, f.text("why"))
}

// percent reads a share, such as 12,5; anything else is a problem at the field.
func (f *form) percent(field string) members.BasisPoints {
	share, ok := parseCents(f.text(field)) // the same notation, with two decimals
	if !ok || strings.Contains(f.text(field), "€") {
		f.problems.Add(field, "wrong_percent", map[string]any{"Max": int(members.MostContribution / 100)})
	}
	return members.BasisPoints(share)
}

// lateShare is percent within the bounds of what is paid for work that is called
// off late.
func (f *form) lateShare(field string) members.BasisPoints {
	share, ok := parseCents(f.text(field))
	if !ok || strings.Contains(f.text(field), "€") {
		f.problems.Add(field, "wrong_share", map[string]any{"Min": int(members.LeastLateShare / 100), "Max": int(members.MostLateShare / 100)})
	}
	return members.BasisPoints(share)
}

func (r *request) settingsPage(status int, f *form) error {
	before := r.before()
	log, err := r.web.Members.AuditLogOf(r.Request.Context(), r.actor, members.SettingsChanged, before)
	if err != nil {
		return err
	}
	return r.page(status, r.t("settings.title"), settingsBody(r, f, deedLog{list: log, later: before > 0}))
}

// formChoices are the work forms, to switch on.
func (r *request) formChoices(f *form) (choices []ui.Choice) {
	for _, form := range members.WorkForms() {
		choices = append(choices, ui.Choice{Value: string(form), Text: r.workForm(string(form)), Hint: r.words.With("workform.hint_"+string(form), nil),
			Chosen: slices.Contains(f.values["forms"], string(form))})
	}
	return choices
}

// workForm names one; a name that is not known stays as it is.
func (r *request) workForm(name string) string {
	if !slices.Contains(members.WorkForms(), members.WorkForm(name)) {
		return name
	}
	return r.words.With("workform."+name, nil)
}
