package members_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/members"
)

// deed is one of a test.
func (h *house) deed(by members.Actor, what, why string) {
	h.t.Helper()
	h.tx(func(tx pgx.Tx) error {
		return h.AuditTx(h.t.Context(), tx, members.Deed{By: by, For: by.Person, What: what, Why: why, Detail: map[string]string{"was": "6", "is": "9"}})
	})
}

func (h *house) faults() (list []string) {
	h.t.Helper()
	_, faults, err := h.VerifyAudit(h.t.Context())
	if err != nil {
		h.t.Fatal(err)
	}
	for _, f := range faults {
		list = append(list, fmt.Sprintf("%d %s", f.Seq, f.What))
	}
	return list
}

// TestAuditFinds what somebody with all rights over the database did.
func TestAuditFinds(t *testing.T) {
	const swap = `WITH old AS (SELECT * FROM members.audit WHERE seq IN (2, 3))
		UPDATE members.audit a SET at = o.at, by_id = o.by_id, what = o.what, hash = o.hash, why_digest = o.why_digest
		FROM old o WHERE a.seq IN (2, 3) AND o.seq = 5 - a.seq`
	for _, tt := range []struct{ do, want string }{
		{`SELECT 1`, ""},
		{`UPDATE members.audit SET what = 'other' WHERE seq = 3`, "3 changed"},
		{`UPDATE members.audit SET detail = '{"is":"8","was":"6"}' WHERE seq = 3`, "3 changed"},
		{`UPDATE members.audit SET at = at + interval '1 microsecond' WHERE seq = 1`, "1 changed"},
		{`UPDATE members.audit SET for_id = NULL WHERE seq = 2`, "2 changed"},
		{`UPDATE members.audit SET why_digest = '' WHERE seq = 2`, "2 changed,2 why_changed"},
		{`UPDATE members.audit_why SET sealed = set_bit(sealed, 140, 1 - get_bit(sealed, 140)) WHERE seq = 2`, "2 why_changed"},
		{`UPDATE members.audit_why w SET sealed = o.sealed FROM members.audit_why o WHERE w.seq = 2 AND o.seq = 3`, "2 why_changed"},
		{`UPDATE members.person_key SET wrapped = set_bit(wrapped, 140, 1 - get_bit(wrapped, 140))`, "2 why_changed,3 why_changed,4 why_changed,5 why_changed"},
		{`DELETE FROM members.audit_why WHERE seq = 3; DELETE FROM members.audit WHERE seq = 3`, "3 missing"},
		{`DELETE FROM members.audit_why WHERE seq = 1; DELETE FROM members.audit WHERE seq = 1`, "1 missing"},
		{`DELETE FROM members.audit_why WHERE seq = 5; DELETE FROM members.audit WHERE seq = 5`, "5 end_missing"},
		{swap, "2 changed,2 why_changed,3 changed,3 why_changed,4 changed"},
		{`UPDATE members.audit SET helper_id = (SELECT id FROM members.person WHERE id <> by_id LIMIT 1) WHERE seq = 2`, "2 changed"},
		{`UPDATE members.audit SET helper_id = NULL WHERE seq = 5`, "5 changed"},
		{`DELETE FROM members.audit_why WHERE seq = 2`, ""}, // the reason was erased, and everything else holds
		{`DELETE FROM members.person_key`, ""},              // and so was the key of all
	} {
		t.Run(tt.do, func(t *testing.T) {
			h := newHouse(t)
			h.cooperative("Waalkracht") // founding it is the first deed
			noor := h.actor(h.person("noor@meent.example"), members.RoleID{})
			els := members.Helper{Person: h.person("els@meent.example")}
			for _, what := range []string{"a", "b", "c", "d"} {
				h.now = h.now.Add(time.Hour)
				if what == "d" { // in the name of Noor
					noor.Helper = els
				}
				h.deed(noor, what, "because of "+what)
			}
			if _, err := h.db.Exec(t.Context(), "SET session_replication_role = replica; "+tt.do); err != nil {
				t.Fatal(err)
			}
			if got := strings.Join(h.faults(), ","); got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}

// TestAuditStays holds that the tables refuse what the chain would find.
func TestAuditStays(t *testing.T) {
	h := newHouse(t)
	h.cooperative("Waalkracht")
	for _, do := range []string{
		`UPDATE members.audit SET what = 'other'`, `DELETE FROM members.audit`, `TRUNCATE members.audit CASCADE`, `UPDATE members.audit_why SET sealed = sealed`,
	} {
		h.deed(h.actor(h.person("noor@meent.example"), members.RoleID{}), "a", "because")
		if _, err := h.db.Exec(t.Context(), do); err == nil || !strings.Contains(err.Error(), "stays written") {
			t.Errorf("%s: %v", do, err)
		}
	}
}

// TestAuditAtOnce: however many write, there is one chain without a gap.
func TestAuditAtOnce(t *testing.T) {
	h := newHouse(t)
	h.cooperative("Waalkracht")
	noor := h.actor(h.person("noor@meent.example"), members.RoleID{})
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 5 {
				err := pgx.BeginFunc(t.Context(), h.db, func(tx pgx.Tx) error {
					return h.AuditTx(t.Context(), tx, members.Deed{By: noor, What: "a"})
				})
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	read, faults, err := h.VerifyAudit(t.Context())
	if err != nil || len(faults) > 0 || read != 41 {
		t.Errorf("VerifyAudit = %d, %v, %v", read, faults, err)
	}
}

// TestAuditIsReadBy the office, and by whom it concerns.
func TestAuditIsReadBy(t *testing.T) {
	h := newHouse(t)
	c := h.cooperative("Waalkracht")
	noor, sam := h.actor(h.person("noor@meent.example"), members.RoleID{}), h.member(c, "sam@meent.example")
	h.tx(func(tx pgx.Tx) error {
		return h.AuditTx(t.Context(), tx, members.Deed{By: noor, For: sam.Person, What: "restricted", Why: "a reason"})
	})
	log, err := h.AuditLog(t.Context(), noor, 0)
	if err != nil || len(log) != 2 || log[0].What != "restricted" || log[0].Why != "a reason" || log[0].ForName == "" {
		t.Errorf("AuditLog = %+v, %v", log, err)
	}
	if log, err := h.AuditLog(t.Context(), sam, 0); err != nil || len(log) > 0 {
		t.Errorf("a member reads all of it: %+v, %v", log, err)
	}
	mine, err := h.Concerning(t.Context(), sam.Person)
	if err != nil || len(mine) != 1 || mine[0].What != "restricted" || mine[0].Why != "a reason" {
		t.Errorf("Concerning = %+v, %v", mine, err)
	}
	if log, err := h.AuditLog(t.Context(), noor, 2); err != nil || len(log) != 1 || log[0].What != "cooperative_founded" {
		t.Errorf("AuditLog before the second = %+v, %v", log, err)
	}
}
