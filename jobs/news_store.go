package jobs

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/members"
)

// newsOf is what a member's news rests on; only who may be offered work has any.
const newsOf = `
	FROM jobs.search_news n
	JOIN members.member m ON m.cooperative_id = n.cooperative_id AND m.id = n.member_id AND m.state IN ('trial', 'member')
	JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id AND r.ended_at IS NULL
	JOIN members.person p ON p.id = r.person_id
	WHERE n.mailed AND EXISTS (SELECT FROM jobs.saved_search k WHERE k.cooperative_id = n.cooperative_id AND k.member_id = n.member_id)
		AND NOT EXISTS (SELECT FROM members.restriction x
			WHERE x.cooperative_id = n.cooperative_id AND x.person_id = r.person_id AND x.lifted_at IS NULL)`

// markDueNews notes that these members were asked for today. Another who does the
// same takes others.
func markDueNews(ctx context.Context, tx pgx.Tx, today members.Day, most int) ([]SearchNews, error) {
	const query = `
		WITH due AS MATERIALIZED (SELECT n.cooperative_id, n.member_id` + newsOf + ` AND n.asked_day < $1::date
			ORDER BY n.cooperative_id, n.member_id LIMIT $2 FOR UPDATE OF n SKIP LOCKED)
		UPDATE jobs.search_news n SET asked_day = $1::date FROM due
		WHERE n.cooperative_id = due.cooperative_id AND n.member_id = due.member_id RETURNING n.member_id, n.cooperative_id`
	rows, err := tx.Query(ctx, query, string(today), most)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[SearchNews])
}

// toldNews is who is to be told, and of what they were.
type toldNews struct {
	by    members.Actor
	who   members.Person
	since time.Time
	gigs  []GigID
}

// findToldNews returns members.ErrNotFound where nobody is to be told.
func findToldNews(ctx context.Context, db *pgxpool.Pool, t SearchNews) (told toldNews, err error) {
	const query = `SELECT p.id, p.email, p.name, p.locale, r.id, n.since, n.told` + newsOf + ` AND n.cooperative_id = $1 AND n.member_id = $2`
	told.by = members.Actor{Cooperative: t.Cooperative, Kind: members.RoleMember, Member: t.Member}
	err = db.QueryRow(ctx, query, t.Cooperative, t.Member).
		Scan(&told.who.ID, &told.who.Email, &told.who.Name, &told.who.Locale, &told.by.Role, &told.since, &told.gigs)
	told.by.Person = told.who.ID
	if errors.Is(err, pgx.ErrNoRows) {
		err = members.ErrNotFound
	}
	return told, err
}

// postedGig is an open gig, and since when.
type postedGig struct {
	id GigID
	at time.Time
}

// listPostedSince are the open gigs of which the member was not told.
func listPostedSince(ctx context.Context, db *pgxpool.Pool, told toldNews) ([]postedGig, error) {
	const query = `
		SELECT id, posted_at FROM jobs.gig
		WHERE cooperative_id = $1 AND state = 'open' AND posted_at > $2 AND NOT id = ANY ($3::uuid[]) ORDER BY id`
	rows, err := db.Query(ctx, query, told.by.Cooperative, told.since, texts(told.gigs))
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (g postedGig, err error) {
		return g, row.Scan(&g.id, &g.at)
	})
}

// claimNews gives the one mail of the day to this task. It returns
// members.ErrNotFound where another has it.
func claimNews(ctx context.Context, db *pgxpool.Pool, t SearchNews, today members.Day, key string) error {
	const query = `
		UPDATE jobs.search_news SET mail_day = $3::date, mail_key = $4
		WHERE cooperative_id = $1 AND member_id = $2 AND (mail_day IS NULL OR mail_day < $3::date OR mail_key = $4)`
	tag, err := db.Exec(ctx, query, t.Cooperative, t.Member, string(today), key)
	if err == nil && tag.RowsAffected() == 0 {
		err = members.ErrNotFound
	}
	return err
}

// addToldNews forgets gigs that are over: nobody finds them again.
func addToldNews(ctx context.Context, tx pgx.Tx, t SearchNews, gigs []GigID, now time.Time) error {
	const query = `
		UPDATE jobs.search_news n SET told_at = $4, told = ARRAY(SELECT g.id FROM jobs.gig g
			WHERE g.cooperative_id = n.cooperative_id AND g.id = ANY (n.told || $3::uuid[]) AND g.state IN ('open', 'paused') ORDER BY g.id)
		WHERE n.cooperative_id = $1 AND n.member_id = $2`
	_, err := tx.Exec(ctx, query, t.Cooperative, t.Member, texts(gigs), now)
	return err
}
