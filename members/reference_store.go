package members

import (
	"context"

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
		INSERT INTO members.skill_group (code, nl, en) VALUES ($1, $2, $3)
		ON CONFLICT (code) DO UPDATE SET nl = excluded.nl, en = excluded.en`
	batch := &pgx.Batch{}
	for _, row := range rows {
		batch.Queue(query, row[0], row[1], row[2])
	}
	return tx.SendBatch(ctx, batch).Close()
}

func upsertSkills(ctx context.Context, tx pgx.Tx, skills []Skill) error {
	const query = `
		INSERT INTO members.skill (code, group_code, nl, en, synonyms_nl) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (code) DO UPDATE SET group_code = excluded.group_code, nl = excluded.nl,
			en = excluded.en, synonyms_nl = excluded.synonyms_nl`
	batch := &pgx.Batch{}
	for _, s := range skills {
		batch.Queue(query, s.Code, s.GroupCode, s.NL, s.EN, s.Synonyms)
	}
	return tx.SendBatch(ctx, batch).Close()
}

func upsertAbilities(ctx context.Context, tx pgx.Tx, list []Ability) error {
	const query = `
		INSERT INTO members.ability (code, group_code, bit, nl, en) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (code) DO UPDATE SET group_code = excluded.group_code, bit = excluded.bit, nl = excluded.nl, en = excluded.en`
	batch := &pgx.Batch{}
	for _, a := range list {
		batch.Queue(query, a.Code, a.GroupCode, a.Bit, a.NL, a.EN)
	}
	return tx.SendBatch(ctx, batch).Close()
}

func countReference(ctx context.Context, db *pgxpool.Pool) (ReferenceCount, error) {
	const query = `SELECT (SELECT count(*) FROM members.place), (SELECT count(*) FROM members.skill)`
	var c ReferenceCount
	err := db.QueryRow(ctx, query).Scan(&c.Places, &c.Skills)
	return c, err
}
