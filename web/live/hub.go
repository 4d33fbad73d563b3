// Package live tells open pages that something changed: one stream of
// server-sent events a page, fed through Redis, so that any copy of the program
// can tell a page that another copy serves.
//
// A message carries no content: the page asks for itself again, as whoever
// looks at it, so that nothing is shown to somebody who may not see it.
package live

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"

	"meent/internal/id"
	"meent/members"
)

// Topic names what a page is about, by identifiers only.
type Topic string

// ErrTooMany is returned when a viewer holds too many streams already.
var ErrTooMany = errors.New("live: too many streams")

// Hub carries news to streams.
type Hub struct {
	redis   *redis.Client
	beat    time.Duration
	mu      sync.Mutex
	open    map[string]int // streams by viewer
	longest time.Duration
}

// NewHub makes a hub on this Redis.
func NewHub(client *redis.Client) *Hub {
	return &Hub{redis: client, beat: 20 * time.Second, longest: 10 * time.Minute, open: map[string]int{}}
}

// Publish tells every page about the topic that it changed.
func (h *Hub) Publish(ctx context.Context, topic Topic) error {
	return h.redis.Publish(ctx, channel(topic), "changed").Err()
}

func channel(topic Topic) string { return "meent:live:" + string(topic) }

// Stream sends the news of the topics to one viewer until they leave, ctx ends, or
// ten minutes are over; the page connects again by itself, and is checked
// again. A viewer may hold most streams at once; more gives ErrTooMany, before
// anything was sent.
func (h *Hub) Stream(ctx context.Context, w http.ResponseWriter, viewer string, most int, topics ...Topic) error {
	if !h.enter(viewer, most) {
		return ErrTooMany
	}
	defer h.leave(viewer)
	ctx, cancel := context.WithTimeout(ctx, h.longest)
	defer cancel()
	channels := make([]string, len(topics))
	for i, topic := range topics {
		channels[i] = channel(topic)
	}
	news := h.redis.Subscribe(ctx, channels...)
	defer news.Close()
	if _, err := news.Receive(ctx); err != nil { // so that nothing is missed after the first byte
		return err
	}
	return h.send(ctx, w, news.Channel())
}

func (h *Hub) send(ctx context.Context, w http.ResponseWriter, news <-chan *redis.Message) error {
	control := http.NewResponseController(w)
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("X-Accel-Buffering", "no")
	beat := time.NewTicker(h.beat)
	defer beat.Stop()
	for line := "retry: 3000\n\n"; ; {
		_ = control.SetWriteDeadline(time.Now().Add(h.beat))
		if _, err := fmt.Fprint(w, line); err != nil {
			return nil // the viewer left
		}
		if err := control.Flush(); err != nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return nil
		case <-beat.C:
			line = ": still here\n\n"
		case _, ok := <-news:
			if !ok {
				return nil
			}
			line = "event: changed\ndata: 1\n\n"
		}
	}
}

func (h *Hub) enter(viewer string, most int) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.open[viewer] >= most {
		return false
	}
	h.open[viewer]++
	return true
}

func (h *Hub) leave(viewer string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.open[viewer]--; h.open[viewer] == 0 {
		delete(h.open, viewer)
	}
}

// Gigs is the topic of a cooperative's gigs.
func Gigs(c id.Cooperative) Topic { return Topic("gigs:" + c.String()) }

// Staff is the topic of a cooperative's coaches and coordinators.
func Staff(c id.Cooperative) Topic { return Topic("staff:" + c.String()) }

// Member is the topic of one member's own work and pay.
func Member(m members.MemberID) Topic { return Topic("member:" + m.String()) }

// Client is the topic of one client's gigs, hours and bills.
func Client(c members.ClientID) Topic { return Topic("client:" + c.String()) }
