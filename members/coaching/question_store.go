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

func insertQuestion(ctx context.Context, tx pgx.Tx, by members.Actor, question QuestionID, coach members.RoleID, page string, text []byte, now, before time.Time) error {
	const query = `
		INSERT INTO coaching.question (id, cooperative_id, member_id, coach_id, page, text, state, asked_at, answer_before)
		VALUES ($1, $2, $3, $4, $5, $6, 'asked', $7, $8)`
	_, err := tx.Exec(ctx, query, question, by.Cooperative, by.Member, coach, page, text, now, before)
	return err
}

// lockOpenQuestions counts what the member asked and nobody answered, one
// transaction at a time. It returns members.ErrNotFound.
func lockOpenQuestions(ctx context.Context, tx pgx.Tx, by members.Actor) (n int, err error) {
	const lock = `SELECT id FROM members.member WHERE cooperative_id = $1 AND id = $2 FOR NO KEY UPDATE`
	var found members.MemberID
	if err := gone(tx.QueryRow(ctx, lock, by.Cooperative, by.Member).Scan(&found)); err != nil {
		return 0, err
	}
	const count = `SELECT count(*) FROM coaching.question WHERE cooperative_id = $1 AND member_id = $2 AND state = 'asked'`
	return n, tx.QueryRow(ctx, count, by.Cooperative, by.Member).Scan(&n)
}

func gone(err error) error {
	if errors.Is(err, pgx.ErrNoRows) {
		return members.ErrNotFound
	}
	return err
}

const questions = `
	SELECT q.id, who.id, who.name, q.page, q.text, q.state, q.asked_at, q.answer_before, q.passed_on_at, q.answered_at, coalesce(helper.name, ''), q.answer
	FROM coaching.question q
	JOIN members.member m ON m.cooperative_id = q.cooperative_id AND m.id = q.member_id
	JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id
	JOIN members.person who ON who.id = r.person_id
	LEFT JOIN members.role a ON a.cooperative_id = q.cooperative_id AND a.id = q.answered_by
	LEFT JOIN members.person helper ON helper.id = a.person_id
	WHERE q.cooperative_id = $1`

func scanQuestion(row pgx.CollectableRow) (q keptQuestion, err error) {
	var passed, answered *time.Time
	err = row.Scan(&q.ID, &q.asker, &q.MemberName, &q.Page, &q.text, &q.State, &q.Asked, &q.Before, &passed, &answered, &q.By, &q.answer)
	if passed != nil {
		q.PassedOn = *passed
	}
	if answered != nil {
		q.Answered = *answered
	}
	return q, err
}

func listAsked(ctx context.Context, db *pgxpool.Pool, by members.Actor, most int) ([]keptQuestion, error) {
	rows, err := db.Query(ctx, questions+` AND q.member_id = $2 ORDER BY q.asked_at DESC, q.id LIMIT $3`, by.Cooperative, by.Member, most)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanQuestion)
}

// answerable holds for who follows the member on that day ($4), and for a
// coordinator where nobody is the coach or the coach was silent.
const answerable = ` AND (
	$2 = 'coach' AND EXISTS (SELECT FROM coaching.follower f
		WHERE f.cooperative_id = q.cooperative_id AND f.member_id = q.member_id AND f.role_id = $3 AND $4::date BETWEEN f.begins AND f.until)
	OR $2 = 'coordinator' AND (q.passed_on_at IS NOT NULL OR NOT EXISTS (SELECT FROM coaching.caseload c
		WHERE c.cooperative_id = q.cooperative_id AND c.member_id = q.member_id)))`

// mostQuestions is how many are listed at once.
const mostQuestions = 100

func listQuestions(ctx context.Context, db *pgxpool.Pool, by members.Actor, today members.Day) ([]keptQuestion, error) {
	const query = questions + answerable + ` AND q.state = 'asked' ORDER BY q.asked_at, q.id LIMIT $5`
	rows, err := db.Query(ctx, query, by.Cooperative, string(by.Kind), by.Role, string(today), mostQuestions)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanQuestion)
}

func countQuestions(ctx context.Context, db *pgxpool.Pool, by members.Actor, today members.Day) (w Waiting, err error) {
	const query = `
		SELECT count(*), min(q.asked_at) FROM coaching.question q
		WHERE q.cooperative_id = $1 AND q.state = 'asked'` + answerable
	var oldest *time.Time
	err = db.QueryRow(ctx, query, by.Cooperative, string(by.Kind), by.Role, string(today)).Scan(&w.Count, &oldest)
	if oldest != nil {
		w.Oldest = *oldest
	}
	return w, err
}

const lockedQuestions = `
	SELECT q.id, q.member_id, r.person_id, q.state, q.answer_before, q.passed_on_at
	FROM coaching.question q
	JOIN members.member m ON m.cooperative_id = q.cooperative_id AND m.id = q.member_id
	JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id
	WHERE q.cooperative_id = $1`

func scanLocked(row pgx.Row) (q lockedQuestion, err error) {
	return q, gone(row.Scan(&q.ID, &q.Member, &q.Person, &q.State, &q.Before, &q.PassedOn))
}

func lockQuestion(ctx context.Context, tx pgx.Tx, c id.Cooperative, question QuestionID) (lockedQuestion, error) {
	return scanLocked(tx.QueryRow(ctx, lockedQuestions+` AND q.id = $2 FOR UPDATE OF q`, c, question))
}

// lockAnswerable is lockQuestion for those who may answer.
func lockAnswerable(ctx context.Context, tx pgx.Tx, by members.Actor, question QuestionID, today members.Day) (lockedQuestion, error) {
	const query = lockedQuestions + answerable + ` AND q.id = $5 FOR UPDATE OF q`
	return scanLocked(tx.QueryRow(ctx, query, by.Cooperative, string(by.Kind), by.Role, string(today), question))
}

func markPassedOn(ctx context.Context, tx pgx.Tx, c id.Cooperative, question QuestionID, now time.Time) error {
	_, err := tx.Exec(ctx, `UPDATE coaching.question SET passed_on_at = $3 WHERE cooperative_id = $1 AND id = $2`, c, question, now)
	return err
}

func markAnswered(ctx context.Context, tx pgx.Tx, by members.Actor, question QuestionID, answer []byte, now time.Time) error {
	const query = `
		UPDATE coaching.question SET state = 'answered', answered_at = $3, answered_by = $4, answer = $5
		WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, by.Cooperative, question, now, by.Role, answer)
	return err
}
