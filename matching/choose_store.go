package matching

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/members"
)

func markChosen(ctx context.Context, tx pgx.Tx, by members.Actor, offer OfferID, why []byte) error {
	const query = `UPDATE matching.offer SET chosen_by = $3, chosen_why = $4 WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, by.Cooperative, offer, by.Role, why)
	return err
}

// findChosen says who chose the member for their own offer.
func findChosen(ctx context.Context, db *pgxpool.Pool, by members.Actor, offer OfferID) (c Chosen, err error) {
	const query = `
		SELECT coalesce(p.name, ''), o.chosen_why
		FROM matching.offer o
		LEFT JOIN members.role r ON r.cooperative_id = o.cooperative_id AND r.id = o.chosen_by
		LEFT JOIN members.person p ON p.id = r.person_id
		WHERE o.cooperative_id = $1 AND o.member_id = $2 AND o.id = $3`
	return c, db.QueryRow(ctx, query, by.Cooperative, by.Member, offer).Scan(&c.ChosenBy, &c.chosenSealed)
}
