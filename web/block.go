package web

import (
	"net/http"

	"meent/internal/id"
	"meent/members"
)

// knowsClient finds the client of the path, in the member's cooperative, with the
// member's own block of it.
func (r *request) knowsClient() error {
	client, err := id.Parse[members.Client](r.Param("client"))
	if err != nil {
		return err
	}
	r.block, err = r.web.Members.BlockOf(r.Request.Context(), r.actor, client)
	return err
}

// showBlock handles GET /clients/:client/block: what a block means, and its form.
func showBlock(r *request) error {
	f := r.emptyForm()
	f.set("reason", r.block.Reason)
	return r.page(http.StatusOK, r.t("block.title"), blockBody(r, r.block, f))
}

// blockClient handles POST /clients/:client/block.
func blockClient(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	if err := f.wrong(r.web.Coaching.Block(r.Request.Context(), r.actor, r.block.Client, f.text("reason"))); err != nil {
		return err
	}
	if f.bad() {
		return r.page(http.StatusUnprocessableEntity, r.t("block.title"), blockBody(r, r.block, f))
	}
	r.flash("block.done")
	return r.to("/sharing#blocks")
}

// unblockClient handles POST /clients/:client/unblock.
func unblockClient(r *request) error {
	if err := r.web.Members.Unblock(r.Request.Context(), r.actor, r.block.Client); err != nil {
		return err
	}
	r.flash("block.ended")
	return r.to("/sharing#blocks")
}

func blockPath(client members.ClientID) string { return "/clients/" + client.String() + "/block" }
