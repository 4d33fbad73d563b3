package main

import (
	"context"
	"slices"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/members"
)

// orderSizes are how many events each order had in the end: what comes only after an
// event that is days late belongs to its order too.
func (t *till) orderSizes(ctx context.Context) ([]int, error) {
	orders := map[string]int{} // by bill, and by member's account
	for _, j := range t.all() {
		orders[j.bill.String()] = t.orderOf(j.client.Cooperative)
	}
	accounts, err := t.rig.db.Query(ctx, `SELECT account, cooperative_id FROM payments.payee WHERE account <> ''`)
	if err != nil {
		return nil, err
	}
	var whose string
	var coop id.Cooperative
	if _, err := pgx.ForEachRow(accounts, []any{&whose, &coop}, func() error { orders[whose] = t.orderOf(coop); return nil }); err != nil {
		return nil, err
	}
	const query = `
		SELECT coalesce(nullif(account, 'platform'), CASE type WHEN 'transfer.created' THEN object->>'destination' END,
			object->>'client_reference_id', object->>'transfer_group', ''), count(*)::int FROM stripesim.event GROUP BY 1`
	events, err := t.there.Query(ctx, query)
	if err != nil {
		return nil, err
	}
	sizes, n := make([]int, len(t.office)), 0
	_, err = pgx.ForEachRow(events, []any{&whose, &n}, func() error {
		if order, known := orders[whose]; known {
			sizes[order] += n
		}
		return nil
	})
	return sizes, err
}

func (t *till) orderOf(c id.Cooperative) int {
	return slices.IndexFunc(t.office, func(o members.Actor) bool { return o.Cooperative == c })
}
