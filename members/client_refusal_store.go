package members

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
)

// lockPersonOf is whose membership it is, which nobody asks for work meanwhile.
func lockPersonOf(ctx context.Context, tx pgx.Tx, c id.Cooperative, m MemberID) (person PersonID, err error) {
	const query = `
		SELECT r.person_id FROM members.member m
		JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id
		WHERE m.cooperative_id = $1 AND m.id = $2 FOR NO KEY UPDATE OF m`
	return person, notFound(tx.QueryRow(ctx, query, c, m).Scan(&person))
}

// insertClientRefusal ends the one before, whose day is over.
func insertClientRefusal(ctx context.Context, tx pgx.Tx, by Actor, r ClientRefusal, why []byte) error {
	const over = `
		UPDATE members.client_refusal SET ended_at = $5, ended_how = 'time'
		WHERE cooperative_id = $1 AND member_id = $2 AND client_id = $3 AND ended_at IS NULL AND until < $4::date`
	if _, err := tx.Exec(ctx, over, r.Cooperative, r.Member, r.Client, string(DayOf(r.At)), r.At); err != nil {
		return err
	}
	const query = `
		INSERT INTO members.client_refusal (id, cooperative_id, member_id, client_id, by_id, by_role, by_kind, code, why, at, until)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::date)`
	_, err := tx.Exec(ctx, query, r.ID, r.Cooperative, r.Member, r.Client, by.Person, by.Role, string(by.Kind), string(r.Code), why, r.At, string(r.Until))
	if broke(err, "refusal_one") {
		return ErrDecided
	}
	return err
}

const refusalColumns = `
	SELECT f.id, f.cooperative_id, f.member_id, who.name, f.client_id, cl.name, b.name, f.code, f.why, f.at, to_char(f.until, 'YYYY-MM-DD'),
		coalesce(f.ended_at, '0001-01-01 00:00:00Z'), coalesce(f.ended_how, ''), who.id, v.id
	FROM members.client_refusal f
	JOIN members.client cl ON cl.cooperative_id = f.cooperative_id AND cl.id = f.client_id
	JOIN members.person b ON b.id = f.by_id
	JOIN members.member m ON m.cooperative_id = f.cooperative_id AND m.id = f.member_id
	JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id
	JOIN members.person who ON who.id = r.person_id
	LEFT JOIN members.review v ON v.refusal_id = f.id `

func scanRefusal(row pgx.Row) (k keptRefusal, err error) {
	err = row.Scan(&k.ID, &k.Cooperative, &k.Member, &k.MemberName, &k.Client, &k.ClientName, &k.By, &k.Code, &k.why, &k.At, &k.Until,
		&k.Ended, &k.How, &k.person, &k.Review)
	return k, notFound(err)
}

func listClientRefusals(ctx context.Context, db *pgxpool.Pool, by Actor, today Day) ([]keptRefusal, error) {
	const (
		order   = ` ORDER BY f.ended_at IS NOT NULL OR f.until < $3::date, f.at DESC, f.id LIMIT $4`
		holding = ` AND f.ended_at IS NULL AND f.until >= $3::date`
	)
	query, whose := `f.member_id = $2`, any(by.Member)
	switch by.Kind {
	case RoleClient:
		query, whose = `f.client_id = $2`+holding, by.Client
	case RoleCoordinator:
		query, whose = `$2::uuid IS NULL`+holding, nil
	}
	rows, err := db.Query(ctx, refusalColumns+`WHERE f.cooperative_id = $1 AND `+query+order, by.Cooperative, whose, string(today), MostRefusals)
	return collectRefusals(rows, err)
}

func listRefusalsOf(ctx context.Context, tx pgx.Tx, c id.Cooperative, m MemberID, today Day) ([]keptRefusal, error) {
	const query = refusalColumns + `
		WHERE f.cooperative_id = $1 AND f.member_id = $2 AND f.ended_at IS NULL AND f.until >= $3::date ORDER BY f.at DESC, f.id LIMIT $4`
	rows, err := tx.Query(ctx, query, c, m, string(today), MostRefusals)
	return collectRefusals(rows, err)
}

func collectRefusals(rows pgx.Rows, err error) ([]keptRefusal, error) {
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (keptRefusal, error) { return scanRefusal(row) })
}

// lockClientRefusal also gives the member's person.
func lockClientRefusal(ctx context.Context, tx pgx.Tx, c id.Cooperative, refusal ClientRefusalID) (ClientRefusal, PersonID, error) {
	k, err := scanRefusal(tx.QueryRow(ctx, refusalColumns+`WHERE f.cooperative_id = $1 AND f.id = $2 FOR UPDATE OF f`, c, refusal))
	return k.ClientRefusal, k.person, err
}

func updateRefusalEnded(ctx context.Context, tx pgx.Tx, r ClientRefusal, how RefusalEnd, now time.Time) error {
	const query = `
		UPDATE members.client_refusal SET ended_at = $3, ended_how = $4 WHERE cooperative_id = $1 AND id = $2 AND ended_at IS NULL`
	_, err := tx.Exec(ctx, query, r.Cooperative, r.ID, now, string(how))
	return err
}

func findToldRefusal(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, refusal ClientRefusalID) (r ClientRefusal, who Person, err error) {
	k, err := scanRefusal(db.QueryRow(ctx, refusalColumns+`WHERE f.cooperative_id = $1 AND f.id = $2`, c, refusal))
	if err != nil {
		return r, who, err
	}
	people, err := listPersons(ctx, db, k.person)
	if err == nil && len(people) == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return r, who, err
	}
	return k.ClientRefusal, people[0], nil
}

// findRefusedMember finds the refusal of this person as a decision about them.
func findRefusedMember(ctx context.Context, db rower, person PersonID, d Decision) (keptDecided, error) {
	const query = `
		SELECT f.cooperative_id, c.name, 'member_refused', f.by_id, b.name, f.why, r.person_id, f.at, f.ended_at IS NULL, v.id
		FROM members.client_refusal f
		JOIN members.cooperative c ON c.id = f.cooperative_id
		JOIN members.person b ON b.id = f.by_id
		JOIN members.member m ON m.cooperative_id = f.cooperative_id AND m.id = f.member_id
		JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id
		LEFT JOIN members.review v ON v.refusal_id = f.id
		WHERE f.id = $1 AND r.person_id = $2`
	found, err := scanDecided(db.QueryRow(ctx, query, d.Refusal, person), d)
	found.column = ClientRefusal{ID: d.Refusal}.whyColumn()
	return found, err
}
