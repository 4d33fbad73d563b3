package jobs

import (
	"context"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
	"meent/members"
)

func listSkillGroups(ctx context.Context, db *pgxpool.Pool) ([]SkillGroup, error) {
	const query = `
		SELECT g.code, g.nl, g.en, s.code, s.nl, s.en
		FROM members.skill s JOIN members.skill_group g ON g.code = s.group_code
		ORDER BY g.nl, g.code, s.nl`
	rows, err := db.Query(ctx, query)
	if err != nil {
		return nil, err
	}
	var groups []SkillGroup
	var g SkillGroup
	var skill members.Skill
	_, err = pgx.ForEachRow(rows, []any{&g.Code, &g.NL, &g.EN, &skill.Code, &skill.NL, &skill.EN}, func() error {
		if len(groups) == 0 || groups[len(groups)-1].Code != g.Code {
			groups = append(groups, SkillGroup{Code: g.Code, NL: g.NL, EN: g.EN})
		}
		last := &groups[len(groups)-1]
		last.Skills = append(last.Skills, members.Skill{Code: skill.Code, GroupCode: g.Code, NL: skill.NL, EN: skill.EN})
		return nil
	})
	return groups, err
}

// fullName is a place's name, with the municipality where others share it.
const fullName = `p.name || CASE WHEN EXISTS (SELECT FROM members.place o WHERE lower(o.name) = lower(p.name) AND o.code <> p.code)
	THEN ' (' || p.municipality || ')' ELSE '' END`

// listPlaceNames looks about fifteen kilometres around each client.
func listPlaceNames(ctx context.Context, db *pgxpool.Pool, by members.Actor) ([]string, error) {
	const query = `
		SELECT DISTINCT ` + fullName + ` AS name
		FROM members.client c
		JOIN members.place o ON o.code = c.place_code
		JOIN members.place p ON p.lat BETWEEN o.lat - 0.13 AND o.lat + 0.13 AND p.lon BETWEEN o.lon - 0.2 AND o.lon + 0.2
		WHERE c.cooperative_id = $1 AND ($3 OR c.id = $2)
		ORDER BY name LIMIT 100`
	rows, err := db.Query(ctx, query, by.Cooperative, by.Client, by.Kind == members.RoleCoordinator)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}

// foundPlace is a place that a text may mean; own is where the client is.
type foundPlace struct {
	code, name string
	own        bool
}

func names(places []foundPlace) string {
	all := make([]string, len(places))
	for i, place := range places {
		all[i] = place.name
	}
	return strings.Join(all, ", ")
}

// findPlaces lists the places of this name, the client's own first.
func findPlaces(ctx context.Context, tx pgx.Tx, c id.Cooperative, client members.ClientID, text string) ([]foundPlace, error) {
	const query = `
		SELECT p.code, ` + fullName + `, o.id IS NOT NULL AS own
		FROM members.place p
		LEFT JOIN members.client o ON o.cooperative_id = $1 AND o.id = $2 AND o.place_code = p.code
		WHERE lower(p.name) = lower($3) OR lower(p.name || ' (' || p.municipality || ')') = lower($3)
		ORDER BY own DESC, p.code`
	rows, err := tx.Query(ctx, query, c, client, text)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (f foundPlace, err error) {
		err = row.Scan(&f.code, &f.name, &f.own)
		return f, err
	})
}

func knowsSkills(ctx context.Context, tx pgx.Tx, codes []string) (known bool, err error) {
	const query = `SELECT NOT EXISTS (SELECT FROM unnest($1::text[]) code WHERE code NOT IN (SELECT s.code FROM members.skill s))`
	err = tx.QueryRow(ctx, query, codes).Scan(&known)
	return known, err
}
