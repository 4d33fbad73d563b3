package tasks

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/id"
)

// Dead is a task that was tried too often and waits for a person.
type Dead struct {
	ID       ID
	Kind     string
	Lane     Lane
	Created  time.Time
	Died     time.Time
	Failures int
	Lost     int // how often its worker vanished
	Problem  Problem
	Error    string // for engineers, without personal data
}

// PersonID is a person who decides about a task. People themselves live to the
// right of here.
type PersonID = id.Of[person]

type person struct{}

// By is who decides. A zero Cooperative may touch everybody's tasks, and only
// the operator has that; a zero Person is the operator.
type By struct {
	Cooperative id.Cooperative
	Person      PersonID
}

// Act is what a person did to a dead task.
type Act string

// What can be done.
const (
	Retry Act = "retry"
	Drop  Act = "drop"
)

// Intervention is one line of the log of what people did.
type Intervention struct {
	Task   ID
	Kind   string
	Act    Act
	Reason string // always with Drop
	Person PersonID
	At     time.Time
}

// MostDead is how many dead tasks are listed at once.
const MostDead = 200

// Dead lists the dead tasks of the cooperative, the newest first, at most
// MostDead; for a zero one, everybody's.
func (q *Queue) Dead(ctx context.Context, cooperative id.Cooperative) ([]Dead, error) {
	return listDead(ctx, q.db, cooperative)
}

// Retry gives a dead task all its tries anew, from now on. It returns
// ErrNotFound when the task is not dead, or not of this cooperative.
func (q *Queue) Retry(ctx context.Context, by By, task ID) error {
	return q.intervene(ctx, by, task, Intervention{Act: Retry}, reviveTask)
}

// Drop ends a dead task without doing it, with a reason of at most 500
// characters. It returns ErrNotFound as Retry does, and check.Problems at
// "reason".
func (q *Queue) Drop(ctx context.Context, by By, task ID, reason string) error {
	var p check.Problems
	p.Text("reason", reason, 1, 500)
	if err := p.Err(); err != nil {
		return err
	}
	return q.intervene(ctx, by, task, Intervention{Act: Drop, Reason: reason}, dropTask)
}

type change func(ctx context.Context, tx pgx.Tx, by By, task ID, now time.Time) (kind string, cooperative id.Cooperative, err error)

// intervene changes the task and logs who did it, or neither.
func (q *Queue) intervene(ctx context.Context, by By, task ID, i Intervention, change change) error {
	return pgx.BeginFunc(ctx, q.db, func(tx pgx.Tx) error {
		kind, cooperative, err := change(ctx, tx, by, task, q.now())
		if err != nil {
			return err
		}
		i.Task, i.Kind, i.Person, i.At = task, kind, by.Person, q.now()
		return insertIntervention(ctx, tx, id.New[Intervention](q.config.Random), cooperative, i)
	})
}

// Interventions lists what people did to the tasks of the cooperative, the
// newest first, at most so many; for a zero one, to everybody's.
func (q *Queue) Interventions(ctx context.Context, cooperative id.Cooperative, most int) ([]Intervention, error) {
	return listInterventions(ctx, q.db, cooperative, most)
}
