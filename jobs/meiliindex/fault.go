package meiliindex

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/meilisearch/meilisearch-go"

	"meent/jobs"
)

// Error is why the server did not do what it was asked. It may go to a log: it
// holds nothing of a document or of a search.
type Error struct {
	Status  int    // of the answer; 0 when there was none, or a task failed
	Code    string // the server's
	Message string // the server's, without what it quotes
	cause   error  // of no answer
}

func (e *Error) Error() string {
	switch {
	case e.Code != "":
		return fmt.Sprintf("meiliindex: the server says %s: %s", e.Code, e.Message)
	case e.cause != nil:
		return "meiliindex: no answer: " + e.cause.Error()
	}
	return fmt.Sprintf("meiliindex: the answer, of status %d, makes no sense", e.Status)
}

// Unwrap tells a deadline from other reasons.
func (e *Error) Unwrap() error { return e.cause }

// Is tells a query that the server does not take from a server that is ill.
func (e *Error) Is(target error) bool {
	return target == jobs.ErrUnfitQuery && e.Status == http.StatusBadRequest
}

// ErrNotFilled means that the index is new, or was emptied, and would find too
// little.
var ErrNotFilled = errors.New("meiliindex: the index is not filled yet")

// errOdd means that the server answered what it never should.
var errOdd = errors.New("meiliindex: the server's answer makes no sense")

// fault turns what the client says, which may repeat what was sent and answered,
// into an Error.
func fault(err error) error {
	var said *meilisearch.Error
	if !errors.As(err, &said) {
		return err
	}
	e := &Error{Status: said.StatusCode, Code: said.MeilisearchApiError.Code, Message: unquoted(said.MeilisearchApiError.Message)}
	if said.ErrCode == meilisearch.MeilisearchTimeoutError || said.ErrCode == meilisearch.MeilisearchCommunicationError {
		e.cause = said.OriginError
	}
	return e
}

// is reports whether the server's reason has one of these codes.
func is(err error, codes ...string) bool {
	var e *Error
	if !errors.As(err, &e) {
		return false
	}
	for _, code := range codes {
		if e.Code == code {
			return true
		}
	}
	return false
}

// Refused reports that the server does not accept the key, or that the key may
// not do this: the server does not tell which.
func Refused(err error) bool {
	return is(err, "invalid_api_key", "missing_authorization_header")
}

const longestMessage = 200 // bytes

// unquoted is the first line without what stands in quotes: there the server
// repeats documents and filters.
func unquoted(message string) string {
	message, _, _ = strings.Cut(message, "\n")
	var plain strings.Builder
	for message != "" {
		before, quote, rest := cutAny(message, "`\"")
		plain.WriteString(before)
		if quote == "" {
			break
		}
		plain.WriteString("…")
		_, message, _ = strings.Cut(rest, quote)
	}
	return strings.ToValidUTF8(plain.String()[:min(plain.Len(), longestMessage)], "")
}

// cutAny cuts around the first of the signs.
func cutAny(text, signs string) (before, sign, after string) {
	at := strings.IndexAny(text, signs)
	if at < 0 {
		return text, "", ""
	}
	return text[:at], text[at : at+1], text[at+1:]
}

// ended says why a wait is over.
func ended(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return fmt.Errorf("meiliindex: the server takes too long: %w", ctx.Err())
	}
	return fault(err)
}
