package web

import (
	"net/http"

	"meent/internal/id"
	"meent/members"
)

// takesNew admits everybody but those who may take nothing new: it says so
// before they fill in a form.
func (r *request) takesNew() error {
	switch {
	case r.actor.Restricted():
		return members.ErrRestricted
	case r.actor.Kind == members.RoleClient && r.actor.ClientState != members.ClientApproved:
		return members.ErrNotApproved
	}
	return nil
}

// ownRestriction finds the person's own restriction of the path, or nothing.
func (r *request) ownRestriction() (err error) {
	restriction, err := id.Parse[members.Restriction](r.Param("restriction"))
	if err != nil {
		return err
	}
	r.restriction, err = r.web.Members.Restriction(r.Request.Context(), r.actor, restriction)
	return err
}

// showRestriction handles GET /restriction/:restriction: who decided, why, and
// how to ask for a second look.
func showRestriction(r *request) error {
	return r.page(http.StatusOK, r.t("restrict.own_title"), restrictionBody(r, r.restriction, false))
}

// restrictedPage answers a person who tried something that they may not do now.
// Where the restriction is not theirs any more, the plain page of the error says
// enough.
func (r *request) restrictedPage(f failure) error {
	x, err := r.web.Members.Restriction(r.Request.Context(), r.actor, r.actor.Restriction)
	if err != nil {
		return r.page(f.status, r.words.With(f.key+".title", nil), failureBody(r, f))
	}
	return r.page(f.status, r.t("restrict.own_title"), restrictionBody(r, x, true))
}

// theirPerson finds the person of the path in the coordinator's cooperative, or
// nothing.
func (r *request) theirPerson() error {
	person, err := id.Parse[members.Person](r.Param("person"))
	if err != nil {
		return err
	}
	r.restrictable, err = r.web.Members.Restrictable(r.Request.Context(), r.actor, person)
	return err
}

// showRestrictable handles GET /restrictions/:person.
func showRestrictable(r *request) error { return r.restrictablePage(http.StatusOK, r.emptyForm()) }

func (r *request) restrictablePage(status int, f *form) error {
	return r.page(status, r.restrictable.Name, restrictableBody(r, r.restrictable, f))
}

// restrictPerson handles POST /restrictions/:person.
func restrictPerson(r *request) error {
	return r.judge("restrict.done", r.web.Members.Restrict)
}

// restorePerson handles POST /restrictions/:person/restore.
func restorePerson(r *request) error {
	return r.judge("restrict.restored", r.web.Members.Restore)
}

func (r *request) restrictablePath() string { return "/restrictions/" + r.restrictable.Person.String() }
