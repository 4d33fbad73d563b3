package stripesim

import (
	"encoding/json"
	"errors"
	"net/http"

	"meent/internal/pg"
)

// answer is what a client gets, now or again.
type answer struct {
	status  int
	body    []byte
	replays string // the request that was answered first, if it was another
	retry   string // what Stripe-Should-Retry says, if anything
}

func newAnswer(status int, body object) (answer, error) {
	text, err := json.MarshalIndent(body, "", "  ")
	return answer{status: status, body: text}, err
}

func write(w http.ResponseWriter, a answer) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-cache, no-store")
	if a.replays != "" {
		w.Header().Set("Idempotent-Replayed", "true")
		w.Header().Set("Original-Request", a.replays)
	}
	if a.retry != "" {
		w.Header().Set("Stripe-Should-Retry", a.retry)
	}
	w.WriteHeader(a.status)
	_, _ = w.Write(a.body) // a client that went away asks again with its key
}

// fail answers with a refusal, or says that the fault is here and nothing was
// done that the same key would do twice.
func (s *Simulator) fail(w http.ResponseWriter, err error) {
	var refused *apiError
	if !errors.As(err, &refused) {
		s.config.Log.Error("stripesim: request failed", "err", err)
		refused = &apiError{status: http.StatusInternalServerError, kind: "api_error", message: "An error occurred in the simulator."}
		if pg.Unavailable(err) {
			refused.status = http.StatusServiceUnavailable
		}
	}
	a, err := newAnswer(refused.status, refused.render())
	if err != nil {
		http.Error(w, "{}", http.StatusInternalServerError)
		return
	}
	a.retry = refused.retry
	write(w, a)
}
