package payments

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
	"meent/members"
)

// Silent is what the gateway was asked to make or to move, and did not answer for a
// day: by then a person looks there.
type Silent struct {
	Kind    string    // one of ErrandKinds
	Subject Reference // our number of it, by which it is found there
	Since   time.Time // when it was asked first
	Tries   int
}

// Silent lists them for the acting coordinator's cooperative, the oldest first, at
// most 50. It returns members.ErrNotFound to everybody else.
func (s *Service) Silent(ctx context.Context, by members.Actor) ([]Silent, error) {
	if by.Kind != members.RoleCoordinator {
		return nil, members.ErrNotFound
	}
	return listSilent(ctx, s.db, by.Cooperative, s.now().Add(-24*time.Hour))
}

// ErrandKinds are the words for all that is asked of the gateway.
func ErrandKinds() []string {
	return []string{"account", "checkout", "deposit_checkout", "transfer", "payout", "refund", "deposit_return", "reversal", "dispute_answer", "dispute_accept"}
}

func listSilent(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, before time.Time) ([]Silent, error) {
	const query = `
		SELECT kind, subject, first_at, tries FROM payments.errand
		WHERE cooperative_id = $1 AND state = 'open' AND tries > 0 AND first_at < $2 ORDER BY first_at, kind, subject LIMIT 50`
	rows, err := db.Query(ctx, query, c, before)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Silent])
}
