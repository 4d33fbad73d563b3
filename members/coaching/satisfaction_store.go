package coaching

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
	"meent/members"
)

// keptForm is a form as its row has it.
type keptForm struct {
	SaidScores
	id    SatisfactionID
	words []byte
}

// listForms gives the forms of a statement: the member's first, then the clients'
// by name.
func listForms(ctx context.Context, tx pgx.Tx, c id.Cooperative, s StatementID) ([]keptForm, error) {
	const query = `
		SELECT f.id, f.by_kind, coalesce(l.name, ''), CASE f.by_kind WHEN 'client' THEN f.agreed_at ELSE f.asked_at END, f.given_at, coalesce(f.reach, 0), coalesce(f.clear, 0), coalesce(f.help, 0), coalesce(f.result, 0),
			coalesce(f.overall, 0), f.words
		FROM coaching.satisfaction f
		LEFT JOIN members.client l ON l.cooperative_id = f.cooperative_id AND l.id = f.client_id
		WHERE f.cooperative_id = $1 AND f.statement_id = $2
		ORDER BY f.by_kind DESC, l.name, f.id`
	rows, err := tx.Query(ctx, query, c, s)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (f keptForm, err error) {
		var asked, given *time.Time
		v := &f.Scores
		err = row.Scan(&f.id, &f.By, &f.Client, &asked, &given, &v.Reach, &v.Clear, &v.Help, &v.Result, &v.Overall, &f.words)
		if asked != nil {
			f.Asked = members.DayOf(*asked)
		}
		if given != nil {
			f.Given = members.DayOf(*given)
		}
		return f, err
	})
}

// insertForm asks the member, or a client; twice is once.
func insertForm(ctx context.Context, tx pgx.Tx, k keptStatement, f SatisfactionID, client members.ClientID, now time.Time) (isNew bool, err error) {
	const query = `
		INSERT INTO coaching.satisfaction (id, cooperative_id, member_id, statement_id, by_kind, client_id, asked_at)
		SELECT $1, $2, $3, $4, CASE WHEN $5::uuid IS NULL THEN 'member' ELSE 'client' END, $5, $6
		WHERE $5::uuid IS NULL OR EXISTS (SELECT FROM members.client WHERE cooperative_id = $2 AND id = $5)
		ON CONFLICT ON CONSTRAINT satisfaction_once DO NOTHING`
	tag, err := tx.Exec(ctx, query, f, k.in, k.Member, k.ID, client, now)
	return err == nil && tag.RowsAffected() == 1, err
}

// moveForms lets the forms of one statement belong to another.
func moveForms(ctx context.Context, tx pgx.Tx, c id.Cooperative, from, to StatementID) error {
	const query = `UPDATE coaching.satisfaction SET statement_id = $3 WHERE cooperative_id = $1 AND statement_id = $2`
	_, err := tx.Exec(ctx, query, c, from, to)
	return err
}

// openForm is a form whose statement can still hear of it, with whose it is.
type openForm struct {
	Satisfaction
	person    members.PersonID // of the member
	statement StatementID
	member    members.MemberID
}

const selectForm = `
	SELECT f.id, p.id, p.name, f.statement_id, f.member_id, to_char(t.from_day, 'YYYY-MM-DD'), to_char(t.until_day, 'YYYY-MM-DD'), f.given_at, t.state
	FROM coaching.satisfaction f
	JOIN coaching.statement t ON t.cooperative_id = f.cooperative_id AND t.id = f.statement_id
	JOIN members.member m ON m.cooperative_id = f.cooperative_id AND m.id = f.member_id
	JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id
	JOIN members.person p ON p.id = r.person_id
	WHERE f.cooperative_id = $1 AND `

// mayAskClient holds for what the member said yes to, and of whom they are not kept
// away: nobody else of a client learns that somebody is helped.
const mayAskClient = `f.agreed_at IS NOT NULL AND NOT EXISTS (SELECT FROM members.client_block k
	WHERE k.cooperative_id = f.cooperative_id AND k.member_id = f.member_id AND k.client_id = f.client_id) AND `

func scanForm(row pgx.Row) (f openForm, err error) {
	var given *time.Time
	var state StatementState
	err = row.Scan(&f.ID, &f.person, &f.FirstName, &f.statement, &f.member, &f.From, &f.Until, &given, &state)
	f.FirstName = firstName(f.FirstName)
	switch {
	case given != nil:
		f.State, f.Given = FormGiven, *given
	case state == StatementDraft:
		f.State = FormAsked
	default:
		f.State = FormClosed
	}
	return f, gone(err)
}

