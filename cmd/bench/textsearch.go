package main

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
	"meent/jobs"
)

// textSearch is the browse index in Postgres, as one would make it there.
type textSearch struct {
	db   *pgxpool.Pool
	open bool // the last word may always go on; else only when it is short
}

func openTextSearch(_ context.Context, r *room) (finder, func() error, error) {
	return &textSearch{db: r.db}, func() error { return nil }, nil
}

// Replace fills the empty database, however long a statement takes.
func (t *textSearch) Replace(ctx context.Context, docs []jobs.Document) error {
	return t.db.AcquireFunc(ctx, func(conn *pgxpool.Conn) error {
		for _, step := range []func() error{
			execute(ctx, conn, `SET statement_timeout = 0`), execute(ctx, conn, gigTables), copyGigs(ctx, conn, docs), copyPlaces(ctx, conn, docs),
			execute(ctx, conn, gigIndexes), execute(ctx, conn, `RESET statement_timeout`),
		} {
			if err := step(); err != nil {
				return err
			}
		}
		return nil
	})
}

func execute(ctx context.Context, conn *pgxpool.Conn, sql string) func() error {
	return func() error { _, err := conn.Exec(ctx, sql); return err }
}

func copyGigs(ctx context.Context, conn *pgxpool.Conn, docs []jobs.Document) func() error {
	columns := []string{"id", "cooperative", "title", "body", "more", "first", "rate", "load", "groups", "days", "parts", "pay", "support", "others", "remote", "place"}
	rows := pgx.CopyFromSlice(len(docs), func(i int) ([]any, error) { return rowOf(docs[i]), nil })
	return func() error { _, err := conn.CopyFrom(ctx, pgx.Identifier{"gig"}, columns, rows); return err }
}

func copyPlaces(ctx context.Context, conn *pgxpool.Conn, docs []jobs.Document) func() error {
	places := map[string][]any{}
	for _, d := range docs {
		places[d.PlaceCode] = []any{d.PlaceCode, d.Place.Lat, d.Place.Lon}
	}
	rows := pgx.CopyFromRows(slices.Collect(maps.Values(places)))
	return func() error {
		_, err := conn.CopyFrom(ctx, pgx.Identifier{"place"}, []string{"code", "lat", "lon"}, rows)
		return err
	}
}

const gigTables = `
	CREATE EXTENSION pg_trgm;
	CREATE TABLE place (code text PRIMARY KEY, lat float8, lon float8);
	CREATE TABLE word (word text);
	CREATE TABLE gig (id uuid, cooperative uuid, title text, body text, more text, first timestamptz, rate int, load text, groups text[], days int[], parts text[],
		pay int[], support bool, others bool, remote bool, place text, text tsvector GENERATED ALWAYS AS (
			setweight(to_tsvector('dutch', title), 'A') || setweight(to_tsvector('dutch', body), 'B') || setweight(to_tsvector('dutch', more), 'D')) STORED)`

const gigIndexes = `
	ALTER TABLE gig ADD PRIMARY KEY (id);
	CREATE INDEX ON gig USING gin (text);
	CREATE INDEX ON gig USING gin (groups);
	CREATE INDEX ON gig (cooperative, first, id);
	CREATE INDEX ON gig (load);
	CREATE INDEX ON gig (rate);
	CREATE INDEX ON gig (place);
	INSERT INTO word SELECT word FROM ts_stat('SELECT text FROM gig');
	CREATE INDEX ON word USING gin (word gin_trgm_ops);
	ANALYZE`

func rowOf(d jobs.Document) []any {
	days, parts := map[int]bool{}, map[string]bool{}
	for _, m := range d.WeekParts() {
		days[int(m.Day)], parts[string(m.Part)] = true, true
	}
	pay := []int{}
	for _, least := range d.PayBands() {
		pay = append(pay, int(least))
	}
	body := d.Description + " " + strings.Join(d.Labels(), " ") + " " + d.PlaceName
	return []any{d.Gig.String(), d.Cooperative.String(), d.Title, body, strings.Join(d.More, " "), d.First, int(d.Rate), string(d.Load), d.Groups(),
		slices.Collect(maps.Keys(days)), slices.Collect(maps.Keys(parts)), pay, d.SupportOnSite, d.WithOthers, d.Remote, d.PlaceCode}
}

// Search looks for the words, and for those that are like them when there are
// none.
func (t *textSearch) Search(ctx context.Context, q jobs.Query) (jobs.Hits, error) {
	words := q.Words()
	hits, err := t.search(ctx, q, t.wanted(words))
	if err != nil || hits.Total > 0 || len(words) == 0 {
		return hits, err
	}
	instead := make([]string, len(words))
	for i, word := range words {
		if instead[i], err = t.like(ctx, word); err != nil {
			return hits, err
		}
	}
	return t.search(ctx, q, query{last: strings.Join(instead, " & ")})
}

// query is what to_tsquery reads: all words but the last, it, and how it goes on.
type query struct{ before, last, open string }

func (t *textSearch) wanted(words []string) (q query) {
	if len(words) == 0 {
		return q
	}
	n := len(words) - 1
	q = query{before: strings.Join(words[:n], " & "), last: words[n]}
	if t.open || len(q.last) <= 3 {
		q.open = q.last + ":*"
	}
	return q
}

// like is the word when somebody has it, else the eight closest.
func (t *textSearch) like(ctx context.Context, word string) (string, error) {
	const query = `SELECT coalesce(
		(SELECT word FROM word WHERE word = $1),
		'(' || (SELECT string_agg(word, ' | ') FROM (SELECT word FROM word WHERE word % $1 ORDER BY similarity(word, $1) DESC, word LIMIT 8) w) || ')', $1)`
	var instead string
	err := t.db.QueryRow(ctx, query, word).Scan(&instead)
	return instead, err
}

