package tasks

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
)

func listDead(ctx context.Context, db *pgxpool.Pool, cooperative id.Cooperative) ([]Dead, error) {
	const query = `
		SELECT id, kind, lane, created_at, ended_at, failures, lost, problem, last_error
		FROM tasks.task WHERE state = 'dead' AND ($1::uuid IS NULL OR cooperative_id = $1)
		ORDER BY ended_at DESC, id LIMIT $2`
	rows, err := db.Query(ctx, query, cooperative, MostDead)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Dead])
}

func reviveTask(ctx context.Context, tx pgx.Tx, by By, task ID, now time.Time) (string, id.Cooperative, error) {
	const query = `
		WITH revived AS (
			UPDATE tasks.task SET state = 'waiting', ended_at = NULL, due_at = $3, failures = 0, lost = 0
			WHERE id = $1 AND state = 'dead' AND ($2::uuid IS NULL OR cooperative_id = $2)
			RETURNING kind, cooperative_id
		)
		SELECT kind, cooperative_id, pg_notify('tasks', '')::text FROM revived`
	var kind, notified string
	var cooperative id.Cooperative
	err := tx.QueryRow(ctx, query, task, by.Cooperative, now).Scan(&kind, &cooperative, &notified)
	return kind, cooperative, notFound(err)
}

func dropTask(ctx context.Context, tx pgx.Tx, by By, task ID, _ time.Time) (string, id.Cooperative, error) {
	const query = `
		UPDATE tasks.task SET state = 'dropped', ended_at = clock_timestamp()
		WHERE id = $1 AND state = 'dead' AND ($2::uuid IS NULL OR cooperative_id = $2)
		RETURNING kind, cooperative_id`
	var kind string
	var cooperative id.Cooperative
	err := tx.QueryRow(ctx, query, task, by.Cooperative).Scan(&kind, &cooperative)
	return kind, cooperative, notFound(err)
}

func notFound(err error) error {
	if errors.Is(err, pgx.ErrNoRows) {
		return ErrNotFound
	}
	return err
}

func insertIntervention(ctx context.Context, tx pgx.Tx, number id.Of[Intervention], cooperative id.Cooperative, i Intervention) error {
	const query = `
		INSERT INTO tasks.intervention (id, cooperative_id, task_id, kind, act, reason, person_id, at)
		VALUES ($1, $2, $3, $4, $5, nullif($6, ''), $7, $8)`
	_, err := tx.Exec(ctx, query, number, cooperative, i.Task, i.Kind, string(i.Act), i.Reason, i.Person, i.At)
	return err
}

func listInterventions(ctx context.Context, db *pgxpool.Pool, cooperative id.Cooperative, most int) ([]Intervention, error) {
	const query = `
		SELECT task_id, kind, act, coalesce(reason, ''), person_id, at
		FROM tasks.intervention WHERE $1::uuid IS NULL OR cooperative_id = $1
		ORDER BY at DESC, id LIMIT $2`
	rows, err := db.Query(ctx, query, cooperative, most)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Intervention])
}
