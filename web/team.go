package web

import (
	"net/http"

	"meent/internal/id"
	"meent/members"
	"meent/members/coaching"
	"meent/web/ui"
)

// showTeam handles GET /team: the coaches and coordinators, and how many members
// each coach follows.
func showTeam(r *request) error {
	list, err := r.web.Members.Staff(r.Request.Context(), r.actor)
	if err != nil {
		return err
	}
	sizes, err := r.web.Coaching.Caseloads(r.Request.Context(), r.actor)
	if err != nil {
		return err
	}
	return r.page(http.StatusOK, r.t("staff.title"), teamBody(r, list, sizesByRole(sizes)))
}

func sizesByRole(list []coaching.CaseloadSize) map[members.RoleID]int {
	sizes := map[members.RoleID]int{}
	for _, one := range list {
		sizes[one.Role] = one.Members
	}
	return sizes
}

// inTeam finds the coach or coordinator of the path.
func (r *request) inTeam() error {
	role, err := id.Parse[members.Role](r.Param("role"))
	if err != nil {
		return err
	}
	r.staff, err = r.web.Members.StaffOf(r.Request.Context(), r.actor, role)
	return err
}

// showNewStaff handles GET /team/new.
func showNewStaff(r *request) error {
	f := r.emptyForm()
	f.set("kind", string(members.RoleCoach))
	return r.newStaffPage(http.StatusOK, f)
}

func (r *request) newStaffPage(status int, f *form) error {
	return r.page(status, r.t("staff.add"), newStaffBody(r, f))
}

// addStaff handles POST /team/new.
func addStaff(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	n := members.NewStaff{Kind: members.RoleKind(f.text("kind")),
		NewPerson: members.NewPerson{Name: f.text("person"), Email: f.text("email"), Locale: r.words.Locale}}
	if err := f.wrong(r.web.Members.AddStaff(r.Request.Context(), r.actor, n)); err != nil {
		return err
	}
	if f.bad() {
		return r.newStaffPage(http.StatusUnprocessableEntity, f)
	}
	r.flash("staff.added")
	return r.to("/team")
}

// showStaff handles GET /team/:role.
func showStaff(r *request) error { return r.staffPage(http.StatusOK, r.emptyForm()) }

func (r *request) staffPage(status int, f *form) error {
	return r.page(status, r.staff.Name, staffBody(r, f, r.staff))
}

// endStaff handles POST /team/:role/end. Who ends their own work here goes home.
func endStaff(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	if err := f.wrong(r.web.Coaching.EndStaff(r.Request.Context(), r.actor, r.staff.Role, f.text("why"))); err != nil {
		return err
	}
	if f.bad() {
		return r.staffPage(http.StatusUnprocessableEntity, f)
	}
	r.flash("staff.ended")
	if r.staff.Role == r.actor.Role {
		return r.to("/home")
	}
	return r.to("/team")
}

func (r *request) staffKinds() (choices []ui.Choice) {
	for _, kind := range members.StaffKinds() {
		choices = append(choices, ui.Choice{Value: string(kind), Text: r.words.With("staff.is."+string(kind), nil), Hint: r.words.With("staff.hint."+string(kind), nil)})
	}
	return choices
}

// staffFacts say what one of the team is, and since when.
func (r *request) staffFacts(one members.Staff, sizes map[members.RoleID]int) string {
	text := r.words.With("staff.is."+string(one.Kind), nil) + " · " + r.t("staff.since", "Day", r.words.LongDate(one.Since))
	if one.Kind == members.RoleCoach {
		text += " · " + r.words.N("staff.follows", sizes[one.Role])
	}
	return text
}
