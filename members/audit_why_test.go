package members_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"meent/internal/vault"
	"meent/members"
)

const whyMarker = "marker: vaak te laat en boos"

// whys are the reasons of the newest deeds of one kind.
func (h *house) whys(s *members.Service, by members.Actor, what string) (list []members.Audited) {
	h.t.Helper()
	list, err := s.AuditLogOf(h.t.Context(), by, what, 0)
	if err != nil {
		h.t.Fatal(err)
	}
	return list
}

func (h *house) audits(s *members.Service, d members.Deed) error {
	return pgx.BeginFunc(h.t.Context(), h.db, func(tx pgx.Tx) error { return s.AuditTx(h.t.Context(), tx, d) })
}

// TestReasonGoesWithTheKeyOfWhomItConcerns, or of who did it where it concerns
// nobody; the chain holds before and after, and after a new key, too.
func TestReasonGoesWithTheKeyOfWhomItConcerns(t *testing.T) {
	h := newHouse(t)
	c := h.cooperative("Waalkracht")
	noor, sam, jan := h.noor(c), h.member(c, "sam@meent.example"), h.jan(c)
	for _, d := range []members.Deed{
		{By: noor, For: sam.Person, What: "about_sam", Why: whyMarker},
		{By: noor, What: "about_nobody", Why: whyMarker},
		{By: jan, For: jan.Person, What: "by_jan", Why: whyMarker},
	} {
		if err := h.audits(h.Service, d); err != nil {
			t.Fatal(err)
		}
	}
	if dump := h.dump(); holds(dump, whyMarker) || !holds(dump, "about_sam") {
		t.Error("the dump holds the reason")
	}
	destroyed := func(person members.PersonID, what, stays string) {
		t.Helper()
		if got := h.whys(h.Service, noor, what)[0]; got.Why != whyMarker || got.WhyGone {
			t.Fatalf("%s: %+v", what, got)
		}
		h.tx(func(tx pgx.Tx) error { return h.DestroyKeyTx(t.Context(), tx, person) })
		if got := h.whys(h.Service, noor, what)[0]; got.Why != "" || !got.WhyGone {
			t.Errorf("%s after the key was destroyed: %+v", what, got)
		}
		if got := h.whys(h.Service, noor, stays)[0]; got.Why != whyMarker || got.WhyGone {
			t.Errorf("%s went, too: %+v", stays, got)
		}
		if faults := h.faults(); len(faults) > 0 {
			t.Errorf("the chain: %v", faults)
		}
	}
	destroyed(sam.Person, "about_sam", "about_nobody")
	destroyed(noor.Person, "about_nobody", "by_jan")
	if err := h.audits(h.Service, members.Deed{By: noor, For: sam.Person, What: "about_sam", Why: whyMarker}); err != nil {
		t.Fatal(err)
	}
	list := h.whys(h.Service, noor, "about_sam")
	if faults := h.faults(); len(faults) > 0 || list[0].Why != whyMarker || !list[1].WhyGone {
		t.Errorf("with a new key: %v, %+v", faults, list)
	}
}

func TestErasedReasonIsGone(t *testing.T) {
	h := newHouse(t)
	c := h.cooperative("Waalkracht")
	noor, sam := h.noor(c), h.member(c, "sam@meent.example")
	for _, why := range []string{whyMarker, ""} {
		if err := h.audits(h.Service, members.Deed{By: noor, For: sam.Person, What: "a", Why: why}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := h.db.Exec(t.Context(), `DELETE FROM members.audit_why`); err != nil {
		t.Fatal(err)
	}
	list, err := h.Concerning(t.Context(), sam.Person)
	if err != nil || !list[1].WhyGone || list[1].Why != "" || list[0].WhyGone || len(h.faults()) > 0 {
		t.Errorf("%+v, %v", list, err)
	}
	about, err := h.Decided(t.Context(), sam, members.Decision{Deed: members.DeedID{Cooperative: c, Seq: list[1].Seq}})
	if err != nil || !about.Gone || about.Why != "" {
		t.Errorf("%+v, %v", about, err)
	}
}

// TestReasonsAndKeys: a new key above those of the people changes nothing, and
// without any nothing is sealed, read or called whole.
func TestReasonsAndKeys(t *testing.T) {
	h := newHouse(t)
	c := h.cooperative("Waalkracht")
	noor, sam := h.noor(c), h.member(c, "sam@meent.example")
	old, fresh := newKey(t), newKey(t)
	d := members.Deed{By: noor, For: sam.Person, What: "a", Why: whyMarker}
	if err := h.audits(h.with(h.db, old), d); err != nil {
		t.Fatal(err)
	}
	for _, keys := range [][]vault.Key{nil, {fresh}} {
		s := h.with(h.db, keys...)
		read, faults, err := s.VerifyAudit(t.Context())
		if !errors.Is(err, members.ErrNoKey) || len(faults) > 0 || read < 2 {
			t.Errorf("without the key: %d, %v, %v", read, faults, err)
		}
		if _, err := s.AuditLog(t.Context(), noor, 0); !errors.Is(err, members.ErrNoKey) {
			t.Errorf("reading without the key: %v", err)
		}
		if err := h.audits(s, d); !errors.Is(err, members.ErrNoKey) {
			t.Errorf("writing without the key: %v", err)
		}
	}
	if done, err := h.with(h.db, fresh, old).RotateKeys(t.Context()); err != nil || done.Wrapped != 1 || done.Closed != 0 {
		t.Fatalf("RotateKeys = %+v, %v", done, err)
	}
	s := h.with(h.db, fresh)
	if _, faults, err := s.VerifyAudit(t.Context()); err != nil || len(faults) > 0 {
		t.Errorf("VerifyAudit = %v, %v", faults, err)
	}
	if got := h.whys(s, noor, "a")[0]; got.Why != whyMarker {
		t.Errorf("with the new key: %+v", got)
	}
	if err := h.audits(h.with(h.db), members.Deed{By: noor, What: "b"}); err != nil {
		t.Errorf("a deed without a reason needs a key: %v", err)
	}
	if err := h.audits(s, members.Deed{In: c, What: "b", Why: "because"}); err == nil {
		t.Error("the program gave a reason about nobody")
	}
}

// TestReasonWaitsOutsideTheLine: who destroys a key and writes that down is not
// waited for by who waits for the key.
func TestReasonWaitsOutsideTheLine(t *testing.T) {
	h := newHouse(t)
	c := h.cooperative("Waalkracht")
	noor, sam := h.noor(c), h.member(c, "sam@meent.example")
	d := members.Deed{By: noor, For: sam.Person, What: "a", Why: "because"}
	if err := h.audits(h.Service, d); err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	h.tx(func(tx pgx.Tx) error {
		if err := h.DestroyKeyTx(t.Context(), tx, sam.Person); err != nil {
			return err
		}
		go func() { done <- h.audits(h.Service, d) }()
		for h.number(`SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`) == 0 {
			if t.Context().Err() != nil {
				return t.Context().Err()
			}
		}
		return h.AuditTx(t.Context(), tx, members.Deed{By: noor, For: sam.Person, What: "key_destroyed"})
	})
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	if list := h.whys(h.Service, noor, "a"); !list[1].WhyGone || list[0].Why != "because" || strings.Join(h.faults(), "") != "" {
		t.Errorf("%+v, %v", list, h.faults())
	}
}
