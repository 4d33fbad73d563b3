package payments

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
	"meent/members"
)

const selectDispute = `
	SELECT d.id, d.bill_id, d.deposit_id, d.cents, d.state, d.reason, coalesce(d.until, '0001-01-01 00:00:00Z'), d.withdrawn_cents, d.reinstated_cents, d.fee_cents, d.lost_cents,
		d.contribution_cents, d.fund_cents, d.loss_cents, d.opened_at, coalesce(d.closed_at, '0001-01-01 00:00:00Z'),
		d.answered, d.answer, d.answer_state, coalesce(pa.name, ''), coalesce(d.answer_at, '0001-01-01 00:00:00Z'),
		d.accept_state, coalesce(pc.name, ''), coalesce(ps.name, ''), cl.name, coalesce(b.title, dp.title), coalesce(b.language, dp.language), coalesce(d.outside_id, ''), d.answer_number, pc.id, d.deposit_cents
	FROM payments.dispute d
	LEFT JOIN payments.bill b ON b.cooperative_id = d.cooperative_id AND b.id = d.bill_id
	LEFT JOIN payments.deposit dp ON dp.cooperative_id = d.cooperative_id AND dp.id = d.deposit_id
	JOIN members.client cl ON cl.cooperative_id = d.cooperative_id AND cl.id = coalesce(b.client_id, dp.client_id)
	LEFT JOIN members.role ra ON ra.cooperative_id = d.cooperative_id AND ra.id = d.answer_by
	LEFT JOIN members.person pa ON pa.id = ra.person_id
	LEFT JOIN members.role rc ON rc.cooperative_id = d.cooperative_id AND rc.id = d.accept_by
	LEFT JOIN members.person pc ON pc.id = rc.person_id
	LEFT JOIN members.role rs ON rs.cooperative_id = d.cooperative_id AND rs.id = d.accept_approved_by
	LEFT JOIN members.person ps ON ps.id = rs.person_id
	WHERE d.cooperative_id = $1`

func scanDispute(row pgx.Row) (d Dispute, err error) {
	err = row.Scan(&d.ID, &d.Bill, &d.Deposit, &d.Amount, &d.State, &d.Reason, &d.Until, &d.Withdrawn, &d.Reinstated, &d.Fee, &d.Lost,
		&d.Carried.Contribution, &d.Carried.Fund, &d.Carried.Loss, &d.OpenedAt, &d.ClosedAt,
		&d.Answered, &d.Answer, &d.AnswerState, &d.AnswerName, &d.AnswerAt,
		&d.AcceptState, &d.AcceptName, &d.AcceptSecond, &d.ClientName, &d.Title, &d.Language, &d.outside, &d.answerNumber, &d.accepter, &d.FromDeposit)
	return d, notFound(err)
}

func findDispute(ctx context.Context, db rower, c id.Cooperative, dispute DisputeID) (Dispute, error) {
	return scanDispute(db.QueryRow(ctx, selectDispute+` AND d.id = $2`, c, dispute))
}

func lockDispute(ctx context.Context, tx pgx.Tx, c id.Cooperative, dispute DisputeID) (Dispute, error) {
	return scanDispute(tx.QueryRow(ctx, selectDispute+` AND d.id = $2 FOR NO KEY UPDATE OF d`, c, dispute))
}

// ensureDispute gives the dispute as we know it; of a new one nothing moved yet.
// The caller has locked its bill, or its deposit.
func ensureDispute(ctx context.Context, tx pgx.Tx, c id.Cooperative, fresh Dispute, there DisputeThere, now time.Time) (Dispute, error) {
	const add = `
		INSERT INTO payments.dispute (id, cooperative_id, bill_id, deposit_id, outside_id, cents, state, reason, opened_at)
		VALUES ($1, $2, $3, $8, $4, $5, 'warning', left($6, 100), $7) ON CONFLICT DO NOTHING`
	tag, err := tx.Exec(ctx, add, fresh.ID, c, fresh.Bill, there.ID, there.Amount, there.Reason, now, fresh.Deposit)
	if err != nil {
		return Dispute{}, err
	}
	d, err := scanDispute(tx.QueryRow(ctx, selectDispute+` AND d.outside_id = $2 FOR NO KEY UPDATE OF d`, c, there.ID))
	if tag.RowsAffected() > 0 {
		d.State = "" // whatever it is, it is new
	}
	return d, err
}

func updateDispute(ctx context.Context, tx pgx.Tx, c id.Cooperative, d Dispute, now time.Time) error {
	const query = `
		UPDATE payments.dispute SET cents = $3, state = $4, reason = left($5, 100), until = $6, answered = $7,
			withdrawn_cents = $8, reinstated_cents = $9, fee_cents = $10, lost_cents = $11, contribution_cents = $12, fund_cents = $13, loss_cents = $14, deposit_cents = $16,
			closed_at = CASE WHEN $4 IN ('won', 'lost', 'closed') THEN coalesce(closed_at, $15) END
		WHERE cooperative_id = $1 AND id = $2`
	var until *time.Time
	if !d.Until.IsZero() {
		until = &d.Until
	}
	_, err := tx.Exec(ctx, query, c, d.ID, d.Amount, string(d.State), d.Reason, until, d.Answered,
		d.Withdrawn, d.Reinstated, d.Fee, d.Lost, d.Carried.Contribution, d.Carried.Fund, d.Carried.Loss, now, d.FromDeposit)
	return err
}

