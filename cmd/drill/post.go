package main

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"
)

// post stands between the simulator and the program: it takes every event, and
// delivers it as it likes.
type post struct {
	rig    *rig
	till   *till
	url    string
	server *http.Server

	mu     sync.Mutex
	random *rand.Rand
	orders bool // events come once and in their order
	came   int
	sent   int
	late   []letter // kept for days
	forged int
	taken  []string   // forged ones that were not refused
	lane   sync.Mutex // one after the other
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
