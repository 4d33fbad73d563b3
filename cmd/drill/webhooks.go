package main

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"golang.org/x/sync/errgroup"

	"meent/members"
)

// playWebhooks lets the same payments be made in several cooperatives. In the
// first, each event comes once and in its order; in each other one events come
// doubled, shuffled, days late, and among forged ones. The books must be the same.
func (r *rig) playWebhooks(ctx context.Context) (v verdict, err error) {
	post, err := newPost(r)
	if err != nil {
		return v, err
	}
	r.onClose(post.server.Close)
	t, err := r.openTill(ctx, tillSize{workers: 1, coops: 1 + r.seeds, members: 10, hooks: post.url})
	if err != nil {
		return v, err
	}
	r.phase("open")
	post.till = t
	for seed := range 1 + r.seeds {
		if err := post.playOrder(ctx, seed); err != nil {
			return v, err
		}
		r.phase(fmt.Sprint("order ", seed))
	}
	if err := post.comeLate(ctx); err != nil {
		return v, err
	}
	if err := t.calmDown(ctx); err != nil {
		return v, err
	}
	return v, errors.Join(post.judge(ctx, &v), t.judge(ctx, &v))
}

// post stands between the simulator and the program: it takes every event, and
// delivers it as it likes.
type post struct {
	rig    *rig
	till   *till
	url    string
	server *http.Server

	mu         sync.Mutex
	random     *rand.Rand
	orders     bool // events come once and in their order
	came       int
	orderSizes []int // events of each order
	sent       int
	late       []letter // kept for days
	forged     int
	taken      []string   // forged ones that were not refused
	lane       sync.Mutex // one after the other
}

// letter is one event on its way.
type letter struct {
	path string
	body []byte
}

func newPost(r *rig) (*post, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	p := &post{rig: r, url: "http://" + listener.Addr().String(), orders: true, random: r.random}
	p.server = &http.Server{Handler: p, ReadHeaderTimeout: 5 * time.Second}
	go func() { _ = p.server.Serve(listener) }()
	return p, nil
}

// ServeHTTP accepts every event, and plans its ways. In order it answers when the
// program did.
func (p *post) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	l := letter{r.URL.Path, body}
	p.mu.Lock()
	p.came++
	orders := p.orders
	p.mu.Unlock()
	if orders {
		p.lane.Lock()
		defer p.lane.Unlock()
		if status, err := p.deliver(r.Context(), l, sign(l, time.Now().Add(p.ahead()))); err != nil || status != http.StatusOK {
			w.WriteHeader(http.StatusBadGateway)
		}
		return
	}
	p.plan(l)
}

func (p *post) ahead() time.Duration { return time.Duration(p.till.clock.Load()) }

// plan lets a letter come once to five times, soon or days later, and forges one
// in twenty.
func (p *post) plan(l letter) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.random.IntN(10) == 0 {
		p.late = append(p.late, l)
		return
	}
	if p.random.IntN(20) == 0 {
		kind := p.random.IntN(7)
		number := p.forged
		p.forged++
		go p.forge(l, kind, number)
	}
	for range 1 + p.random.IntN(5)*p.random.IntN(2) {
		wait := time.Duration(p.random.IntN(800)) * time.Millisecond
		go func() {
			time.Sleep(wait)
			p.until200(l)
		}()
	}
}

// until200 sends a letter until the program has it.
func (p *post) until200(l letter) {
	for range 40 {
		if status, err := p.deliver(context.Background(), l, sign(l, time.Now().Add(p.ahead()))); err == nil && status == http.StatusOK {
			return
		}
		time.Sleep(250 * time.Millisecond)
	}
}

func (p *post) deliver(ctx context.Context, l letter, signature string) (int, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, p.till.door.url+l.path, bytes.NewReader(l.body))
	if err != nil {
		return 0, err
	}
	if signature != "" {
		r.Header.Set("Stripe-Signature", signature)
	}
	w, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0, err
	}
	defer w.Body.Close()
	p.mu.Lock()
	p.sent++
	p.mu.Unlock()
	return w.StatusCode, nil
}

// sign makes the signature that the simulator would make at this moment.
func sign(l letter, at time.Time) string {
	secret := tillSecret
	if strings.HasSuffix(l.path, "/connect") {
		secret = joinSecret
	}
	return signed(secret, l.body, at)
}

func signed(secret string, body []byte, at time.Time) string {
	mac := hmac.New(sha256.New, []byte(secret))
	fmt.Fprintf(mac, "%d.%s", at.Unix(), body)
	return fmt.Sprintf("t=%d,v1=%s", at.Unix(), hex.EncodeToString(mac.Sum(nil)))
}

// forge sends what must not be taken, under an id of its own.
func (p *post) forge(l letter, kind, number int) {
	now, name := time.Now().Add(p.ahead()), fmt.Sprintf("evt_forged%d", number)
	lie := letter{l.path, rewrite(l.body, "id", name)}
	signature, refused := "", true
	switch kind {
	case 0: // by somebody without the secret
		signature = signed("whsec_guessed", lie.body, now)
	case 1: // the signature of another event
		signature = sign(l, now)
	case 2: // an old one, caught and sent again
		signature = sign(lie, now.Add(-10*time.Minute))
	case 3: // from the future
		signature = sign(lie, now.Add(10*time.Minute))
	case 4: // nobody's
	case 5: // of another version of the API
		lie.body = rewrite(lie.body, "api_version", "2026-08-26.dahlia")
		signature = sign(lie, now)
	case 6: // about real money: it is answered, and let go
		lie.body = rewrite(lie.body, "livemode", true)
		signature, refused = sign(lie, now), false
	}
	status, err := p.deliver(context.Background(), lie, signature)
	if err == nil && refused && status/100 != 4 {
		p.mu.Lock()
		p.taken = append(p.taken, fmt.Sprintf("%s of kind %d: %d", name, kind, status))
		p.mu.Unlock()
	}
}

