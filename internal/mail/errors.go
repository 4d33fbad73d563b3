package mail

import (
	"errors"
	"fmt"
)

// ErrNotFound is returned when the mailbox has no such message.
var ErrNotFound = errors.New("mail: not found")

// Invalid says which field of a message must not be sent, and not what it held.
type Invalid struct{ Field string }

// Error names the field.
func (i Invalid) Error() string { return "mail: invalid " + i.Field }

// Refused is a server's no. It leaves out the server's words, which quote
// addresses.
type Refused struct {
	Code  int    // of SMTP: 4xx for now, 5xx for good; or of HTTP
	Step  string // what the server answered to
	final bool
}

// Error gives the code and the step.
func (r Refused) Error() string {
	return fmt.Sprintf("mail: the server refused with %d: %s", r.Code, r.Step)
}

// Final reports whether sending the same message again is useless: it is
// invalid, or the server refused this receiver or this content for good.
func Final(err error) bool {
	var invalid Invalid
	var refused Refused
	return errors.As(err, &invalid) || errors.As(err, &refused) && refused.final
}
