package main

import (
	"context"
	"fmt"
	"math"
	"regexp"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/matching/engine"
	"meent/members"
)

// found is one of a list.
type found struct {
	ID    [16]byte
	Total int
}

// matchSQL is the peer: one table a side, tuned, with the same rules and the same
// whole numbers.
type matchSQL struct{ db *pgxpool.Pool }

// What a table has, what a query is given, and of which type.
var (
	whoTypes = map[string]string{"id": "uuid", "lat": "float8", "lon": "float8", "home": "point", "reach": "int", "works": "bool", "bears1": "int", "bears2": "int", "bears3": "int",
		"always": "bool", "musts": "int", "week": "bit(672)", "blocked": "uuid", "room": "int", "received": "int", "wanted": "int", "skills": "int[]", "goals": "int[]", "clients": "uuid[]", "agreed": "int[]"}
	gigTypes = map[string]string{"id": "uuid", "client": "uuid", "lat": "float8", "lon": "float8", "place": "point", "remote": "bool", "pay": "int", "load1": "int", "load2": "int", "load3": "int",
		"helps": "bool", "offers": "int", "week": "bit(672)", "needs": "int[]", "useful": "int[]", "lead": "int[]", "counts": "int[]", "numbers": "int[]", "want": "int"}
)

const matchIndexes = `
	CREATE INDEX who_order ON who USING gist (home); CREATE INDEX gig_order ON gig USING gist (place);
	CLUSTER who USING who_order; CLUSTER gig USING gig_order; DROP INDEX who_order, gig_order;
	CREATE INDEX who_at ON who USING gist (home, skills gist__intbig_ops(siglen=64)) WHERE works;
	CREATE INDEX who_has ON who USING gin (skills gin__int_ops) WHERE works;
	CREATE INDEX gig_at ON gig USING gist (place, lead gist__intbig_ops(siglen=64))`

// matchSettings suit a table in memory and questions of some milliseconds.
const matchSettings = `DO $$ BEGIN
	EXECUTE format('ALTER DATABASE %I SET jit = off', current_database());
	EXECUTE format('ALTER DATABASE %I SET random_page_cost = 1.1', current_database());
	EXECUTE format('ALTER DATABASE %I SET work_mem = ''64MB''', current_database());
END $$`

// matchMetres is members.Point.Metres; m. and k. stand for member and work.
const matchMetres = `CASE WHEN k.remote THEN 0 ELSE round(2 * 6371000 * asin(least(1, sqrt(power(sin((radians(k.lat) - radians(m.lat)) / 2), 2)
	+ cos(radians(m.lat)) * cos(radians(k.lat)) * power(sin(radians(k.lon - m.lon) / 2), 2)))))::int END`

// matchRules are the hard rules, but the way and the skills.
const matchRules = `m.works AND m.bears1 >= k.load1 AND m.bears2 >= k.load2 AND m.bears3 >= k.load3
	AND (k.helps OR NOT m.always) AND m.musts & ~ k.offers = 0 AND (m.week & k.week) = k.week AND m.blocked IS DISTINCT FROM k.client AND (m.room IS NULL OR k.pay <= m.room)`

// matchAll are the skills, of work of any sort. lead are those that are required, else
// the useful ones, else 0, which everybody has: an index finds work by it.
const matchAll = `k.lead && m.skills AND m.skills @> k.needs AND (k.useful = '{}' OR m.skills && k.useful)`

// matchTimes is how often somebody worked there.
const matchTimes = `coalesce((m.agreed)[array_position(m.clients, k.client)], 0)`

// matchScore is engine.Score.
const matchScore = `CASE WHEN k.want = 0 THEN 300 ELSE 300 * icount(m.skills & k.counts) / k.want END
	+ CASE WHEN NOT m.goals && k.numbers THEN 0 WHEN k.helps THEN 80 ELSE 40 END
	+ CASE WHEN k.remote THEN 150 ELSE 150 * greatest(0, m.reach - metres) / m.reach END
	+ 90 * (CASE WHEN k.load1 = 0 THEN 3 ELSE least(3, m.bears1 - k.load1) END + CASE WHEN k.load2 = 0 THEN 3 ELSE least(3, m.bears2 - k.load2) END
		+ CASE WHEN k.load3 = 0 THEN 3 ELSE least(3, m.bears3 - k.load3) END) / 9
	+ CASE WHEN m.room IS NULL THEN 60 WHEN m.room <= 0 THEN 0 ELSE 60 * least(greatest(0, 5 * (m.room - k.pay)), m.room) / m.room END
	+ 60 * ` + matchTimes + ` / (` + matchTimes + ` + 4)
	+ 200 * greatest(0, m.wanted - m.received) / m.wanted`

