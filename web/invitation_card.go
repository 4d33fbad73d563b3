package web

import (
	"net/http"
	"strings"

	"meent/members"
	"meent/web/ui"
)

// printedCard is what a card says: its address is a secret that exists nowhere
// else.
type printedCard struct {
	members.Invitation
	address string
	code    ui.Code
}

// printInvitation handles POST /invitations/:invitation/card: the card, once. What was
// printed of it before works no more.
func printInvitation(r *request) error {
	i, secret, err := r.web.Members.IssueCard(r.Request.Context(), r.actor, r.invited.ID)
	if err != nil {
		return err
	}
	c := printedCard{Invitation: i, address: r.web.URL.JoinPath("join", secret).String()}
	if c.code, err = codeOf(c.address); err != nil {
		return err
	}
	return r.page(http.StatusOK, r.t("joincard.title"), invitationCardBody(r, c))
}

// typedAddress is the address without what browsers add by themselves.
func (c printedCard) typedAddress() string {
	return strings.TrimPrefix(strings.TrimPrefix(c.address, "https://"), "http://")
}
