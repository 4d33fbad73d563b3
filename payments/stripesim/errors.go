package stripesim

import (
	"errors"
	"fmt"
	"net/http"
)

// ErrUnbalanced is returned by Book when a balance is not the sum of its
// balance transactions, or money appeared or vanished.
var ErrUnbalanced = errors.New("stripesim: the book does not add up")

// apiError is a refusal in Stripe's shape.
type apiError struct {
	status  int
	kind    string
	code    string
	param   string
	message string
	retry   string // what the header Stripe-Should-Retry says, if anything
}

// isRefused reports that the book has an answer to this, if not the wished one.
func isRefused(err error) bool {
	var refused *apiError
	return errors.As(err, &refused)
}

func (e *apiError) Error() string { return "stripesim: " + e.message }

func (e *apiError) render() object {
	body := object{"type": e.kind, "message": e.message}
	if e.code != "" {
		body["code"] = e.code
		body["doc_url"] = "https://stripe.com/docs/error-codes/" + e.code
	}
	if e.param != "" {
		body["param"] = e.param
	}
	return object{"error": body}
}

// invalid is a request that must be changed before it can succeed.
func invalid(code, param, message string, args ...any) *apiError {
	return &apiError{status: http.StatusBadRequest, kind: "invalid_request_error", code: code, param: param, message: fmt.Sprintf(message, args...)}
}

// missing is an object that is not there: asked for by its path, or named in a
// parameter.
func missing(noun, id, param string) *apiError {
	e := invalid("resource_missing", param, "No such %s: '%s'", noun, printable(id))
	if param == "" {
		e.status, e.param = http.StatusNotFound, "id"
	}
	return e
}

func notEnough(message string) *apiError {
	return invalid("balance_insufficient", "", "%s", message)
}

// printable keeps a wrong id readable in a message.
func printable(text string) string {
	if isID(text) {
		return text
	}
	return "…"
}
