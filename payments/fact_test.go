package payments_test

import (
	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"
)

// factsAre compares what the coach's side was told of the member, in order.
func (h *house) factsAre(want ...string) {
	h.Helper()
	rows, err := h.db.Query(h.Context(), `SELECT kind FROM coaching.fact WHERE member_id = $1 ORDER BY at, seq`, h.member.Member)
	h.must(err)
	got, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		h.Errorf("%v, facts (-want +got):\n%s", err, diff)
	}
}