func rewrite(body []byte, field string, value any) []byte {
	var e map[string]json.RawMessage
	if json.Unmarshal(body, &e) != nil {
		return body
	}
	e[field], _ = json.Marshal(value)
	out, _ := json.Marshal(e)
	return out
}

// playOrder makes the payments of one cooperative, the same in each.
func (p *post) playOrder(ctx context.Context, seed int) error {
	p.mu.Lock()
	p.orders, p.random = seed == 0, rand.New(rand.NewPCG(p.rig.seed, uint64(100+seed)))
	p.mu.Unlock()
	random := rand.New(rand.NewPCG(p.rig.seed, 100)) // the same for all
	staff := p.till.staff(seed)
	var jobs []*job
	begin := p.arrived()
	want := p.rig.events
	if seed == 0 { // the others bring a few less: some of theirs come days late
		want += want / 10
	}
	for came := 0; came < want; came = p.arrived() - begin {
		more := p.rig.payments // as many as in the first order
		if seed == 0 {
			more = (want-came)/mostOfOne + 1
			p.rig.payments += more
		}
		for range more {
			jobs = append(jobs, p.till.newJob(random, staff[len(jobs)%len(staff)]))
		}
		if err := p.till.bringAll(ctx, jobs); err != nil {
			return err
		}
		if _, err := p.till.comeToRest(ctx, time.Now().Add(20*time.Second)); err != nil {
			return err
		}
		if seed > 0 {
			break
		}
	}
	p.orderSizes = append(p.orderSizes, p.arrived()-begin)
	return nil
}

// mostOfOne is how many events one payment brings, about.
const mostOfOne = 7

func (p *post) arrived() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.came
}

// staff are the members of one cooperative, in their order.
func (t *till) staff(coop int) (list []members.Actor) {
	for _, m := range t.members {
		if m.Cooperative == t.office[coop].Cooperative {
			list = append(list, m)
		}
	}
	return list
}

// comeLate lets three days pass, and then what was kept back comes.
func (p *post) comeLate(ctx context.Context) error {
	p.rig.phase("three days later")
	if err := p.till.later(ctx, 72*time.Hour); err != nil {
		return err
	}
	p.mu.Lock()
	late := p.late
	p.late, p.orders = nil, true // what comes now comes as it does
	p.random.Shuffle(len(late), func(i, j int) { late[i], late[j] = late[j], late[i] })
	p.mu.Unlock()
	p.rig.tally["days late"] = len(late)
	var group errgroup.Group
	group.SetLimit(8)
	for _, l := range late {
		group.Go(func() error { p.until200(l); return nil })
	}
	return group.Wait()
}

func (p *post) judge(ctx context.Context, v *verdict) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	var stored int
	if err := p.rig.db.QueryRow(ctx, `SELECT count(*) FROM payments.event WHERE id LIKE 'evt_forged%'`).Scan(&stored); err != nil {
		return err
	}
	p.rig.say(v, p.forged > 0 && stored == 0 && len(p.taken) == 0, "%d forged, %d of them stored, %d not refused %s", p.forged, stored, len(p.taken), some(p.taken))
	p.rig.say(v, p.sent > p.came, "%d events came %d times", p.came, p.sent)
	p.rig.say(v, slices.Min(p.orderSizes) >= p.rig.events, "%d orders of at least %d events, %d were asked", len(p.orderSizes), slices.Min(p.orderSizes), p.rig.events)
	var want string
	var other []string
	for seed := range 1 + p.rig.seeds {
		digest, err := p.till.digest(ctx, seed)
		if err != nil {
			return err
		}
		if seed == 0 {
			want = digest
		} else if digest != want {
			other = append(other, fmt.Sprint("order ", seed))
		}
	}
	p.rig.say(v, len(other) == 0, "%d orders of events led to other books than the true order %s", len(other), some(other))
	return nil
}

// digest is what is in a cooperative's books, under names that each has.
func (t *till) digest(ctx context.Context, coop int) (string, error) {
	const query = `
		SELECT address, sum(balance_cents)::bigint FROM payments.account WHERE cooperative_id = $1 GROUP BY address HAVING sum(balance_cents) <> 0
		UNION ALL SELECT 'bill ' || b.state || ' ' || b.client_id::text, sum(b.total_cents)::bigint FROM payments.bill b WHERE cooperative_id = $1 GROUP BY b.state, b.client_id
		UNION ALL SELECT 'payout ' || state || ' ' || member_id::text, sum(cents)::bigint FROM payments.payout WHERE cooperative_id = $1 GROUP BY state, member_id`
	rows, err := t.rig.db.Query(ctx, query, t.office[coop].Cooperative)
	if err != nil {
		return "", err
	}
	var pairs, lines []string
	for i, m := range t.staff(coop) {
		pairs = append(pairs, m.Member.String(), fmt.Sprint("member ", i))
	}
	n := 0
	for _, c := range t.clients {
		if c.Cooperative == t.office[coop].Cooperative {
			pairs = append(pairs, c.Client.String(), fmt.Sprint("client ", n))
			n++
		}
	}
	known := strings.NewReplacer(pairs...)
	var what string
	var cents int64
	_, err = pgx.ForEachRow(rows, []any{&what, &cents}, func() error {
		lines = append(lines, fmt.Sprintf("%s %d", known.Replace(what), cents))
		return nil
	})
	slices.Sort(lines)
	return fmt.Sprintf("%x", sha256.Sum256([]byte(strings.Join(lines, "\n")))), err
}
