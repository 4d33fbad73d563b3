package payments

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/internal/tasks"
)

// errandKind is what the gateway is asked to do, in a word.
type errandKind string

// errand is one thing that the gateway is to make or to move, once.
type errand struct {
	cooperative id.Cooperative
	kind        errandKind
	subject     Reference // our number of what is made; with the kind it is the errand's name
	input       any       // what is asked for; it is the same at each try of all keys
	words       any       // what else the call says: the same at each try of one key; nil is nothing else

	// may is asked in the transaction that notes a try: with errWaits there is none. Whoever
	// keeps it from being made locks what may looks at. nil: it always may.
	may func(ctx context.Context, tx pgx.Tx) error
	// do asks for it, and gives the gateway's number of what it made.
	do func(ctx context.Context, key string) (outside string, err error)
	// look finds what an earlier try made.
	look func(ctx context.Context) (outside string, found bool, err error)
}

const (
	// mostUnknown is how many calls with one key may end without an answer before
	// we look: the gateway may have kept a broken answer, and only repeat it.
	mostUnknown = 3
	// keyIsGood is how long a key is sure to be known. The gateway forgets it after
	// a day, and would do the thing again.
	keyIsGood = 20 * time.Hour
	// callLasts is after how long a call has certainly ended, on both sides.
	callLasts = time.Minute
	// carefulFor is how long after a restored database we look before each first
	// call: what it forgot may have been done.
	carefulFor = 30 * 24 * time.Hour
)

// run has an errand done once, however often it is called and wherever a call
// ends, and gives the gateway's number of what was made. While the answer of a
// call is not known it says the same words with the same key. A new key comes
// after a definite no, which is returned as *Refused, or after a look that found
// nothing; with it the words may be others. No transaction may be open. It returns
// ErrTooEarly when it must be tried again a minute later.
func (s *Service) run(ctx context.Context, e errand) (string, error) {
	if isAdopting(ctx) {
		return s.adoptErrand(ctx, e)
	}
	try, err := s.beginErrand(ctx, e)
	if err != nil || try.outside != "" {
		return try.outside, err
	}
	if try.doubtful {
		outside, found, err := e.look(ctx)
		if err != nil {
			return "", err
		}
		if found {
			return outside, endErrand(ctx, s.db, e, outside)
		}
		if try.generation, err = renewErrand(ctx, s.db, e, try.generation, s.now()); err != nil {
			return "", err
		}
	}
	outside, err := e.do(ctx, e.key(try.generation))
	var refused *Refused
	switch {
	case errors.As(err, &refused):
		return "", errors.Join(err, refuseErrand(ctx, s.db, e, try.generation, refused.Code))
	case err != nil:
		return "", err
	}
	return outside, endErrand(ctx, s.db, e, outside)
}

// key is what the gateway knows a call by.
func (e errand) key(generation int) string {
	return fmt.Sprintf("%s:%s:g%d", e.kind, e.subject, generation)
}

func (e errand) hash() []byte { return e.hashOf(e.input) }

func (e errand) wordsHash() []byte { return e.hashOf(e.words) }

func (e errand) hashOf(said any) []byte {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s %s %+v", e.kind, e.subject, said))
	return sum[:]
}

// try is one call of an errand, as it is noted before it is made.
type try struct {
	generation int
	outside    string // it was done before
	doubtful   bool   // look first
}

// beginErrand notes the try.
func (s *Service) beginErrand(ctx context.Context, e errand) (t try, err error) {
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		noted, err := lockErrand(ctx, tx, e)
		if err != nil {
			return err
		}
		careful, err := restoredSince(ctx, tx, e.cooperative, s.now().Add(-carefulFor))
		if err != nil {
			return err
		}
		if t, err = noted.try(e, careful, s.now()); err != nil || t.outside != "" {
			return err
		}
		if e.may != nil {
			if err := e.may(ctx, tx); err != nil {
				return err
			}
		}
		return noteTry(ctx, tx, e, s.now())
	})
	return t, err
}

// notedErrand is an errand as the database knows it.
type notedErrand struct {
	hash       []byte // nil: nothing was asked yet
	words      []byte // that were said with this key; nil: none
	generation int
	tries      int
	firstAt    time.Time
	lastAt     time.Time
	outside    string
}

// try is what follows from the tries before it.
func (n notedErrand) try(e errand, careful bool, now time.Time) (try, error) {
	t := try{generation: n.generation, outside: n.outside}
	switch {
	case n.asksOther(e):
		return t, tasks.GiveUp(ErrOtherErrand)
	case t.outside != "":
		return t, nil
	}
	quiet := now.Sub(n.lastAt) >= callLasts // no call can be on its way
	switch {
	case n.tries == 0:
		t.doubtful = careful
	case now.Sub(n.firstAt) <= keyIsGood && !n.saidOther(e):
		t.doubtful = quiet && n.tries >= mostUnknown
	case !quiet:
		return t, ErrTooEarly
	default:
		t.doubtful = true
	}
	return t, nil
}

// asksOther reports whether something else was asked for under this name.
func (n notedErrand) asksOther(e errand) bool { return n.hash != nil && !bytes.Equal(n.hash, e.hash()) }

// saidOther reports whether its key was used with other words: it never says these.
func (n notedErrand) saidOther(e errand) bool {
	return n.words != nil && !bytes.Equal(n.words, e.wordsHash())
}
