package members

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
)

func listExport(ctx context.Context, tx pgx.Tx, c id.Cooperative, kind ImportKind) ([][]string, error) {
	const people = `
		SELECT p.name, p.email, pl.name, CASE m.travel WHEN 'walk' THEN 'lopend' WHEN 'bike' THEN 'fiets' WHEN 'transit' THEN 'ov' ELSE 'auto' END,
			(m.reach_m / 1000)::text, CASE m.consent WHEN 'not_needed' THEN 'nee' ELSE 'ja' END, m.state
		FROM members.member m
		JOIN members.place pl ON pl.code = m.place_code
		JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id
		JOIN members.person p ON p.id = r.person_id
		WHERE m.cooperative_id = $1 AND p.erased_at IS NULL ORDER BY p.name, m.id`
	const clients = `
		SELECT c.name, CASE c.kind WHEN 'household' THEN 'huishouden' ELSE 'organisatie' END, p.name, c.address
		FROM members.client c JOIN members.place p ON p.code = c.place_code
		WHERE c.cooperative_id = $1 ORDER BY c.name, c.id`
	query := people
	if kind == ImportClients {
		query = clients
	}
	rows, err := tx.Query(ctx, query, c)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) ([]string, error) {
		values, err := row.Values()
		cells := make([]string, len(values))
		for i, value := range values {
			cells[i] = fmt.Sprint(value)
		}
		return cells, err
	})
}