// listDisputes gives what is going on, the nearest last day first, and then what
// ended, the newest first.
func listDisputes(ctx context.Context, db *pgxpool.Pool, c id.Cooperative) ([]Dispute, error) {
	return collectDisputes(db.Query(ctx, selectDispute+`
		ORDER BY d.closed_at IS NOT NULL, CASE WHEN d.closed_at IS NULL THEN d.until END, d.opened_at DESC, d.id LIMIT 200`, c))
}

// lockLostOf are the disputes of a locked deposit that are lost.
func lockLostOf(ctx context.Context, tx pgx.Tx, c id.Cooperative, deposit DepositID) ([]Dispute, error) {
	return collectDisputes(tx.Query(ctx, selectDispute+` AND d.deposit_id = $2 AND d.state = 'lost' ORDER BY d.opened_at, d.id FOR NO KEY UPDATE OF d`, c, deposit))
}

func listDisputesOf(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, bill BillID) ([]Dispute, error) {
	return collectDisputes(db.Query(ctx, selectDispute+` AND d.bill_id = $2 ORDER BY d.opened_at, d.id LIMIT 200`, c, bill))
}

func collectDisputes(rows pgx.Rows, err error) ([]Dispute, error) {
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (Dispute, error) { return scanDispute(row) })
}

// listDisputesGoingOn are those about which a bank still decides.
func listDisputesGoingOn(ctx context.Context, tx pgx.Tx, before time.Time) ([]LookAtDispute, error) {
	const query = `
		SELECT bill_id, cooperative_id, outside_id FROM payments.dispute
		WHERE state IN ('open', 'warning') AND opened_at < $1 AND outside_id IS NOT NULL ORDER BY opened_at, id LIMIT 1000`
	rows, err := tx.Query(ctx, query, before)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[LookAtDispute])
}

// listAnswersToSend are answers and yeses whose task ended in a stop.
func listAnswersToSend(ctx context.Context, tx pgx.Tx, before time.Time) (list []SendAnswer, err error) {
	const query = `
		SELECT id, cooperative_id, accept_state = 'sending' FROM payments.dispute
		WHERE state IN ('open', 'warning') AND opened_at < $1 AND 'sending' IN (answer_state, accept_state) ORDER BY opened_at, id LIMIT 1000`
	rows, err := tx.Query(ctx, query, before)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[SendAnswer])
}

func startAnswer(ctx context.Context, tx pgx.Tx, by members.Actor, dispute DisputeID, text string, now time.Time) error {
	const query = `
		UPDATE payments.dispute SET answer = $3, answer_number = answer_number + 1, answer_state = 'sending', answer_by = $4, answer_at = $5
		WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, by.Cooperative, dispute, text, by.Role, now)
	return err
}

func endAnswer(ctx context.Context, tx pgx.Tx, c id.Cooperative, dispute DisputeID, to SentState) error {
	const query = `UPDATE payments.dispute SET answer_state = $3 WHERE cooperative_id = $1 AND id = $2 AND answer_state = 'sending'`
	_, err := tx.Exec(ctx, query, c, dispute, string(to))
	return err
}

func startAccept(ctx context.Context, tx pgx.Tx, by members.Actor, dispute DisputeID, to SentState, now time.Time) error {
	const query = `
		UPDATE payments.dispute SET accept_state = $3, accept_by = $4, accept_at = $5, accept_approved_by = NULL
		WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, by.Cooperative, dispute, string(to), by.Role, now)
	return err
}

func approveAccept(ctx context.Context, tx pgx.Tx, by members.Actor, dispute DisputeID) error {
	const query = `UPDATE payments.dispute SET accept_state = 'sending', accept_approved_by = $3 WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, by.Cooperative, dispute, by.Role)
	return err
}

func dropAccept(ctx context.Context, tx pgx.Tx, c id.Cooperative, dispute DisputeID) error {
	const query = `UPDATE payments.dispute SET accept_state = 'none', accept_by = NULL, accept_at = NULL WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, c, dispute)
	return err
}

func endAccept(ctx context.Context, tx pgx.Tx, c id.Cooperative, dispute DisputeID, to SentState) error {
	const query = `UPDATE payments.dispute SET accept_state = $3 WHERE cooperative_id = $1 AND id = $2 AND accept_state = 'sending'`
	_, err := tx.Exec(ctx, query, c, dispute, string(to))
	return err
}

// listWorkers are the names of whom the bill pays, or all bills that the deposit is
// for: they stay here.
func listWorkers(ctx context.Context, db querier, c id.Cooperative, d Dispute) ([]string, error) {
	const query = `
		SELECT p.name FROM payments.bill_line l
		JOIN members.member m ON m.cooperative_id = l.cooperative_id AND m.id = l.member_id
		JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id
		JOIN members.person p ON p.id = r.person_id
		WHERE l.cooperative_id = $1 AND (l.bill_id = $2
			OR l.bill_id IN (SELECT x.bill_id FROM payments.deposit_part x WHERE x.cooperative_id = $1 AND x.deposit_id = $3))`
	rows, err := db.Query(ctx, query, c, d.Bill, d.Deposit)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}
