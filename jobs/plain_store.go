package jobs

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/members"
)

// listPlain gives the documents of the soonest MostFound gigs of the actor's
// cooperative, without those of clients whom the acting member keeps away;
// their texts only on demand.
func listPlain(ctx context.Context, db *pgxpool.Pool, by members.Actor, now time.Time, texts bool) ([]Document, error) {
	skills, err := listSkills(ctx, db)
	if err != nil {
		return nil, err
	}
	const query = `
		WITH coming AS MATERIALIZED (
			SELECT s.gig_id, array_agg(s.starts_at ORDER BY s.starts_at) AS starts
			FROM jobs.shift s
			LEFT JOIN (SELECT e.shift_id, count(*) AS seats FROM jobs.engagement e
				WHERE e.cooperative_id = $1 AND e.starts_at > $2 AND ` + HoldsSeat + ` GROUP BY e.shift_id) taken ON taken.shift_id = s.id
			WHERE s.cooperative_id = $1 AND s.starts_at > $2 AND s.called_off_at IS NULL AND s.seats > coalesce(taken.seats, 0)
			GROUP BY s.gig_id),
		skilled AS (
			SELECT k.gig_id, array_agg(k.skill_code ORDER BY k.skill_code) AS skills
			FROM coming JOIN jobs.gig_skill k ON k.cooperative_id = $1 AND k.gig_id = coming.gig_id
			GROUP BY k.gig_id)
		SELECT g.id, g.cooperative_id, CASE WHEN $4 THEN g.title ELSE '' END, CASE WHEN $4 THEN g.description ELSE '' END,
			coalesce(k.skills, '{}'), p.code, p.name, p.lat, p.lon, coalesce(d.remote, false), g.rate_cents, g.load, g.support_on_site, g.with_others, n.starts
		FROM coming n
		JOIN jobs.gig g ON g.cooperative_id = $1 AND g.id = n.gig_id
		JOIN members.place p ON p.code = g.place_code
		LEFT JOIN skilled k ON k.gig_id = g.id
		LEFT JOIN jobs.gig_meeting d ON d.cooperative_id = g.cooperative_id AND d.gig_id = g.id
		WHERE ` + mayShow + `
		ORDER BY n.starts[1], g.id LIMIT $5`
	rows, err := db.Query(ctx, query, by.Cooperative, now, by.Member, texts, MostFound)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (d Document, err error) {
		var codes []string
		err = row.Scan(&d.Gig, &d.Cooperative, &d.Title, &d.Description, &codes, &d.PlaceCode, &d.PlaceName, &d.Place.Lat, &d.Place.Lon,
			&d.Remote, &d.Rate, &d.Load, &d.SupportOnSite, &d.WithOthers, &d.Starts)
		for _, code := range codes {
			d.Skills = append(d.Skills, skills[code])
		}
		if err == nil {
			d.First, d.Starts = d.Starts[0], d.Starts[:min(len(d.Starts), mostStarts)]
		}
		return d, err
	})
}

func listSkills(ctx context.Context, db *pgxpool.Pool) (map[string]members.Skill, error) {
	rows, err := db.Query(ctx, `SELECT code, group_code, nl, en, synonyms_nl FROM members.skill`)
	if err != nil {
		return nil, err
	}
	skills := map[string]members.Skill{}
	var s members.Skill
	_, err = pgx.ForEachRow(rows, []any{&s.Code, &s.GroupCode, &s.NL, &s.EN, &s.Synonyms}, func() error {
		skills[s.Code] = s
		s.Synonyms = nil // of its own, each time
		return nil
	})
	return skills, err
}
