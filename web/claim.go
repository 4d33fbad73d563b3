package web

import (
	"net/http"
	"strings"

	"meent/internal/id"
	"meent/payments"
	"meent/web/ui"
)

// claimDifference handles POST /money/differences/:difference/claim: money on the shared
// account is the cooperative's own, as two people say; or, with do=drop, it is not.
func claimDifference(r *request) error {
	difference, err := id.Parse[payments.Difference](r.Param("difference"))
	if err != nil {
		return err
	}
	f, err := r.form()
	if err != nil {
		return err
	}
	s, ctx, do := r.web.Payments, r.Request.Context(), f.text("do")
	way := map[string]func() error{
		"ask": func() error {
			return s.ClaimDifference(ctx, r.actor, difference, payments.Claiming{
				Account: payments.Account("coop:" + f.text(claimField(difference))), Note: f.text(claimNoteField(difference))})
		},
		"agree": func() error { return s.AgreeClaim(ctx, r.actor, difference, f.text("version")) },
		"drop":  func() error { return s.DropClaim(ctx, r.actor, difference) },
	}[do]
	if way == nil {
		return errForm
	}
	if err := f.wrong(way()); err != nil {
		return err
	}
	if f.bad() {
		f.move("account", claimField(difference))
		f.move("note", claimNoteField(difference))
		return r.differencesPage(http.StatusUnprocessableEntity, f)
	}
	r.flash("claim.did_" + do)
	return r.to("/money/differences")
}

// claimField and claimNoteField are the fields of one difference on the page.
func claimField(d payments.DifferenceID) string { return "claim-" + d.String() }

func claimNoteField(d payments.DifferenceID) string { return "claim-note-" + d.String() }

// claimAccounts are where it may be booked, in the words of postings by hand.
func (r *request) claimAccounts(d payments.Difference) (list []ui.Choice) {
	for _, a := range d.ClaimAccounts() {
		list = append(list, ui.Choice{Value: strings.TrimPrefix(string(a), "coop:"), Text: r.words.With("manual.account."+strings.TrimPrefix(string(a), "coop:"), nil)})
	}
	return list
}

// claimLine says what the first of two says.
func (r *request) claimLine(d payments.Difference) string {
	if d.ClaimAccount == "" {
		return r.t("claim.says_booked", "Name", d.ClaimedBy)
	}
	account := r.words.With("manual.account."+strings.TrimPrefix(string(d.ClaimAccount), "coop:"), nil)
	if d.Theirs > 0 {
		return r.t("claim.says_in", "Name", d.ClaimedBy, "Account", account)
	}
	return r.t("claim.says_out", "Name", d.ClaimedBy, "Account", account)
}
