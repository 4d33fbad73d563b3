package stripesim

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"time"
)

// order is one request of the control endpoint: what it does and what it says.
type order func(ctx context.Context, p *params, id string) (any, error)

// control serves drills and demonstrations on this machine: forms in, JSON out.
func (s *Simulator) control() http.Handler {
	mux := http.NewServeMux()
	for pattern, do := range s.orders() {
		mux.Handle(pattern, s.obey(do))
	}
	return s.onlyHere(mux)
}

func (s *Simulator) orders() map[string]order {
	return map[string]order{
		"GET /control/book":           s.orderBook,
		"GET /control/faults":         func(context.Context, *params, string) (any, error) { return s.Fell(), nil },
		"POST /control/faults":        s.orderFaults,
		"POST /control/clock":         s.orderClock,
		"POST /control/secrets":       s.orderSecret,
		"POST /control/disputes":      s.orderComplaint,
		"POST /control/disputes/{id}": s.orderOutcome(s.Decide),
		"POST /control/payouts/{id}":  s.orderOutcome(s.EndPayout),
		"POST /control/refunds/{id}":  s.orderOutcome(well(s.EndRefund)),
		"POST /control/charges/{id}":  s.orderOutcome(well(s.EndDebit)),
		"POST /control/accounts/{id}": s.orderAccount,
		"POST /control/events/{id}": func(ctx context.Context, _ *params, id string) (any, error) {
			return object{}, s.Resend(ctx, id)
		},
	}
}

// onlyHere lets in who is on this machine and has the token.
func (s *Simulator) onlyHere(next http.Handler) http.Handler {
	want := sha256.Sum256([]byte("Bearer " + s.config.Control))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		from, err := netip.ParseAddrPort(r.RemoteAddr)
		got := sha256.Sum256([]byte(r.Header.Get("Authorization")))
		if err != nil || !from.Addr().Unmap().IsLoopback() || subtle.ConstantTimeCompare(want[:], got[:]) != 1 {
			http.Error(w, "{}", http.StatusForbidden)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func (s *Simulator) obey(do order) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		said, err := s.obeyed(w, r, do)
		if err != nil {
			s.fail(w, err)
			return
		}
		body, err := json.Marshal(said)
		if err != nil {
			s.fail(w, err)
			return
		}
		write(w, answer{status: http.StatusOK, body: body})
	})
}

// obeyed lets what the order brings be done at once.
func (s *Simulator) obeyed(w http.ResponseWriter, r *http.Request, do order) (any, error) {
	encoded, err := readForm(w, r)
	if err != nil {
		return nil, err
	}
	p, problem := parseParams(encoded)
	if problem != nil {
		return nil, problem
	}
	said, err := do(r.Context(), p, r.PathValue("id"))
	if err == nil && r.Method == http.MethodPost {
		err = s.Advance(r.Context())
		s.ring()
	}
	return said, err
}

// orderBook is GET /control/book. A book that does not add up is a book as well.
func (s *Simulator) orderBook(ctx context.Context, _ *params, _ string) (any, error) {
	b, err := s.Book(ctx)
	if errors.Is(err, ErrUnbalanced) {
		return object{"balanced": false, "book": b}, nil
	}
	return object{"balanced": true, "book": b}, err
}

// orderFaults is POST /control/faults: seed, path, reads, hang, slow, next (names
// with commas) and rate[NAME]. It replaces what was set before.
func (s *Simulator) orderFaults(_ context.Context, p *params, _ string) (any, error) {
	f := Faults{Seed: uint64(p.integer("seed", 0)), Path: p.text("path"), Reads: p.choice("reads", "no", "yes") == "yes", Rates: map[Fault]float64{}}
	f.Hang, f.Slow, f.Next = p.duration("hang"), p.duration("slow"), ReadFaults(p.text("next"))
	for _, fault := range AllFaults() {
		if text := p.text("rate[" + string(fault) + "]"); text != "" {
			rate, err := strconv.ParseFloat(text, 64)
			if err != nil {
				p.refuse(invalid("", "rate", "Not a rate: %s", fault))
			}
			f.Rates[fault] = rate
		}
	}
	if problem := p.problem(); problem != nil {
		return nil, problem
	}
	if err := s.SetFaults(f); err != nil {
		return nil, invalid("", "", "%s", err.Error())
	}
	return object{}, nil
}

