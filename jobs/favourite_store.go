package jobs

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
	"meent/members"
)

func isRefused(ctx context.Context, tx pgx.Tx, by members.Actor, m members.MemberID, today members.Day) (refused bool, err error) {
	const query = `
		SELECT EXISTS (SELECT FROM members.client_refusal
			WHERE cooperative_id = $1 AND member_id = $2 AND client_id = $3 AND ended_at IS NULL AND until >= $4::date)`
	return refused, tx.QueryRow(ctx, query, by.Cooperative, m, by.Client, string(today)).Scan(&refused)
}

func isBlocked(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID, client members.ClientID) (blocked bool, err error) {
	const query = `SELECT EXISTS (SELECT FROM members.client_block WHERE cooperative_id = $1 AND member_id = $2 AND client_id = $3)`
	return blocked, tx.QueryRow(ctx, query, c, m, client).Scan(&blocked)
}

// insertFavourite returns ErrAskedLately where the member said no, or ended it,
// since then. The caller holds the member.
func insertFavourite(ctx context.Context, tx pgx.Tx, by members.Actor, f FavouriteID, w Work, now, since time.Time) error {
	const lately = `
		SELECT EXISTS (SELECT FROM jobs.favourite WHERE cooperative_id = $1 AND client_id = $2 AND member_id = $3
			AND (state = 'refused' AND answered_at > $4 OR state = 'ended' AND ended_side = 'member' AND ended_at > $4))`
	var asked bool
	if err := tx.QueryRow(ctx, lately, by.Cooperative, by.Client, w.Member, since).Scan(&asked); err != nil {
		return err
	}
	if asked {
		return ErrAskedLately
	}
	const query = `
		INSERT INTO jobs.favourite (id, cooperative_id, member_id, client_id, engagement_id, state, asked_by, asked_at)
		VALUES ($1, $2, $3, $4, $5, 'asked', $6, $7)`
	_, err := tx.Exec(ctx, query, f, by.Cooperative, w.Member, by.Client, w.ID, by.Role, now)
	if broke(err, "favourite_one") {
		return ErrFavouriteThere
	}
	return err
}

// broke reports whether this constraint was broken.
func broke(err error, constraint string) bool {
	var broken *pgconn.PgError
	return errors.As(err, &broken) && broken.ConstraintName == constraint
}

const favouriteColumns = `
	SELECT f.id, f.engagement_id, g.title, g.language, f.client_id, cl.name, f.member_id, who.name, f.state, f.asked_at, coalesce(f.ended_side, '')
	FROM jobs.favourite f
	JOIN members.client cl ON cl.cooperative_id = f.cooperative_id AND cl.id = f.client_id
	JOIN members.member m ON m.cooperative_id = f.cooperative_id AND m.id = f.member_id
	JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id
	JOIN members.person who ON who.id = r.person_id
	JOIN jobs.engagement e ON e.cooperative_id = f.cooperative_id AND e.id = f.engagement_id
	JOIN jobs.shift s ON s.cooperative_id = e.cooperative_id AND s.id = e.shift_id
	JOIN jobs.gig g ON g.cooperative_id = s.cooperative_id AND g.id = s.gig_id
	WHERE f.cooperative_id = $1 AND `

func scanFavourite(row pgx.Row) (f Favourite, endedBy members.RoleKind, err error) {
	err = row.Scan(&f.ID, &f.Engagement, &f.Title.Text, &f.Title.Language, &f.Client, &f.ClientName, &f.Member, &f.MemberName, &f.State, &f.Asked, &endedBy)
	if errors.Is(err, pgx.ErrNoRows) {
		err = members.ErrNotFound
	}
	return f, endedBy, err
}

func findFavourite(ctx context.Context, db oneRower, c id.Cooperative, f FavouriteID) (Favourite, members.RoleKind, error) {
	return scanFavourite(db.QueryRow(ctx, favouriteColumns+`f.id = $2`, c, f))
}

func lockFavourite(ctx context.Context, tx pgx.Tx, c id.Cooperative, f FavouriteID) (Favourite, error) {
	found, _, err := scanFavourite(tx.QueryRow(ctx, favouriteColumns+`f.id = $2 FOR UPDATE OF f`, c, f))
	return found, err
}

func lockLiveFavourite(ctx context.Context, tx pgx.Tx, by members.Actor, m members.MemberID) (Favourite, error) {
	const query = favouriteColumns + `f.client_id = $2 AND f.member_id = $3 AND f.state IN ('asked', 'on') FOR UPDATE OF f`
	found, _, err := scanFavourite(tx.QueryRow(ctx, query, by.Cooperative, by.Client, m))
	return found, err
}

// updateFavourite notes by which side it ended.
func updateFavourite(ctx context.Context, tx pgx.Tx, by members.Actor, f Favourite, now time.Time) error {
	const query = `
		UPDATE jobs.favourite SET state = $3, answered_at = CASE WHEN $3 IN ('on', 'refused') THEN $4 ELSE answered_at END,
			ended_at = CASE WHEN $3 IN ('withdrawn', 'expired', 'ended') THEN $4::timestamptz END,
			ended_side = CASE WHEN $3 IN ('withdrawn', 'ended') THEN $5 END
		WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, by.Cooperative, f.ID, string(f.State), now, string(by.Kind))
	return err
}

// mostFavourites is how many are listed at once.
const mostFavourites = 200

func listFavourites(ctx context.Context, db *pgxpool.Pool, by members.Actor, since time.Time) ([]Favourite, error) {
	query, whose := `f.client_id = $2`, any(by.Client)
	if by.Kind == members.RoleMember {
		query, whose = `f.member_id = $2 AND NOT (f.state IN ('asked', 'expired', 'withdrawn') AND EXISTS (SELECT FROM members.client_block b
			WHERE b.cooperative_id = f.cooperative_id AND b.member_id = f.member_id AND b.client_id = f.client_id))`, by.Member
	}
	query = favouriteColumns + query + ` AND (f.state IN ('asked', 'on') OR f.asked_at > $3)
		ORDER BY f.state NOT IN ('asked', 'on'), f.state = 'on', f.asked_at DESC, f.id LIMIT $4`
	rows, err := db.Query(ctx, query, by.Cooperative, whose, since, mostFavourites)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (Favourite, error) {
		f, _, err := scanFavourite(row)
		return f, err
	})
}
