package feed

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

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
	epoch  uuid.UUID // in which the numbers of transactions mean this
	xid    uint64
	kind   string
	entity uuid.UUID
}

// ErrGone is returned to who reads from a cursor behind which changes were taken
// away, or of another epoch: what they keep may be out of date for ever.
var ErrGone = errors.New("feed: changes are gone that were not read")

// lost reports that the cursor is of another epoch than this; or that it stands beyond
// all that ever was, as in a database that was put back without a trace.
func (c Cursor) lost(epoch *uuid.UUID, settled uint64) bool {
	return epoch == nil || *epoch != c.epoch || c.xid > settled
}

// MarshalText writes the cursor, for who keeps it outside of memory.
func (c Cursor) MarshalText() ([]byte, error) {
	return fmt.Appendf(nil, "%s %d %s %s", c.epoch, c.xid, c.entity, c.kind), nil
}

// UnmarshalText reads it back.
func (c *Cursor) UnmarshalText(text []byte) error {
	part := strings.SplitN(string(text), " ", 4)
	if len(part) != 4 {
		return errors.New("feed: no cursor")
	}
	var of, at, number error
	c.epoch, of = uuid.Parse(part[0])
	c.xid, number = strconv.ParseUint(part[1], 10, 64)
	c.entity, at = uuid.Parse(part[2])
	c.kind = part[3]
	return errors.Join(of, at, number)
}
