package members

import (
	"context"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
)

func insertImport(ctx context.Context, tx pgx.Tx, by Actor, i ImportID, kind ImportKind, rows []sheetRow, expires time.Time) error {
	const query = `INSERT INTO members.import (id, cooperative_id, kind, made_by, rows, expires_at) VALUES ($1, $2, $3, $4, $5, $6)`
	_, err := tx.Exec(ctx, query, i, by.Cooperative, string(kind), by.Role, rows, expires)
	return err
}

func findImport(ctx context.Context, tx pgx.Tx, by Actor, i ImportID, now time.Time, lock bool) (Import, error) {
	query := `SELECT id, kind, rows FROM members.import WHERE cooperative_id = $1 AND made_by = $2 AND id = $3 AND expires_at > $4`
	if lock {
		query += ` FOR UPDATE`
	}
	var found Import
	err := tx.QueryRow(ctx, query, by.Cooperative, by.Role, i, now).Scan(&found.ID, &found.Kind, &found.sheet)
	return found, notFound(err)
}

func deleteImport(ctx context.Context, tx pgx.Tx, i ImportID) error {
	_, err := tx.Exec(ctx, `DELETE FROM members.import WHERE id = $1`, i)
	return err
}

// selectKnown reads the places, and who or what is there already.
func selectKnown(ctx context.Context, tx pgx.Tx, c id.Cooperative, kind ImportKind) (known, error) {
	k := known{places: map[string]string{}, taken: map[string]bool{}}
	rows, err := tx.Query(ctx, `SELECT code, lower(name) FROM members.place ORDER BY code DESC`)
	if err != nil {
		return k, err
	}
	var code, name string
	var codes []string
	if _, err = pgx.ForEachRow(rows, []any{&code, &name}, func() error {
		k.places[name] = code // the first by code wins, as in findPlaceTx
		codes = append(codes, code)
		return nil
	}); err != nil {
		return k, err
	}
	for _, code := range codes {
		k.places[strings.ToLower(code)] = code
	}
	const people = `
		SELECT p.email FROM members.member m
		JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id
		JOIN members.person p ON p.id = r.person_id WHERE m.cooperative_id = $1`
	query := people
	if kind == ImportClients {
		query = `SELECT lower(name) FROM members.client WHERE cooperative_id = $1`
	}
	if rows, err = tx.Query(ctx, query, c); err != nil {
		return k, err
	}
	_, err = pgx.ForEachRow(rows, []any{&name}, func() error { k.taken[name] = true; return nil })
	return k, err
}

// insertMembers makes persons, roles and members in three statements, however
// many there are. ids are those of the three.
func insertMembers(ctx context.Context, tx pgx.Tx, c id.Cooperative, ids [3][]string, rows []importRow, now time.Time) error {
	var emails, names, places, travels, consents []string
	var reaches []int
	for _, row := range rows {
		emails, names, places = append(emails, row.email), append(names, row.name), append(places, row.place)
		travels, consents, reaches = append(travels, string(row.travel)), append(consents, string(row.consent)), append(reaches, row.reach)
	}
	const persons = `
		INSERT INTO members.person (id, email, name, locale, created_at)
		SELECT i, e, n, 'nl', $4 FROM unnest($1::uuid[], $2::text[], $3::text[]) AS new (i, e, n) ORDER BY e
		ON CONFLICT (email) WHERE email IS NOT NULL DO NOTHING`
	if _, err := tx.Exec(ctx, persons, ids[0], emails, names, now); err != nil {
		return err
	}
	const roles = `
		INSERT INTO members.role (id, cooperative_id, person_id, kind, created_at)
		SELECT new.i, $1, p.id, 'member', $4 FROM unnest($2::uuid[], $3::text[]) AS new (i, e) JOIN members.person p ON p.email = new.e ORDER BY p.id
		ON CONFLICT ON CONSTRAINT role_once DO NOTHING`
	if _, err := tx.Exec(ctx, roles, c, ids[1], emails, now); err != nil {
		return err
	}
	held, err := listRolesOf(ctx, tx, c, emails)
	if err != nil {
		return err
	}
	const all = `
		INSERT INTO members.member (id, cooperative_id, role_id, place_code, reach_m, travel, state, consent, referred_at)
		SELECT i, $1, r, place, reach, travel, 'referred', consent, $8
		FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::int[], $6::text[], $7::text[]) AS new (i, r, place, reach, travel, consent)
		ON CONFLICT ON CONSTRAINT member_role_unique DO NOTHING`
	tag, err := tx.Exec(ctx, all, c, ids[2], held, places, reaches, travels, consents, now)
	if err == nil && tag.RowsAffected() != int64(len(rows)) {
		err = errFewer
	}
	return err
}

// listRolesOf are the members' roles of people, in the order of their addresses. They are
// not joined with what comes in: of thousands that were added just now Postgres thinks that
// there is one, and compared each with each.
func listRolesOf(ctx context.Context, tx pgx.Tx, c id.Cooperative, emails []string) ([]string, error) {
	const query = `
		SELECT p.email, r.id::text FROM members.role r JOIN members.person p ON p.id = r.person_id
		WHERE r.cooperative_id = $1 AND r.kind = 'member' AND p.email = ANY ($2)`
	rows, err := tx.Query(ctx, query, c, emails)
	if err != nil {
		return nil, err
	}
	of := make(map[string]string, len(emails))
	var email, role string
	_, err = pgx.ForEachRow(rows, []any{&email, &role}, func() error { of[email] = role; return nil })
	list := make([]string, len(emails))
	for i, email := range emails {
		list[i] = of[email]
	}
	return list, err
}

func insertClients(ctx context.Context, tx pgx.Tx, c id.Cooperative, ids []string, rows []importRow, now time.Time) error {
	var names, kinds, places, addresses []string
	for _, row := range rows {
		names, kinds = append(names, row.name), append(kinds, string(row.kind))
		places, addresses = append(places, row.place), append(addresses, row.address)
	}
	const query = `
		INSERT INTO members.client (id, cooperative_id, name, kind, place_code, address, state, created_at)
		SELECT i, $1, n, k, p, a, 'approved', $7 FROM unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[]) AS new (i, n, k, p, a)`
	_, err := tx.Exec(ctx, query, c, ids, names, kinds, places, addresses, now)
	return err
}
