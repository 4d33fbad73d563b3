package web

import (
	"context"
	"fmt"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"

	"meent/internal/id"
)

// What lists and site maps say is kept for so long in this process, so that who asks
// often, or many who ask, cost Postgres one answer. With what others may keep, a gig
// that closed stands in a list for two minutes at most; its own page, which is never
// kept here, says so at once.
const (
	keptFor  = time.Minute
	mostKept = 32 << 20 // bytes; beyond, all is forgotten
	fillTime = 10 * time.Second
)

// keptAnswers holds what is the same for all who are not signed in.
type keptAnswers struct {
	one  singleflight.Group // whoever asks for the same meanwhile waits for it
	mu   sync.Mutex
	of   map[string]keptAnswer
	size int
}

type keptAnswer struct {
	body any
	size int
	from time.Time // when its filling began
}

// good holds while the answer may be given; a clock that went back ends it.
func (a keptAnswer) good(now time.Time) bool { return !now.Before(a.from) && now.Sub(a.from) < keptFor }

// get gives what is kept under the key, or fills it. What fails is not kept.
func (k *keptAnswers) get(key string, now func() time.Time, fill func() (body any, size int, err error)) (any, error) {
	if body, ok := k.find(key, now()); ok {
		return body, nil
	}
	body, err, _ := k.one.Do(key, func() (any, error) {
		if body, ok := k.find(key, now()); ok {
			return body, nil
		}
		began := now()
		body, size, err := fill()
		if err == nil {
			k.put(key, keptAnswer{body, size, began})
		}
		return body, err
	})
	return body, err
}

func (k *keptAnswers) find(key string, now time.Time) (any, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	a, ok := k.of[key]
	return a.body, ok && a.good(now)
}

// put makes room by what is over, and by everything when that is not enough. What
// would not fit alone is not kept.
func (k *keptAnswers) put(key string, a keptAnswer) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.drop(key)
	if a.size > mostKept {
		return
	}
	if k.size+a.size > mostKept {
		for old, kept := range k.of {
			if !kept.good(a.from) {
				k.drop(old)
			}
		}
	}
	if k.of == nil || k.size+a.size > mostKept {
		k.of, k.size = map[string]keptAnswer{}, 0
	}
	k.of[key] = a
	k.size += a.size
}

func (k *keptAnswers) drop(key string) {
	k.size -= k.of[key].size
	delete(k.of, key)
}

// isVisitor holds for who shows no session, also none of somebody who is gone.
func (r *request) isVisitor() bool {
	return r.actor.Person.IsZero() && r.web.readCookie(r.Request, "meent") == ""
}

// keepingOpenly is openly, with what fill gives or what it gave a moment ago. The
// page of who is signed in has their frame: it is made for them and kept by nobody.
func (r *request) keepingOpenly(kind string, number int, fill func() ([]byte, error)) error {
	if !r.isVisitor() {
		body, err := fill()
		if err != nil {
			return err
		}
		return r.openly(kind, body)
	}
	done := r.fillsForOthers()
	defer done()
	key := fmt.Sprint(r.route, r.house.ID, number, r.words.Locale)
	body, err := r.web.kept.get(key, r.web.Now, func() (any, int, error) {
		body, err := fill()
		return body, len(key) + len(body), err
	})
	if err != nil {
		return err
	}
	return r.openly(kind, body.([]byte))
}

// publicCounts is how many public gigs each cooperative has, or had a moment ago.
func (r *request) publicCounts() (map[id.Cooperative]int, error) {
	done := r.fillsForOthers()
	defer done()
	counts, err := r.web.kept.get("counts", r.web.Now, func() (any, int, error) {
		counts, err := r.web.Jobs.PublicCounts(r.Request.Context())
		return counts, 64 * len(counts), err
	})
	if err != nil {
		return nil, err
	}
	return counts.(map[id.Cooperative]int), nil
}

// fillsForOthers lets the request go on though its own visitor leaves: others wait
// for what it fills.
func (r *request) fillsForOthers() (done context.CancelFunc) {
	asked := r.Request
	ctx, cancel := context.WithTimeout(context.WithoutCancel(asked.Context()), fillTime)
	r.Request = asked.WithContext(ctx)
	return func() {
		cancel()
		r.Request = asked
	}
}
