package web

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/go-redis/redis_rate/v10"
	"github.com/redis/go-redis/v9"
)

// Limits on how often one may do things.
var (
	postsOfNetwork       = limit{"posts", 120, time.Minute}
	asksFromNetwork      = limit{"asks of address from network", 5, 15 * time.Minute} // so that a stranger elsewhere locks nobody out
	asksOfAddress        = limit{"asks of address", 30, 24 * time.Hour}
	asksOfNetwork        = limit{"asks of network", 40, 15 * time.Minute}
	codesOfNetwork       = limit{"codes of network", 40, 15 * time.Minute}
	firstOfNetwork       = limit{"first codes of network", 40, 15 * time.Minute}
	passkeysOfNetwork    = limit{"passkeys of network", 60, 15 * time.Minute}
	emailsOfPerson       = limit{"other addresses of person", 5, time.Hour}
	phonesOfPerson       = limit{"numbers of person", 5, time.Hour}
	exportsOfPerson      = limit{"exports of person", 10, time.Hour}
	erasuresOfPerson     = limit{"erasures of person", 10, time.Hour}
	joinsOfNetwork       = limit{"joins of network", 200, 15 * time.Minute}   // a room full of people shares one
	invitesOfPerson      = limit{"invitations of person", 60, 24 * time.Hour} // mail to strangers
	streamsOfPerson      = 6                                                  // live streams at once
	registersOfNetwork   = limit{"registers of network", 40, 15 * time.Minute}
	registersFromNetwork = limit{"registers of address from network", 5, 15 * time.Minute}
	registersOfAddress   = limit{"registers of address", 30, 24 * time.Hour}
)

// limit is how often something may be done in a period.
type limit struct {
	name   string
	most   int
	period time.Duration
}

// limiter counts in Redis, so that all copies of the program count together.
// While Redis does not answer it counts in this process: less strict, never open.
type limiter struct {
	shared *redis_rate.Limiter
	own    ownCounts
	salt   []byte
	log    *slog.Logger
}

func newLimiter(client *redis.Client, log *slog.Logger) (*limiter, error) {
	// Copies with different salts would count apart, and a fixed one would let
	// addresses be guessed from keys: so it lives in Redis, which both share.
	salt, err := sharedSalt(client)
	return &limiter{shared: redis_rate.NewLimiter(client), own: ownCounts{counts: map[string]ownCount{}}, salt: salt, log: log}, err
}

func sharedSalt(client *redis.Client) ([]byte, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Second)
	defer cancel()
	own := rand.Text()
	if err := client.SetNX(ctx, "meent:limit:salt", own, 0).Err(); err != nil {
		return []byte(own), nil // Redis is away: the own counts need no sharing
	}
	salt, err := client.Get(ctx, "meent:limit:salt").Result()
	return []byte(salt), err
}

// allow counts one more and reports whether that is still within the limit.
// who never reaches Redis, only its keyed hash.
func (l *limiter) allow(ctx context.Context, limit limit, who string) bool {
	key := l.key(limit, who)
	ctx, cancel := context.WithTimeout(ctx, 500*time.Millisecond)
	defer cancel()
	result, err := l.shared.Allow(ctx, key, redis_rate.Limit{Rate: limit.most, Burst: limit.most, Period: limit.period})
	if err != nil {
		l.log.Warn("redis does not count, this process does", "limit", limit.name)
		return l.own.allow(key, limit, time.Now())
	}
	return result.Allowed > 0
}

func (l *limiter) key(limit limit, who string) string {
	mac := hmac.New(sha256.New, l.salt)
	mac.Write([]byte(limit.name + "\x00" + who))
	return "meent:limit:" + base64.RawURLEncoding.EncodeToString(mac.Sum(nil)[:15])
}

// ownCounts counts in fixed windows, for at most mostOwn keys at a time.
type ownCounts struct {
	mu     sync.Mutex
	counts map[string]ownCount
}

type ownCount struct {
	n    int
	ends time.Time
}

const mostOwn = 100_000

func (o *ownCounts) allow(key string, limit limit, now time.Time) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	count := o.counts[key]
	if now.After(count.ends) {
		count = ownCount{ends: now.Add(limit.period)}
		o.sweep(now)
	}
	count.n++
	o.counts[key] = count
	return count.n <= limit.most
}

// sweep forgets windows that ended, and everything when that is not enough.
func (o *ownCounts) sweep(now time.Time) {
	if len(o.counts) < mostOwn {
		return
	}
	for key, count := range o.counts {
		if now.After(count.ends) {
			delete(o.counts, key)
		}
	}
	if len(o.counts) >= mostOwn {
		clear(o.counts)
	}
}

// limitPosts bounds how often one network may send forms of any kind. Stripe's
// events are no forms: all of them come from few networks.
func (w *Web) limitPosts(next http.Handler) http.Handler {
	refuse := w.failing(errTooOften)
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead && !isHook(r) &&
			!w.limits.allow(r.Context(), postsOfNetwork, networkOf(w.clientAddress(r))) {
			refuse.ServeHTTP(rw, r)
			return
		}
		next.ServeHTTP(rw, r)
	})
}

// limit counts what the visitor does against a limit, by network or by who.
func (r *request) limit(l limit, who string) error {
	if !r.web.limits.allow(r.Request.Context(), l, who) {
		return errTooOften
	}
	return nil
}

func (r *request) network() string { return networkOf(r.web.clientAddress(r.Request)) }
