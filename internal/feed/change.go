package feed

import (
	"errors"

	"github.com/google/uuid"

	"meent/internal/id"
)

// Change says that something changed.
type Change struct {
	Cooperative id.Cooperative
	Kind        string
	Entity      uuid.UUID
}

// Cursor is how far somebody has read: all changes of earlier transactions, and of
// this one those up to this kind and entity.
type Cursor struct {
	xid    uint64
	kind   string
	entity uuid.UUID
}

// ErrGone is returned to who reads from a cursor behind which changes were taken
// away: what they keep may be out of date for ever.
var ErrGone = errors.New("feed: changes were tidied before they were read")
