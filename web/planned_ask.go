package web

import (
	"errors"
	"math"
	"net/http"
	"slices"

	"meent/internal/id"
	"meent/jobs"
	"meent/matching"
	"meent/members"
)

// chosenView is a member whom the office may choose by hand for a shift.
type chosenView struct {
	jobs.PlannedShift
	one matching.Fitting
	of  int // who fit
}

// showChoose handles GET /planning/:shift/ask/:member: why this member?
func showChoose(r *request) error { return r.choosePage(http.StatusOK, r.emptyForm()) }

func (r *request) choosePage(status int, f *form) error {
	shift, member, err := r.pathChoice()
	if err != nil {
		return err
	}
	v, ctx := chosenView{}, r.Request.Context()
	if v.PlannedShift, err = r.web.Jobs.PlannedShift(ctx, r.actor, shift); err != nil {
		return err
	}
	list, err := r.web.Matching.Fitting(ctx, r.actor, shift, math.MaxInt)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(list, func(one matching.Fitting) bool { return one.Member == member })
	if at < 0 {
		return r.notFitting(member)
	}
	v.one, v.of = list[at], len(list)
	return r.page(status, r.t("planning.ask", "Name", members.FirstName(v.one.Name)), chooseBody(r, v, f))
}

// notFitting tells of a member of this house that they cannot be asked now, and of
// anybody else nothing.
func (r *request) notFitting(member members.MemberID) error {
	_, err := r.web.Members.Standing(r.Request.Context(), r.actor, member)
	return errors.Join(err, matching.ErrCannotCome)
}

// offerShift handles POST /planning/:shift/ask/:member: one member is asked, for a
// reason that they read.
func offerShift(r *request) error {
	shift, member, err := r.pathChoice()
	if err != nil {
		return err
	}
	f, err := r.form()
	if err != nil {
		return err
	}
	if f.looksMedical("why") {
		return r.choosePage(http.StatusUnprocessableEntity, f)
	}
	if err := f.wrong(r.web.Matching.OfferTo(r.Request.Context(), r.actor, shift, member, f.lines("why"))); err != nil {
		return err
	}
	if f.bad() {
		return r.choosePage(http.StatusUnprocessableEntity, f)
	}
	r.flash("planning.asked")
	return r.to("/planning/" + shift.String())
}

func (r *request) pathChoice() (shift jobs.ShiftID, member members.MemberID, err error) {
	if shift, err = r.pathShift(); err == nil {
		member, err = id.Parse[members.Member](r.Param("member"))
	}
	return shift, member, err
}
