package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"strconv"
	"sync"
	"time"
)

// house is the whole program in one process, on ports that it keeps over all
// its lives.
type house struct {
	*programCopy
	url string

	mu    sync.Mutex
	dead  bool
	kills int
}

// startHouse starts it for the first time, with demo people.
func (r *rig) startHouse(ctx context.Context) (*house, error) {
	address, err := freeAddress()
	if err != nil {
		return nil, err
	}
	stripe, err := freeAddress()
	if err != nil {
		return nil, err
	}
	h := &house{url: "http://" + address, dead: true}
	h.programCopy = &programCopy{rig: r, name: "house", environ: []string{
		"MEENT_ADDR=" + address, "MEENT_URL=" + h.url, "MEENT_STRIPESIM_ADDR=" + stripe,
		"MEENT_DRILL_UNRULY=yes", "MEENT_DRILL_HOLD=2s", "MEENT_DRILL_LATE=300ms",
	}}
	r.copies = append(r.copies, h.programCopy)
	return h, h.goOn(ctx)
}

// The ports that a house may have: below those from which systems, Linux from 32768 on,
// call somebody. While a program is dead a call, or one to that port itself, could have it.
const (
	lowestPort  = 20000
	highestPort = 32000
)

// freeAddress finds a port that nobody uses; it stays free until the program takes it, and
// while it is dead.
func freeAddress() (string, error) {
	var busy error
	for range 100 {
		address := net.JoinHostPort("127.0.0.1", strconv.Itoa(lowestPort+rand.IntN(highestPort-lowestPort)))
		listener, err := net.Listen("tcp", address)
		if err == nil {
			return address, listener.Close()
		}
		busy = err
	}
	return "", busy
}

// kill ends the program without warning. One that is dead is not killed again.
func (h *house) kill() error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.dead {
		return nil
	}
	h.dead = true
	h.kills++
	h.rig.count("kills")
	return h.programCopy.kill()
}

// goOn starts the program again when it is dead, and waits until it is ready.
func (h *house) goOn(ctx context.Context) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if !h.dead {
		return h.alive()
	}
	if err := h.start(); err != nil {
		return err
	}
	h.dead = false
	return h.waitReady(ctx)
}

// later lets the program end politely, and begin again when it is so much later.
func (h *house) later(ctx context.Context, by time.Duration) error {
	if err := errors.Join(h.goOn(ctx), h.rest(by)); err != nil {
		return err
	}
	return h.goOn(ctx)
}

func (h *house) rest(by time.Duration) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.clock += by
	if h.dead {
		return nil
	}
	h.dead = true
	h.rig.count("polite stops")
	return h.stop()
}

func (h *house) waitReady(ctx context.Context) error {
	for late := time.Now().Add(30 * time.Second); time.Now().Before(late); {
		if answer, err := http.Get(h.url + "/readyz"); err == nil {
			answer.Body.Close()
			if answer.StatusCode == http.StatusOK {
				return nil
			}
		}
		if err := errors.Join(h.alive(), h.rig.rest(ctx, 20*time.Millisecond)); err != nil {
			return err
		}
	}
	return fmt.Errorf("the program was not ready within 30 s:\n%s", h.lastWords())
}

// alive reports a program that ended by itself.
func (h *house) alive() error {
	select {
	case err := <-h.ended:
		h.ended <- err
		return fmt.Errorf("the program ended by itself, with %v:\n%s", err, h.lastWords())
	default:
		return nil
	}
}
