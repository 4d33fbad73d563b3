package members

import (
	"context"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// upsertPlaces writes only what is new or another: every start of a program comes here.
func upsertPlaces(ctx context.Context, tx pgx.Tx, places []Place) error {
	const query = `
		INSERT INTO members.place (code, name, municipality, province, lat, lon)
		SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::float8[], $6::float8[])
		EXCEPT SELECT code, name, municipality, province, lat, lon FROM members.place
		ON CONFLICT (code) DO UPDATE SET name = excluded.name, municipality = excluded.municipality,
			province = excluded.province, lat = excluded.lat, lon = excluded.lon`
	var codes, names, municipalities, provinces []string
	var lats, lons []float64
	for _, p := range places {
		codes, names, municipalities, provinces = append(codes, p.Code), append(names, p.Name), append(municipalities, p.Municipality), append(provinces, p.Province)
		lats, lons = append(lats, p.Lat), append(lons, p.Lon)
	}
	_, err := tx.Exec(ctx, query, codes, names, municipalities, provinces, lats, lons)
	return err
}

func upsertSkillGroups(ctx context.Context, tx pgx.Tx, rows [][]string) error {
	const query = `
		INSERT INTO members.skill_group (code, nl, en)
		SELECT code, nl, en FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS n (code, nl, en, line)
		WHERE NOT EXISTS (SELECT FROM members.skill_group g WHERE (g.code, g.nl, g.en) = (n.code, n.nl, n.en)) ORDER BY line
		ON CONFLICT (code) DO UPDATE SET nl = excluded.nl, en = excluded.en`
	var codes, nl, en []string
	for _, row := range rows {
		codes, nl, en = append(codes, row[0]), append(nl, row[1]), append(en, row[2])
	}
	_, err := tx.Exec(ctx, query, codes, nl, en)
	return err
}

func upsertSkills(ctx context.Context, tx pgx.Tx, skills []Skill) error {
	const query = `
		INSERT INTO members.skill (code, group_code, nl, en, synonyms_nl)
		SELECT code, group_code, nl, en, string_to_array(synonyms, ';')
		FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[]) WITH ORDINALITY AS n (code, group_code, nl, en, synonyms, line)
		WHERE NOT EXISTS (SELECT FROM members.skill s
			WHERE (s.code, s.group_code, s.nl, s.en, s.synonyms_nl) = (n.code, n.group_code, n.nl, n.en, string_to_array(n.synonyms, ';')))
		ORDER BY line -- a name may go from one to another
		ON CONFLICT (code) DO UPDATE SET group_code = excluded.group_code, nl = excluded.nl,
			en = excluded.en, synonyms_nl = excluded.synonyms_nl`
	var codes, groups, nl, en, synonyms []string
	for _, s := range skills {
		codes, groups, nl, en = append(codes, s.Code), append(groups, s.GroupCode), append(nl, s.NL), append(en, s.EN)
		synonyms = append(synonyms, strings.Join(s.Synonyms, ";"))
	}
	_, err := tx.Exec(ctx, query, codes, groups, nl, en, synonyms)
	return err
}

func upsertAbilities(ctx context.Context, tx pgx.Tx, list []Ability) error {
	const query = `
		INSERT INTO members.ability (code, group_code, bit, nl, en)
		SELECT code, group_code, bit, nl, en
		FROM unnest($1::text[], $2::text[], $3::smallint[], $4::text[], $5::text[]) WITH ORDINALITY AS n (code, group_code, bit, nl, en, line)
		WHERE NOT EXISTS (SELECT FROM members.ability a WHERE (a.code, a.group_code, a.bit, a.nl, a.en) = (n.code, n.group_code, n.bit, n.nl, n.en)) ORDER BY line
		ON CONFLICT (code) DO UPDATE SET group_code = excluded.group_code, bit = excluded.bit, nl = excluded.nl, en = excluded.en`
	var codes, groups, nl, en []string
	var bits []int16
	for _, a := range list {
		codes, groups, bits = append(codes, a.Code), append(groups, a.GroupCode), append(bits, int16(a.Bit))
		nl, en = append(nl, a.NL), append(en, a.EN)
	}
	_, err := tx.Exec(ctx, query, codes, groups, bits, nl, en)
	return err
}

func countReference(ctx context.Context, db *pgxpool.Pool) (ReferenceCount, error) {
	const query = `SELECT (SELECT count(*) FROM members.place), (SELECT count(*) FROM members.skill)`
	var c ReferenceCount
	err := db.QueryRow(ctx, query).Scan(&c.Places, &c.Skills)
	return c, err
}
