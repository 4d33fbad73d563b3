package matching

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/members"
)

func eraseOffers(ctx context.Context, tx pgx.Tx, person members.PersonID, now time.Time) error {
	const query = `
		UPDATE matching.offer t SET
			state = CASE WHEN t.state IN ('waiting_coach', 'asked', 'sent', 'yes', 'reserve') THEN 'withdrawn' ELSE t.state END,
			decided_at = CASE WHEN t.state IN ('waiting_coach', 'asked', 'sent', 'yes') THEN $2 ELSE t.decided_at END,
			explanation = jsonb_build_object('version', t.weights_version, 'total', t.points, 'points', '[]'::jsonb),
			reason = NULL, refused_text = NULL, held_why = NULL, chosen_why = NULL
		FROM members.member m JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id
		WHERE m.cooperative_id = t.cooperative_id AND m.id = t.member_id AND r.person_id = $1`
	_, err := tx.Exec(ctx, query, person, now)
	return err
}
