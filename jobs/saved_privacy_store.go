package jobs

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/internal/owndata"
	"meent/members"
)

// eraseSaved forgets what the member looked for, and of what they were told.
func eraseSaved(ctx context.Context, tx pgx.Tx, person members.PersonID) error {
	for _, query := range []string{
		`DELETE FROM jobs.saved_search WHERE ` + ofErased,
		`DELETE FROM jobs.search_news WHERE ` + ofErased,
	} {
		if _, err := tx.Exec(ctx, query, person); err != nil {
			return err
		}
	}
	return nil
}

// deleteSearchesOfGone does the same for a member who left.
func deleteSearchesOfGone(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID) error {
	const gone = `cooperative_id = $1 AND member_id = $2 AND EXISTS (SELECT FROM members.member m WHERE m.cooperative_id = $1 AND m.id = $2 AND m.state = 'alumni')`
	for _, table := range []string{`saved_search`, `search_news`} {
		if _, err := tx.Exec(ctx, `DELETE FROM jobs.`+table+` WHERE `+gone, c, m); err != nil {
			return err
		}
	}
	return nil
}

func ownSaved() []owndata.Query {
	return []owndata.Query{
		{Name: "searches", From: "jobs.saved_search", SQL: `
			SELECT c.name AS cooperative, t.wish, 'saved_search.wish@' || t.id AS "wish@", t.saved_at
			FROM jobs.saved_search t` + members.OwnRows + `ORDER BY t.saved_at, t.id`},
		{Name: "search_news", From: "jobs.search_news", SQL: `
			SELECT c.name AS cooperative, t.mailed, t.since, t.asked_day, t.told_at, t.mail_day, t.looked_at,
				ARRAY(SELECT g.title FROM jobs.gig g WHERE g.cooperative_id = t.cooperative_id AND g.id = ANY (t.told) ORDER BY g.title) AS told,
				ARRAY(SELECT g.title FROM jobs.gig g WHERE g.cooperative_id = t.cooperative_id AND g.id = ANY (t.mail_gigs) ORDER BY g.title) AS mail_gigs,
				ARRAY(SELECT g.title FROM jobs.gig g WHERE g.cooperative_id = t.cooperative_id AND g.id = ANY (t.later) ORDER BY g.title) AS later
			FROM jobs.search_news t` + members.OwnRows + `ORDER BY t.since`},
	}
}
