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
// same waits, and takes others. A day to come was noted by a clock that was wrong.
func markDueNews(ctx context.Context, tx pgx.Tx, today members.Day, most int) ([]SearchNews, error) {
	const query = `
		WITH due AS MATERIALIZED (SELECT n.cooperative_id, n.member_id` + newsOf + ` AND (n.asked_day < $1::date OR n.asked_day > $1::date)
			ORDER BY n.cooperative_id, n.member_id LIMIT $2 FOR UPDATE OF n)
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
	by      members.Actor
	who     members.Person
	since   time.Time  // what was posted before is no news
	looked  *time.Time // nil: nobody looked yet
	after   time.Time  // and what was posted before this only where it is in later
	gigs    []GigID
	later   []GigID // with those of a mail that did not go
	today   bool    // a mail was claimed today, or tomorrow by a clock that was ahead
	mailKey string
}

// findToldNews returns members.ErrNotFound where nobody is to be told.
func findToldNews(ctx context.Context, db *pgxpool.Pool, t SearchNews, now time.Time) (told toldNews, err error) {
	const query = `
		SELECT p.id, p.email, p.name, p.locale, r.id, n.since, n.looked_at, n.told, n.later || n.mail_gigs,
			coalesce(n.mail_day BETWEEN $3::date AND $3::date + 1, false), coalesce(n.mail_key, '')` + newsOf + ` AND n.cooperative_id = $1 AND n.member_id = $2`
	told.by = members.Actor{Cooperative: t.Cooperative, Kind: members.RoleMember, Member: t.Member}
	err = db.QueryRow(ctx, query, t.Cooperative, t.Member, string(members.DayOf(now))).Scan(&told.who.ID, &told.who.Email, &told.who.Name, &told.who.Locale,
		&told.by.Role, &told.since, &told.looked, &told.gigs, &told.later, &told.today, &told.mailKey)
	told.by.Person, told.after = told.who.ID, told.lookFrom(now)
	if errors.Is(err, pgx.ErrNoRows) {
		err = members.ErrNotFound
	}
	return told, err
}

// lookFrom is from when on gigs are looked at that were posted; a clock that was ahead
// when they looked keeps nothing away.
func (told toldNews) lookFrom(now time.Time) time.Time {
	if told.looked == nil {
		return told.since
	}
	from := now
	if told.looked.Before(now) {
		from = *told.looked
	}
	if from = from.Add(-lookedAgain); from.Before(told.since) {
		return told.since
	}
	return from
}

// freshGig is a gig of which a member was not told.
type freshGig struct {
	id     GigID
	posted time.Time
	starts time.Time // the first shift with a free seat; zero: the gig is not to be seen now
}

// listFresh are the gigs to come that are news to the member, or were when there was
// no way to tell it: those first, and then the newest. One without a shift to come is
// left out, and so are those of clients whom the member keeps away.
func listFresh(ctx context.Context, db *pgxpool.Pool, told toldNews, now time.Time) ([]freshGig, error) {
	const query = `
		WITH fresh AS MATERIALIZED (
			SELECT g.id, g.state, g.posted_at, false AS late FROM jobs.gig g
			WHERE g.cooperative_id = $1 AND g.state IN ('open', 'paused') AND g.posted_at > $5
			UNION ALL
			SELECT g.id, g.state, g.posted_at, true FROM jobs.gig g
			WHERE g.cooperative_id = $1 AND g.id = ANY ($7::uuid[]) AND g.state IN ('open', 'paused') AND g.posted_at > $6 AND g.posted_at <= $5)
		SELECT f.id, f.posted_at, CASE WHEN f.state = 'open' THEN n.free END
		FROM fresh f
		JOIN jobs.gig g ON g.cooperative_id = $1 AND g.id = f.id
		CROSS JOIN LATERAL (SELECT count(*) AS coming, min(s.starts_at) FILTER (WHERE ` + hasSeat + `) AS free FROM jobs.shift s
			WHERE s.cooperative_id = $1 AND s.gig_id = f.id AND s.starts_at > $2 AND s.called_off_at IS NULL) n
		WHERE n.coming > 0 AND NOT f.id = ANY ($4::uuid[]) AND NOT EXISTS (SELECT FROM members.client_block b
			WHERE b.cooperative_id = $1 AND b.member_id = $3 AND b.client_id = g.client_id)
		ORDER BY f.late DESC, f.posted_at DESC, f.id LIMIT $8`
	rows, err := db.Query(ctx, query, told.by.Cooperative, now, told.by.Member, texts(told.gigs), told.after, told.since, texts(told.later), mostFresh)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (g freshGig, err error) {
		var starts *time.Time
		if err = row.Scan(&g.id, &g.posted, &starts); starts != nil {
			g.starts = *starts
		}
		return g, err
	})
}

// noteLooked notes that there was nothing to tell, unless another looked meanwhile. It
// returns members.ErrNotFound, which says so.
func noteLooked(ctx context.Context, db *pgxpool.Pool, t SearchNews, told toldNews, l looked) error {
	const query = `UPDATE jobs.search_news SET looked_at = $3, later = $4::uuid[] WHERE cooperative_id = $1 AND member_id = $2 AND looked_at IS NOT DISTINCT FROM $5`
	if _, err := db.Exec(ctx, query, t.Cooperative, t.Member, l.at, texts(l.later), told.looked); err != nil {
		return err
	}
	return members.ErrNotFound
}

// claimNews gives the one mail of the day to this task, and the gigs that are in it:
// those that it claimed first. It returns members.ErrNotFound where another has it.
func claimNews(ctx context.Context, db *pgxpool.Pool, t SearchNews, today members.Day, key string, l looked) (mail []GigID, err error) {
	const query = `
		UPDATE jobs.search_news SET mail_day = $3::date, mail_key = $4,
			mail_gigs = CASE WHEN mail_key = $4 THEN mail_gigs ELSE $5::uuid[] END,
			later = CASE WHEN mail_key = $4 THEN later ELSE $6::uuid[] END,
			looked_at = CASE WHEN mail_key = $4 THEN looked_at ELSE $7 END
		WHERE cooperative_id = $1 AND member_id = $2 AND (mail_day IS NULL OR NOT mail_day BETWEEN $3::date AND $3::date + 1 OR mail_key = $4) RETURNING mail_gigs`
	err = db.QueryRow(ctx, query, t.Cooperative, t.Member, string(today), key, texts(l.mail), texts(l.later), l.at).Scan(&mail)
	if errors.Is(err, pgx.ErrNoRows) {
		err = members.ErrNotFound
	}
	return mail, err
}

// addToldNews forgets gigs that are over: nobody finds them again.
func addToldNews(ctx context.Context, tx pgx.Tx, t SearchNews, gigs []GigID, now time.Time) error {
	const query = `
		UPDATE jobs.search_news n SET told_at = $4, told = ARRAY(SELECT g.id FROM jobs.gig g
			WHERE g.cooperative_id = n.cooperative_id AND g.id = ANY (n.told || $3::uuid[]) AND g.state IN ('open', 'paused') ORDER BY g.id)
		WHERE n.cooperative_id = $1 AND n.member_id = $2
			AND EXISTS (SELECT FROM jobs.saved_search k WHERE k.cooperative_id = n.cooperative_id AND k.member_id = n.member_id)`
	_, err := tx.Exec(ctx, query, t.Cooperative, t.Member, texts(gigs), now)
	return err
}