// ReadFaults reads names with commas between them.
func ReadFaults(text string) (all []Fault) {
	for name := range strings.SplitSeq(text, ",") {
		if name = strings.TrimSpace(name); name != "" {
			all = append(all, Fault(name))
		}
	}
	return all
}

// duration is zero when nothing is given.
func (p *params) duration(name string) time.Duration {
	text := p.text(name)
	if text == "" {
		return 0
	}
	d, err := time.ParseDuration(text)
	if err != nil || d < 0 {
		p.refuse(invalid("", name, "Not a duration: %s", name))
	}
	return d
}

// orderClock is POST /control/clock: by.
func (s *Simulator) orderClock(_ context.Context, p *params, _ string) (any, error) {
	by := p.duration("by")
	if problem := p.problem(); problem != nil {
		return nil, problem
	}
	s.Later(by)
	return object{"now": s.time().Unix()}, nil
}

// orderSecret is POST /control/secrets: endpoint, secret, and for how long the
// old one still signs.
func (s *Simulator) orderSecret(_ context.Context, p *params, _ string) (any, error) {
	p.need("endpoint")
	connect, secret, both := p.choice("endpoint", "platform", "connect") == "connect", p.need("secret"), p.duration("both")
	if problem := p.problem(); problem != nil {
		return nil, problem
	}
	s.Rotate(connect, secret, s.config.Now().Add(both))
	return object{}, nil
}

// orderComplaint is POST /control/disputes: charge, amount, reason, asks.
func (s *Simulator) orderComplaint(ctx context.Context, p *params, _ string) (any, error) {
	of := Complaint{Charge: p.need("charge"), Amount: p.integer("amount", 0), Asks: p.choice("asks", "no", "yes") == "yes", Reason: p.choice("reason",
		"fraudulent", "product_not_received", "product_unacceptable", "duplicate", "credit_not_processed", "debit_not_authorized", "general", "unrecognized")}
	if problem := p.problem(); problem != nil {
		return nil, problem
	}
	id, err := s.Complain(ctx, of)
	return object{"id": id}, err
}

func (s *Simulator) orderOutcome(end func(ctx context.Context, id, outcome string) error) order {
	return func(ctx context.Context, p *params, id string) (any, error) {
		outcome := p.need("outcome")
		if problem := p.problem(); problem != nil {
			return nil, problem
		}
		return object{}, end(ctx, id, outcome)
	}
}

// well reads "succeeded" and "failed".
func well(end func(context.Context, string, bool) error) func(context.Context, string, string) error {
	return func(ctx context.Context, id, outcome string) error {
		if outcome != "succeeded" && outcome != "failed" {
			return invalid("", "outcome", "An outcome is succeeded or failed.")
		}
		return end(ctx, id, outcome == "succeeded")
	}
}

// orderAccount is POST /control/accounts/{id}: outcome leave, ask (with due),
// ready or bank (with last4 and simulate).
func (s *Simulator) orderAccount(ctx context.Context, p *params, id string) (any, error) {
	p.need("outcome")
	outcome, due := p.choice("outcome", "leave", "ask", "ready", "bank"), p.text("due")
	last4, simulate := p.text("last4"), p.choice("simulate", "", failsAtOnce, failsLate)
	if outcome == "bank" && len(last4) != 4 {
		p.refuse(invalid("", "last4", "The last four digits, please."))
	}
	if problem := p.problem(); problem != nil {
		return nil, problem
	}
	switch outcome {
	case "leave":
		return object{}, s.Leave(ctx, id)
	case "bank":
		return object{}, s.ChangeBank(ctx, id, last4, simulate)
	case "ready":
		return object{}, s.Ask(ctx, id)
	}
	if due == "" {
		due = "individual.verification.document"
	}
	return object{}, s.Ask(ctx, id, due)
}
