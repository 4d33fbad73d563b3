package tasks

import (
	"errors"
	"fmt"
	"runtime"
	"strings"
	"unicode/utf8"
)

var (
	// ErrUnfinished is returned by Worker.Run when handlers were still busy at
	// the end of the stop's patience. Their tasks return when the lease ends.
	ErrUnfinished = errors.New("tasks: stopped with unfinished tasks")

	// errLost means that the try was no longer this worker's to end: the lease
	// had passed to another, or a lost answer hid that the task was done.
	errLost = errors.New("tasks: the lease was lost")
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
		return fmt.Errorf("panic: %w", err)
	}
	return fmt.Errorf("panic with a %T", value)
}

const longestError = 500

// errorText makes the text that is stored with a task. Coordinators read it,
// so handlers return errors without personal data.
func errorText(err error) string {
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
