package web

import (
	"net/http"

	"meent/internal/id"
	"meent/members"
	"meent/web/ui"
)

// showMunicipalities handles GET /municipalities: which refer members.
func showMunicipalities(r *request) error {
	f := r.emptyForm()
	f.set("consent", "yes")
	return r.municipalitiesPage(http.StatusOK, f)
}

func (r *request) municipalitiesPage(status int, f *form) error {
	list, err := r.web.Members.Municipalities(r.Request.Context(), r.actor)
	if err != nil {
		return err
	}
	return r.page(status, r.t("municipality.title"), municipalitiesBody(r, f, list))
}

// addMunicipality handles POST /municipalities.
func addMunicipality(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	n := members.NewMunicipality{Name: f.text("name"), Contact: f.text("contact"), ConsentFirst: f.text("consent") != ""}
	if err := f.wrong(r.web.Members.AddMunicipality(r.Request.Context(), r.actor, n)); err != nil {
		return err
	}
	if f.bad() {
		return r.municipalitiesPage(http.StatusUnprocessableEntity, f)
	}
	r.flash("municipality.added")
	return r.to("/municipalities")
}

// endMunicipality handles POST /municipalities/:municipality/end.
func endMunicipality(r *request) error {
	m, err := id.Parse[members.Municipality](r.Param("municipality"))
	if err != nil {
		return err
	}
	if err := r.web.Members.EndMunicipality(r.Request.Context(), r.actor, m); err != nil {
		return err
	}
	r.flash("municipality.ended")
	return r.to("/municipalities")
}

// municipalityFacts say what is agreed with one.
func (r *request) municipalityFacts(m members.Municipality) string {
	text := r.t("municipality.no_consent")
	if m.ConsentFirst {
		text = r.t("municipality.consent_first")
	}
	text += " · " + r.words.N("municipality.members", m.Members)
	if m.Contact != "" {
		text += " · " + m.Contact
	}
	return text
}

// referrers are who may refer a new member.
func (r *request) referrers(list []members.Municipality) []ui.Choice {
	choices := []ui.Choice{{Text: r.t("invitations.nobody_refers")}}
	for _, m := range list {
		choices = append(choices, ui.Choice{Value: m.ID.String(), Text: r.t("municipality.of", "Name", m.Name)})
	}
	return choices
}
