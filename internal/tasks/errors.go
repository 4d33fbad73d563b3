package tasks

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"unicode/utf8"

	"github.com/jackc/pgx/v5/pgconn"

	"meent/internal/pg"
)

var (
	// ErrUnfinished is returned by Worker.Run when handlers were still busy at
	// the end of the stop's patience. Their tasks return when the hold ends.
	ErrUnfinished = errors.New("tasks: stopped with unfinished tasks")

	// ErrNotFound is returned for a dead task that is not there, or belongs to
	// another cooperative.
	ErrNotFound = errors.New("tasks: no such dead task")

	// errLost means that the try was no longer this worker's to end: the task
	// had passed to another, or a lost answer hid that it was done.
	errLost = errors.New("tasks: the task was lost to another worker")

	// errUnreadable stands for what encoding/json says, which quotes the payload.
	errUnreadable = errors.New("tasks: the payload is not of this kind")

	errPanic = errors.New("panic")
)

type giveUp struct{ error }

func (g giveUp) Unwrap() error { return g.error }

// GiveUp marks an error as final: the task is dead at once, without more tries.
func GiveUp(err error) error {
	if err == nil {
		return nil
	}
	return giveUp{err}
}

func isFinal(err error) bool {
	var final giveUp
	return errors.As(err, &final)
}

// panicError says where to look and not what was at hand: only the runtime's
// own words are known to be free of personal data.
func panicError(value any) error {
	if err, ok := value.(runtime.Error); ok {
		return fmt.Errorf("%w: %w", errPanic, err)
	}
	return fmt.Errorf("%w with a %T", errPanic, value)
}

// Problem is why a task failed, in one word, for people.
type Problem string

// What can be wrong with a task.
const (
	Failed   Problem = "failed"   // what it needs did not work
	Refused  Problem = "refused"  // trying again would not help
	Late     Problem = "late"     // it took longer than its deadline
	Fault    Problem = "fault"    // the program itself is wrong
	Vanished Problem = "vanished" // the program ended in the middle, again and again
)

// failure is what is stored with a task that failed.
type failure struct {
	problem Problem
	text    string
}

// notItsFault reports what says nothing about the task: Postgres ended, had no
// room, or chose the task's transaction to end a deadlock.
func notItsFault(err error) bool {
	if errors.Is(err, context.DeadlineExceeded) || isFinal(err) || errors.Is(err, errPanic) {
		return false
	}
	var refused *pgconn.PgError
	if errors.As(err, &refused) && (refused.Code == "40P01" || refused.Code == "40001") {
		return true
	}
	return pg.Unavailable(err)
}

func failureOf(err error) failure {
	f := failure{problem: Failed, text: errorText(err)}
	switch {
	case errors.Is(err, errPanic), errors.Is(err, errUnreadable):
		f.problem = Fault
	case isFinal(err):
		f.problem = Refused
	case errors.Is(err, context.DeadlineExceeded):
		f.problem = Late
	}
	return f
}

const longestError = 500

// errorText makes the text that is stored with a task. Coordinators read it,
// so handlers return errors without personal data. What Postgres says quotes
// values, and is left out.
func errorText(err error) string {
	var refused *pgconn.PgError
	if errors.As(err, &refused) {
		return fmt.Sprintf("postgres: SQLSTATE %s, table %q, column %q, constraint %q", refused.Code, refused.TableName, refused.ColumnName, refused.ConstraintName)
	}
	text := strings.ToValidUTF8(strings.ReplaceAll(err.Error(), "\x00", ""), "")
	if len(text) <= longestError {
		return text
	}
	cut := longestError
	for !utf8.RuneStart(text[cut]) {
		cut--
	}
	return text[:cut]
}
