package main

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
	"meent/internal/pg/pgtest"
	"meent/internal/tasks"
)

// insertDead puts a task that stopped into the queue; a zero cooperative is the
// platform's.
func insertDead(t *testing.T, db *pgxpool.Pool, c id.Cooperative, kind, problem, text string, died time.Time) tasks.ID {
	t.Helper()
	task := id.New[tasks.Task](nil)
	_, err := db.Exec(t.Context(), `
		INSERT INTO tasks.task (id, cooperative_id, kind, payload, lane, state, created_at, due_at, ended_at, failures, lost, problem, last_error)
		VALUES ($1, $2, $3, '{}', 0, 'dead', $6, $6, $6, 3, 1, $4, $5)`, task, c, kind, problem, text, died)
	if err != nil {
		t.Fatal(err)
	}
	return task
}

func TestTasksList(t *testing.T) {
	db := pgtest.New(t, schemas()...)
	address := db.Config().ConnString()
	out, err := meent(t, address, "tasks", "ls")
	if err != nil || !strings.Contains(out, "No task is dead.") || !regexp.MustCompile(`(?m)^low +0 +0 +0 +0 +0s$`).MatchString(out) {
		t.Fatalf("tasks ls gave %v and said:\n%s", err, out)
	}
	died := time.Date(2026, 11, 24, 9, 0, 0, 0, time.Local)
	own := insertDead(t, db, id.NewCooperative(nil), "jobs.gig_posted", "failed", "dial tcp:\n\trefused\x1b[2J", died)
	platform := insertDead(t, db, id.Cooperative{}, "members.tidy", "fault", "panic", died.Add(-time.Hour))
	out, err = meent(t, address, "tasks", "ls")
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []string{
		`LANE +WAITING +LATER +RUNNING +DEAD +OLDEST`, `std +0 +0 +0 +2 +0s`, `ID +KIND +DIED +TRIES +PROBLEM +ERROR`,
		own.String() + ` +jobs.gig_posted +2026-11-24 09:00 +4 +failed +dial tcp:  refused \[2J`,
		platform.String() + ` +members.tidy +2026-11-24 08:00 +4 +fault +panic`,
	} {
		if !regexp.MustCompile(`(?m)^` + row + `$`).MatchString(out) {
			t.Errorf("no line is %s in:\n%s", row, out)
		}
	}
}

func TestTasksRetryAndDrop(t *testing.T) {
	db := pgtest.New(t, schemas()...)
	address, cooperative := db.Config().ConnString(), id.NewCooperative(nil)
	queue := tasks.New(db, tasks.Config{})
	tests := []struct {
		name        string
		args        func(task string) []string
		says, state string
		act         tasks.Act
		reason      string
	}{
		{"retry", func(task string) []string { return []string{"retry", task} }, "It will be tried again.\n", "waiting", tasks.Retry, ""},
		{"drop", func(task string) []string { return []string{"drop", task, "-reason", "no need"} }, "It will not be done.\n", "dropped", tasks.Drop, "no need"},
		{"drop, flag first", func(task string) []string { return []string{"drop", "-reason=no need", task} }, "It will not be done.\n", "dropped", tasks.Drop, "no need"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			task := insertDead(t, db, cooperative, "jobs.gig_posted", "failed", "x", time.Now())
			if out, err := meent(t, address, append([]string{"tasks"}, tt.args(task.String())...)...); err != nil || out != tt.says {
				t.Fatalf("gave %v and said %q", err, out)
			}
			if got := taskState(t, db, task); got != tt.state {
				t.Errorf("the task is %s, want %s", got, tt.state)
			}
			acts, err := queue.Interventions(t.Context(), cooperative, 1)
			if err != nil || len(acts) != 1 || acts[0].Task != task || acts[0].Act != tt.act || acts[0].Reason != tt.reason || !acts[0].Person.IsZero() {
				t.Errorf("the log holds %+v, %v", acts, err)
			}
		})
	}
}

func taskState(t *testing.T, db *pgxpool.Pool, task tasks.ID) (state string) {
	t.Helper()
	if err := db.QueryRow(t.Context(), `SELECT state FROM tasks.task WHERE id = $1`, task).Scan(&state); err != nil {
		t.Fatal(err)
	}
	return state
}

func TestTasksRefuses(t *testing.T) {
	db := pgtest.New(t, schemas()...)
	dead := insertDead(t, db, id.Cooperative{}, "members.tidy", "failed", "x", time.Now())
	unknown := id.New[tasks.Task](nil).String()
	tests := []struct {
		name string
		args []string
		says string
	}{
		{"nothing", nil, "say what to do"},
		{"another verb", []string{"delete", unknown}, "say what to do"},
		{"ls with more", []string{"ls", "dead"}, "say what to do"},
		{"no id", []string{"retry"}, "say what to do"},
		{"two ids", []string{"retry", unknown, unknown}, "say what to do"},
		{"an unknown flag", []string{"drop", unknown, "-why", "x"}, "say what to do"},
		{"a reason to retry", []string{"retry", unknown, "-reason", "x"}, "say what to do"},
		{"a bad id", []string{"retry", "17"}, `"17" is not the id of a task`},
		{"an unknown id", []string{"retry", unknown}, "no dead task has this id"},
		{"an unknown id to drop", []string{"drop", unknown, "-reason", "x"}, "no dead task has this id"},
		{"no reason", []string{"drop", dead.String()}, "-reason: is missing"},
		{"an empty reason", []string{"drop", dead.String(), "-reason", " "}, "-reason: is missing"},
		{"a long reason", []string{"drop", dead.String(), "-reason", strings.Repeat("x", 501)}, "-reason: is too long"},
	}
	for _, tt := range tests {
		_, err := meent(t, db.Config().ConnString(), append([]string{"tasks"}, tt.args...)...)
		if err == nil || !strings.Contains(err.Error(), tt.says) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s gave %v, want %q", tt.name, err, tt.says)
		}
	}
	if got := taskState(t, db, dead); got != "dead" {
		t.Errorf("a refused command made the task %s", got)
	}
}
