package matching

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
	"meent/jobs"
	"meent/members"
)

// nameFitting fills in the names.
func nameFitting(ctx context.Context, tx pgx.Tx, c id.Cooperative, list []Fitting) error {
	who := make([]members.MemberID, len(list))
	for i, one := range list {
		who[i] = one.Member
	}
	const query = `
		SELECT m.id, p.name FROM members.member m
		JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id
		JOIN members.person p ON p.id = r.person_id
		WHERE m.cooperative_id = $1 AND m.id = ANY ($2)`
	rows, err := tx.Query(ctx, query, c, who)
	if err != nil {
		return err
	}
	names := map[members.MemberID]string{}
	var m members.MemberID
	var name string
	_, err = pgx.ForEachRow(rows, []any{&m, &name}, func() error {
		names[m] = name
		return nil
	})
	for i := range list {
		list[i].Name = names[list[i].Member]
	}
	return err
}

func countOffers(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, shifts []jobs.ShiftID) (map[jobs.ShiftID]OfferCounts, error) {
	const query = `
		SELECT shift_id, state, count(*) FROM matching.offer
		WHERE cooperative_id = $1 AND shift_id = ANY ($2) GROUP BY shift_id, state`
	rows, err := db.Query(ctx, query, c, shifts)
	if err != nil {
		return nil, err
	}
	counts := map[jobs.ShiftID]OfferCounts{}
	var shift jobs.ShiftID
	var state State
	var n int
	_, err = pgx.ForEachRow(rows, []any{&shift, &state, &n}, func() error {
		if counts[shift] == nil {
			counts[shift] = OfferCounts{}
		}
		counts[shift][state] = n
		return nil
	})
	return counts, err
}