var matchWeights = engine.Weights{Version: 1, Of: [7]int{300, 80, 150, 90, 60, 60, 200}}

var matchName = regexp.MustCompile(`\b([mk])\.(\w+)`)

// given writes a query in which one side is given: m or k. The other is a row.
func given(sql, side string, types map[string]string) string {
	return matchName.ReplaceAllStringFunc(sql, func(name string) string {
		if name[:1] != side {
			return name[2:]
		}
		if types[name[2:]] == "bit(672)" {
			return "@" + name[2:] + "::text::bit(672)"
		}
		return "@" + name[2:] + "::" + types[name[2:]]
	})
}

// best is the top twenty of members for work.
func (s matchSQL) best(ctx context.Context, k *engine.Work) ([]found, error) {
	near := "m.home <@ @near::box AND "
	if k.Remote {
		near = ""
	}
	args := gigArgs(k)
	able := "" // by what an index can look
	switch {
	case len(args["needs"].([]int32)) > 0:
		able = "m.skills @> k.needs AND "
	case len(k.Asked) > 0:
		able = "m.skills && k.useful AND "
	}
	sql := given(`SELECT id, `+matchScore+`, metres, skills, bears1, bears2, bears3, room, received, wanted FROM (SELECT *, `+matchMetres+` AS metres FROM who WHERE `+near+able+matchRules+` OFFSET 0) s
		WHERE metres <= m.reach ORDER BY 2 DESC, sha256(@lot::bytea || uuid_send(id)) LIMIT 20`, "k", gigTypes)
	args["near"], args["lot"] = around(k.Place, 60_000), k.Shift[:]
	return s.list(ctx, sql, args)
}

// work is the top twenty of work for a member.
func (s matchSQL) work(ctx context.Context, m *engine.Member) ([]found, error) {
	sql := given(`SELECT id, `+matchScore+`, metres, numbers, load1, load2, load3, pay FROM (SELECT *, `+matchMetres+` AS metres FROM gig WHERE k.place <@ @near::box AND `+matchAll+` AND `+matchRules+` OFFSET 0) s
		WHERE metres <= m.reach ORDER BY 2 DESC, sha256(uuid_send(id) || @lot::bytea) LIMIT 20`, "m", whoTypes)
	args := whoArgs(m)
	args["near"], args["lot"] = around(m.Home, float64(m.Reach)), m.ID[:]
	return s.list(ctx, sql, args)
}

func (s matchSQL) list(ctx context.Context, sql string, args pgx.NamedArgs) (list []found, err error) {
	rows, err := s.db.Query(ctx, sql, args)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		values := make([]any, len(rows.FieldDescriptions()))
		var one found
		values[0], values[1] = &one.ID, &one.Total
		if err := rows.Scan(values...); err != nil { // the others are for who explains
			return nil, err
		}
		list = append(list, one)
	}
	return list, rows.Err()
}

// around is a box that holds all places so near.
func around(p members.Point, metres float64) pgtype.Box {
	lat := metres / 111_000
	lon := lat / math.Cos((math.Abs(p.Lat)+lat)*math.Pi/180)
	return pgtype.Box{P: [2]pgtype.Vec2{{X: p.Lon + lon, Y: p.Lat + lat}, {X: p.Lon - lon, Y: p.Lat - lat}}, Valid: true}
}

func point(p members.Point) pgtype.Point {
	return pgtype.Point{P: pgtype.Vec2{X: p.Lon, Y: p.Lat}, Valid: true}
}