func (t *textSearch) search(ctx context.Context, q jobs.Query, wanted query) (hits jobs.Hits, err error) {
	args := pgx.NamedArgs{"cooperative": q.Cooperative.String(), "before": wanted.before, "last": wanted.last, "open": wanted.open, "groups": q.Groups, "loads": q.Loads, "size": jobs.PageSize,
		"lat": q.Near.Lat, "lon": q.Near.Lon, "metres": q.Metres, "only": texts(q.Only)}
	if q.Count {
		return t.count(ctx, q, args)
	}
	query := `SELECT id::text, count(*) OVER () FROM gig WHERE ` + has(q) + ` AND ` + fits(q, "") + ` ORDER BY ` + rank(q) + ` first, id LIMIT @size`
	rows, err := t.db.Query(ctx, query, args)
	if err != nil {
		return hits, err
	}
	for rows.Next() {
		var gig string
		if err := rows.Scan(&gig, &hits.Total); err != nil {
			return hits, err
		}
		if err := add(&hits, gig); err != nil {
			return hits, err
		}
	}
	return hits, rows.Err()
}

const (
	words = `(to_tsquery('dutch', @before) && (to_tsquery('dutch', @last) || to_tsquery('simple', @open)))`
	near  = `(remote OR place = ANY (ARRAY(SELECT code FROM place WHERE lat BETWEEN @lat - @metres::float8 / 111000 AND @lat + @metres::float8 / 111000 AND
		2 * 6371000 * asin(sqrt(sin(radians(lat - @lat) / 2) ^ 2 + cos(radians(lat)) * cos(radians(@lat)) * sin(radians(lon - @lon) / 2) ^ 2)) <= @metres)))`
)

// has is what holds whatever is chosen.
func has(q jobs.Query) string {
	if len(q.Words()) == 0 {
		return `cooperative = @cooperative`
	}
	return `cooperative = @cooperative AND text @@ ` + words
}

// fits is what is chosen, but for one facet.
func fits(q jobs.Query, but jobs.Facet) string {
	all := []string{"true"}
	if q = q.Without(but); len(q.Groups) > 0 {
		all = append(all, `groups && @groups`)
	}
	if len(q.Loads) > 0 {
		all = append(all, `load = ANY (@loads)`)
	}
	if q.Metres > 0 {
		all = append(all, near)
	}
	if q.Only != nil {
		all = append(all, `id = ANY (@only::uuid[])`)
	}
	return strings.Join(all, " AND ")
}

func rank(q jobs.Query) string {
	if len(q.Words()) == 0 {
		return ""
	}
	return `ts_rank(text, ` + words + `) DESC,`
}

// count asks once for the page, the total and all counts.
func (t *textSearch) count(ctx context.Context, q jobs.Query, args pgx.NamedArgs) (hits jobs.Hits, err error) {
	ranked := `0`
	if len(q.Words()) > 0 {
		ranked = `CASE WHEN ` + fits(q, "") + ` THEN ts_rank(text, ` + words + `) END`
	}
	query := `WITH found AS MATERIALIZED (SELECT id, first, load, groups, days, parts, pay, support, others, remote, place, ` + ranked + ` AS rank FROM gig WHERE ` + has(q) + `)
		SELECT ARRAY(SELECT id::text FROM found WHERE ` + fits(q, "") + ` ORDER BY rank DESC, first, id LIMIT @size), (SELECT count(*) FROM found WHERE ` + fits(q, "") + `)`
	var gigs []string
	into, counts := []any{&gigs, &hits.Total}, make([]map[string]int, len(jobs.Facets()))
	for i, f := range jobs.Facets() {
		query += fmt.Sprintf(`, (SELECT coalesce(jsonb_object_agg(value::text, n), '{}') FROM (SELECT %s AS value, count(*) AS n FROM found WHERE %s AND %s GROUP BY 1) f)`,
			valueOf(f), fits(q, f), countedIn(f))
		into = append(into, &counts[i])
	}
	if err := t.db.QueryRow(ctx, query, args).Scan(into...); err != nil {
		return hits, err
	}
	hits.Counts = jobs.FacetCounts{}
	for i, f := range jobs.Facets() {
		hits.Counts[f] = counts[i]
	}
	for _, gig := range gigs {
		if err := add(&hits, gig); err != nil {
			return hits, err
		}
	}
	return hits, nil
}

func valueOf(f jobs.Facet) string {
	switch f {
	case jobs.GroupFacet, jobs.DayFacet, jobs.PartFacet:
		return `unnest(` + string(f) + `s)`
	case jobs.PayFacet:
		return `unnest(pay)`
	default:
		return string(f)
	}
}

// countedIn says which gigs have a value to count.
func countedIn(f jobs.Facet) string {
	switch f {
	case jobs.SupportFacet, jobs.OthersFacet, jobs.RemoteFacet:
		return string(f)
	case jobs.PlaceFacet:
		return `NOT remote`
	default:
		return `true`
	}
}

func add(hits *jobs.Hits, gig string) error {
	one, err := id.Parse[jobs.Gig](gig)
	hits.Gigs = append(hits.Gigs, one)
	return err
}

func texts(gigs []jobs.GigID) []string {
	all := make([]string, len(gigs))
	for i, gig := range gigs {
		all[i] = gig.String()
	}
	return all
}
