package web

import (
	"errors"
	"net/http"

	"meent/members"
)

// showErase handles GET /account/erase: what goes, what stays and why, and what
// must end first.
func showErase(r *request) error {
	holds, err := r.web.Privacy.Holds(r.Request.Context(), r.actor.Person)
	if err != nil {
		return err
	}
	return r.erasePage(http.StatusOK, r.emptyForm(), holds)
}

func (r *request) erasePage(status int, f *form, holds []members.Hold) error {
	return r.page(status, r.t("erase.title"), eraseBody(r, f, holds))
}

// eraseOneself handles POST /account/erase. Who was erased a moment ago, by
// another click, sees the same as who is erased now.
func eraseOneself(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	if err := r.limit(erasuresOfPerson, r.actor.Person.String()); err != nil {
		return err
	}
	if f.text("sure") != "yes" {
		holds, err := r.web.Privacy.Holds(r.Request.Context(), r.actor.Person)
		if err != nil {
			return err
		}
		f.problems.Add("sure", "not_sure", nil)
		return r.erasePage(http.StatusUnprocessableEntity, f, holds)
	}
	err = r.web.Privacy.Erase(r.Request.Context(), r.actor.Person)
	var held *members.Held
	if errors.As(err, &held) {
		return r.erasePage(http.StatusConflict, f, held.By)
	}
	if err != nil && !errors.Is(err, members.ErrNotFound) {
		return err
	}
	if err := r.endSession(); err != nil {
		return err
	}
	return r.to("/goodbye")
}

// showGoodbye handles GET /goodbye: after one was erased.
func showGoodbye(r *request) error {
	return r.page(http.StatusOK, r.t("goodbye.title"), goodbyeBody(r))
}