func whoArgs(m *engine.Member) pgx.NamedArgs {
	skills, goals := []int32{0}, []int32{}
	for _, one := range m.Skills {
		skills = append(skills, levels(one.Number, one.Level)...)
	}
	for _, one := range m.Goals {
		goals = append(goals, int32(one))
	}
	args := pgx.NamedArgs{"id": [16]byte(m.ID), "lat": m.Home.Lat, "lon": m.Home.Lon, "home": point(m.Home), "reach": m.Reach, "works": m.Works, "bears1": m.Bears[0], "bears2": m.Bears[1], "bears3": m.Bears[2],
		"always": m.Support == engine.AlwaysSupport, "musts": int(m.Musts), "week": quarters(m.Week), "blocked": nil, "room": nil, "received": 0, "wanted": int(8 * m.Wanted.Minutes()), "skills": skills, "goals": goals, "clients": nil, "agreed": nil}
	if m.HasRoom {
		args["room"] = m.Room
	}
	for _, t := range m.Ties {
		if t.Blocked {
			args["blocked"] = [16]byte(t.Client)
		} else {
			args["clients"], args["agreed"] = []pgtype.UUID{{Bytes: t.Client, Valid: true}}, []int32{int32(t.Agreed)}
		}
	}
	for _, b := range m.Booked {
		args["received"] = int(b.Ends.Sub(b.Starts).Minutes())
	}
	return args
}

func gigArgs(k *engine.Work) pgx.NamedArgs {
	needs, useful, counts, numbers, want := []int32{}, []int32{}, []int32{}, []int32{}, 0
	for _, a := range k.Asked {
		if a.Required {
			needs = append(needs, int32(a.Number)*8+int32(a.Level))
		} else { // nothing asks a level from which who learns does not count
			useful = append(useful, int32(a.Number)*8+1)
		}
		counts, numbers, want = append(counts, levels(a.Number, a.Level)...), append(numbers, int32(a.Number)), want+int(a.Level)
	}
	lead := needs
	switch {
	case len(needs) > 0:
		useful = []int32{}
	case len(useful) > 0:
		lead = useful
	default:
		lead = []int32{0}
	}
	return pgx.NamedArgs{"id": [16]byte(k.Shift), "client": [16]byte(k.Client), "lat": k.Place.Lat, "lon": k.Place.Lon, "place": point(k.Place), "remote": k.Remote, "pay": k.Pay,
		"load1": k.Loads[0], "load2": k.Loads[1], "load3": k.Loads[2], "helps": k.Helps, "offers": int(k.Offers), "week": quarters(asked(k)), "needs": needs, "useful": useful, "lead": lead,
		"counts": counts, "numbers": numbers, "want": want}
}

// fill makes the tables.
func (s matchSQL) fill(ctx context.Context, people []engine.Member, work []engine.Work) error {
	for _, sql := range []string{`CREATE EXTENSION IF NOT EXISTS intarray`, matchSettings} {
		if _, err := s.db.Exec(ctx, sql); err != nil {
			return err
		}
	}
	s.db.Reset() // who connects from now on has the settings
	who := func(i int) pgx.NamedArgs { return whoArgs(&people[i]) }
	gig := func(i int) pgx.NamedArgs { return gigArgs(&work[i]) }
	if err := s.copy(ctx, "who", whoTypes, len(people), who); err != nil {
		return err
	}
	if err := s.copy(ctx, "gig", gigTypes, len(work), gig); err != nil {
		return err
	}
	if _, err := s.db.Exec(ctx, matchIndexes); err != nil {
		return fmt.Errorf("indexes: %w", err)
	}
	for _, table := range []string{"who", "gig"} {
		if _, err := s.db.Exec(ctx, "VACUUM ANALYZE "+table); err != nil {
			return err
		}
	}
	return nil
}

func (s matchSQL) copy(ctx context.Context, table string, types map[string]string, n int, row func(int) pgx.NamedArgs) error {
	var columns []string
	create := ""
	for name, kind := range types {
		columns, create = append(columns, name), create+", \""+name+"\" "+kind
	}
	if _, err := s.db.Exec(ctx, "CREATE TABLE "+table+" ("+create[2:]+")"); err != nil {
		return err
	}
	_, err := s.db.CopyFrom(ctx, pgx.Identifier{table}, columns, pgx.CopyFromSlice(n, func(i int) ([]any, error) {
		args, values := row(i), []any{}
		for _, name := range columns {
			if types[name] == "bit(672)" {
				args[name] = bitsOf(args[name].(string))
			}
			values = append(values, args[name])
		}
		return values, nil
	}))
	return err
}

func bitsOf(text string) pgtype.Bits {
	bits := pgtype.Bits{Bytes: make([]byte, len(text)/8), Len: int32(len(text)), Valid: true}
	for i, c := range text {
		if c == '1' {
			bits.Bytes[i/8] |= 0x80 >> (i % 8)
		}
	}
	return bits
}
