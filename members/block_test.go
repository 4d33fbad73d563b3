package members_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/id"
	"meent/members"
)

func (h *house) client(c id.Cooperative, name string) (client members.ClientID) {
	h.t.Helper()
	h.tx(func(tx pgx.Tx) (err error) {
		client, err = h.AddClientTx(h.t.Context(), tx, members.NewClient{Cooperative: c, Name: name, Kind: members.Household, PlaceCode: "arnhem"})
		return err
	})
	return client
}

func TestBlockIsTheMembersOwn(t *testing.T) {
	h := newHouse(t)
	c, other := h.cooperative("Waalkracht"), h.cooperative("Noorderhand")
	anna, bea, far := h.member(c, "anna@meent.example"), h.member(c, "bea@meent.example"), h.member(other, "far@meent.example")
	linde, farClient := h.client(c, "De Linde"), h.client(other, "De Beuk")
	coach := h.coach(c, "els@meent.example")
	for name, err := range map[string]error{
		"a client of another cooperative": h.Block(t.Context(), anna, farClient, ""),
		"a member of another cooperative": h.Block(t.Context(), far, linde, ""),
		"a coach":                         h.Block(t.Context(), coach, linde, ""),
		"ending what is not there":        h.Unblock(t.Context(), anna, linde),
		"a client that is nowhere":        h.Block(t.Context(), anna, members.ClientID{1}, ""),
	} {
		if !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s gave %v", name, err)
		}
	}
	var problems check.Problems
	if err := h.Block(t.Context(), anna, linde, strings.Repeat("x", members.MostBlockReason+1)); !errors.As(err, &problems) || !problems.At("reason") {
		t.Errorf("a long reason gave %v", err)
	}
	if err := errors.Join(h.Block(t.Context(), anna, linde, "Geschreeuw."), h.Block(t.Context(), anna, linde, "Veel geschreeuw.")); err != nil {
		t.Fatal(err)
	}
	list, err := h.Blocks(t.Context(), anna)
	if err != nil || len(list) != 1 || list[0].Name != "De Linde" || list[0].Reason != "Veel geschreeuw." || !list[0].Since.Equal(h.now) {
		t.Errorf("Anna's blocks are %+v, %v", list, err)
	}
	for name, by := range map[string]members.Actor{"Bea": bea, "a far member": far, "the coach": coach} {
		if list, err := h.Blocks(t.Context(), by); err != nil || len(list) != 0 {
			t.Errorf("%s reads %+v, %v", name, list, err)
		}
	}
	if _, err := h.BlockOf(t.Context(), anna, farClient); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("looking at a far client gave %v", err)
	}
	deeds, err := h.Concerning(t.Context(), anna.Person)
	if err != nil || len(deeds) != 2 || deeds[0].What != "client_blocked" || deeds[0].Ref+deeds[0].Why != "" {
		t.Errorf("the deeds are %+v, %v", deeds, err)
	}
	if err := h.Unblock(t.Context(), anna, linde); err != nil {
		t.Fatal(err)
	}
	if one, err := h.BlockOf(t.Context(), anna, linde); err != nil || !one.Since.IsZero() || one.Name != "De Linde" {
		t.Errorf("after the end there is %+v, %v", one, err)
	}
}
