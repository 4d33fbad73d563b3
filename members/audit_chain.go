package members

import (
	"bytes"
	"cmp"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"meent/internal/id"
)

// head is the last deed of a cooperative's chain; of a new chain, nothing.
type head struct {
	cooperative id.Cooperative
	seq         int64
	hash        []byte
}

// link is one row of the chain. Its hash covers all of the row, and with the
// hash before it all rows before: nothing can be changed, left out or swapped
// without breaking the chain from there on.
type link struct {
	cooperative id.Cooperative
	seq         int64
	at          time.Time
	by          PersonID
	byKind      string
	helper      PersonID // zero: they did it themselves
	forWhom     PersonID
	what        string
	ref         string
	detail      string // JSON; map keys are sorted
	whyDigest   []byte // empty without a reason
	hash        []byte
	salt        []byte
	why         string
	sealedWhy   []byte    // salt and reason, apart from the chain
	keyID       string    // of the key that sealed them
	key         personKey // that the person has now; none when it was destroyed
}

// next makes the link that follows.
func (h head) next(d Deed, now time.Time, random io.Reader) (link, error) {
	detail, err := json.Marshal(d.Detail)
	if err != nil || d.Detail == nil {
		detail = []byte("{}")
	}
	l := link{cooperative: d.In, seq: h.seq + 1, at: now.UTC().Truncate(time.Microsecond), by: d.By.Person, byKind: doer(d.By), helper: d.By.Helper.Person,
		forWhom: d.For, what: d.What, ref: d.Ref, detail: string(detail), whyDigest: []byte{}, why: d.Why}
	if l.why != "" {
		if l.salt, err = newSalt(random); err != nil {
			return link{}, err
		}
		l.whyDigest = digestWhy(l.salt, l.why)
	}
	l.hash = l.sum(h.hash)
	return l, err
}

func doer(a Actor) string {
	switch {
	case a.Person.IsZero():
		return "program"
	case a.Kind == "":
		return "nobody"
	}
	return string(a.Kind)
}

// saltSize is how many bytes stand before a reason.
const saltSize = 16

func newSalt(random io.Reader) ([]byte, error) {
	if random == nil {
		random = rand.Reader
	}
	salt := make([]byte, saltSize)
	_, err := io.ReadFull(random, salt)
	return salt, err
}

// digestWhy hides the words: without the salt nobody can try sentences until
// one fits.
func digestWhy(salt []byte, why string) []byte {
	sum := sha256.Sum256(append(bytes.Clone(salt), why...))
	return sum[:]
}

// sum is SHA-256 over the fields, each with its length before it, so that no
// text can pass for the end of one and the beginning of the next. A link with a
// helper begins with another word: so none passes for one without.
func (l link) sum(before []byte) []byte {
	h, form, helper := sha256.New(), "meent audit 1", [][]byte(nil)
	if !l.helper.IsZero() {
		form, helper = "meent audit 2", [][]byte{l.helper[:]}
	}
	for _, field := range append([][]byte{
		[]byte(form), before, l.cooperative[:], number(l.seq), number(l.at.UnixMicro()), l.by[:], []byte(l.byKind),
		l.forWhom[:], []byte(l.what), []byte(l.ref), []byte(l.detail), l.whyDigest,
	}, helper...) {
		h.Write(number(int64(len(field))))
		h.Write(field)
	}
	return h.Sum(nil)
}

func number(n int64) []byte { return binary.BigEndian.AppendUint64(nil, uint64(n)) }

// AuditFault is a place where a chain of deeds does not hold.
type AuditFault struct {
	Cooperative id.Cooperative
	Seq         int64
	What        string // changed, missing, why_changed, end_missing
}

// String names the place, for commands and logs.
func (f AuditFault) String() string {
	return fmt.Sprintf("cooperative %s, deed %d: %s", f.Cooperative, f.Seq, f.What)
}

// VerifyAudit reads every chain from its beginning and reports each place where
// it does not hold, and how many deeds it read. Beside both it returns ErrNoKey
// when the program lacks the key to hold the reasons against their digests.
func (s *Service) VerifyAudit(ctx context.Context) (read int, faults []AuditFault, err error) {
	var closed error
	heads, err := listHeads(ctx, s.db)
	if err != nil {
		return 0, nil, err
	}
	for _, end := range heads {
		c := chain{at: head{cooperative: end.cooperative}, reason: s.reason}
		if err := eachLink(ctx, s.db, end, c.follow); err != nil {
			return read, nil, err
		}
		c.end(end)
		read, faults, closed = read+c.read, append(faults, c.faults...), cmp.Or(closed, c.closed)
	}
	return read, faults, closed
}

// chain is followed link by link.
type chain struct {
	at     head
	reason func(link) (whole bool, err error)
	read   int
	faults []AuditFault
	closed error // why a reason could not be judged
}

func (c *chain) fault(seq int64, what string) {
	c.faults = append(c.faults, AuditFault{c.at.cooperative, seq, what})
}

// follow judges the next link, and goes on from what is stored: so one fault is
// named once and not with all that follow.
func (c *chain) follow(l link) {
	c.read++
	if l.seq != c.at.seq+1 {
		c.fault(c.at.seq+1, "missing")
	} else if !bytes.Equal(l.sum(c.at.hash), l.hash) {
		c.fault(l.seq, "changed")
	}
	if whole, err := c.reason(l); err != nil {
		c.closed = err
	} else if !whole {
		c.fault(l.seq, "why_changed")
	}
	c.at.seq, c.at.hash = l.seq, l.hash
}

// end judges whether the chain goes as far as its head says.
func (c *chain) end(want head) {
	if c.at.seq != want.seq || !bytes.Equal(c.at.hash, want.hash) {
		c.fault(max(c.at.seq, want.seq), "end_missing")
	}
}
