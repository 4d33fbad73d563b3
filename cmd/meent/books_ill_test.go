package main

import (
	"io"
	"net/http"
	"strings"
	"testing"
)

// TestBooksThatAreIll: a row that must not be there makes the doctor say so, and stands in
// the metrics under the name of its view.
func TestBooksThatAreIll(t *testing.T) {
	h := newTestHouse(t)
	if _, err := h.db.Exec(t.Context(), `SET session_replication_role = replica;
		INSERT INTO payments.account SELECT id, 'coop:loss', 1 FROM members.cooperative ORDER BY id LIMIT 1;
		SET session_replication_role = DEFAULT`); err != nil {
		t.Fatal(err)
	}
	out, err := meent(t, h.db.Config().ConnString(), "doctor")
	if err == nil || !strings.Contains(out, "the books are wrong") || !strings.Contains(out, "balance") {
		t.Errorf("the doctor gave %v and said:\n%s", err, out)
	}
	answer, err := http.Get("http://" + h.config.Addr + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{`meent_ledger_wrong{view="balance"} 1`, `meent_ledger_wrong{view="sum"} `, "meent_ledger_checked_timestamp_seconds ", "meent_money_"} {
		if !strings.Contains(string(body), line) {
			t.Errorf("the metrics have no %q", line)
		}
	}
}