// findClientForm is for the people of the client; findMemberForm for the member.
func findClientForm(ctx context.Context, db querier, by members.Actor, f SatisfactionID, lock string) (openForm, error) {
	return scanForm(db.QueryRow(ctx, selectForm+mayAskClient+`f.client_id = $2 AND f.id = $3`+lock, by.Cooperative, by.Client, f))
}

func findMemberForm(ctx context.Context, db querier, by members.Actor, s StatementID, lock string) (openForm, error) {
	return scanForm(db.QueryRow(ctx, selectForm+`f.by_kind = 'member' AND f.member_id = $2 AND f.statement_id = $3`+lock, by.Cooperative, by.Member, s))
}

// whileItStands keeps a statement from being signed meanwhile.
const whileItStands = ` FOR NO KEY UPDATE OF t, f`

// listClientForms gives what a client's people were asked and have not answered,
// and can still, the oldest first.
func listClientForms(ctx context.Context, db *pgxpool.Pool, by members.Actor) ([]Satisfaction, error) {
	rows, err := db.Query(ctx, selectForm+mayAskClient+`f.client_id = $2 AND f.given_at IS NULL AND t.state = 'draft' ORDER BY f.asked_at, f.id LIMIT 20`, by.Cooperative, by.Client)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (Satisfaction, error) {
		f, err := scanForm(row)
		return f.Satisfaction, err
	})
}

func markGiven(ctx context.Context, tx pgx.Tx, by members.Actor, f SatisfactionID, s Scores, words []byte, now time.Time) error {
	const query = `
		UPDATE coaching.satisfaction SET given_at = $3, given_by = $4, reach = $5, clear = $6, help = $7, result = $8, overall = $9, words = $10
		WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, by.Cooperative, f, now, by.Role, s.Reach, s.Clear, s.Help, s.Result, s.Overall, words)
	return err
}

// listAskedPeople are the people of a client that has not answered yet.
func listAskedPeople(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, f SatisfactionID) ([]members.Person, error) {
	const query = `
		SELECT p.id, p.email, p.name, p.locale
		FROM coaching.satisfaction f
		JOIN members.role r ON r.cooperative_id = f.cooperative_id AND r.client_id = f.client_id AND r.kind = 'client' AND r.ended_at IS NULL
		JOIN members.person p ON p.id = r.person_id
		WHERE ` + mayAskClient + `f.cooperative_id = $1 AND f.id = $2 AND f.given_at IS NULL ORDER BY p.id`
	rows, err := db.Query(ctx, query, c, f)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (members.Person, error) { return scanPerson(row) })
}

// wasAsked tells a client that was asked before from one that is elsewhere.
func wasAsked(ctx context.Context, tx pgx.Tx, k keptStatement, client members.ClientID) error {
	const query = `SELECT client_id FROM coaching.satisfaction WHERE cooperative_id = $1 AND statement_id = $2 AND client_id = $3`
	var found members.ClientID
	return gone(tx.QueryRow(ctx, query, k.in, k.ID, client).Scan(&found))
}

// markAgreed keeps the member's answer. It returns ErrFormClosed where there is one.
func markAgreed(ctx context.Context, tx pgx.Tx, k keptStatement, client members.ClientID, yes bool, now time.Time) (f SatisfactionID, err error) {
	const query = `
		UPDATE coaching.satisfaction SET agreed_at = CASE WHEN $4 THEN $5::timestamptz END, refused_at = CASE WHEN NOT $4 THEN $5::timestamptz END
		WHERE cooperative_id = $1 AND statement_id = $2 AND client_id = $3 AND agreed_at IS NULL AND refused_at IS NULL RETURNING id`
	err = tx.QueryRow(ctx, query, k.in, k.ID, client, yes, now).Scan(&f)
	if errors.Is(err, pgx.ErrNoRows) {
		return f, ErrFormClosed
	}
	return f, err
}

// listWaitingClients are whom the coach wants to ask, without those whom the
// member keeps away.
func listWaitingClients(ctx context.Context, tx pgx.Tx, k keptStatement) ([]WaitingClient, error) {
	const query = `
		SELECT l.id, l.name FROM coaching.satisfaction f
		JOIN members.client l ON l.cooperative_id = f.cooperative_id AND l.id = f.client_id
		WHERE f.cooperative_id = $1 AND f.statement_id = $2 AND f.agreed_at IS NULL AND f.refused_at IS NULL
			AND NOT EXISTS (SELECT FROM members.client_block b WHERE b.cooperative_id = f.cooperative_id AND b.member_id = f.member_id AND b.client_id = f.client_id)
		ORDER BY l.name, l.id`
	rows, err := tx.Query(ctx, query, k.in, k.ID)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[WaitingClient])
}
