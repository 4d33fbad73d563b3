package stripesim

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"time"
	"unicode/utf8"
)

// maxBody is how large a request may be.
const maxBody = 1 << 20

// request is one call of the API, after its headers and its form were read.
type request struct {
	id      string // from the path
	sub     string // from the path, of what belongs to that
	method  string
	path    string
	base    string // the address of this server, as it was asked
	account string
	key     string // the idempotency key
	params  *params
	now     time.Time
	name    string // req_…
	fault   Fault  // what goes wrong with it on purpose
}

// api serves one endpoint: who asks, what is asked, do it once, answer.
func (s *Simulator) api(e endpoint) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name, err := newID(s.config.Random, "req_")
		if err != nil {
			s.fail(w, err)
			return
		}
		w.Header().Set("Request-Id", name)
		w.Header().Set("Stripe-Version", APIVersion)
		a, err := s.serve(w, r, e, name)
		switch {
		case errors.Is(err, errCut):
			cut(w, false)
		case errors.Is(err, errReset):
			cut(w, true)
		case err != nil:
			s.fail(w, err)
		default:
			write(w, a)
		}
	})
}

func (s *Simulator) serve(w http.ResponseWriter, r *http.Request, e endpoint, name string) (answer, error) {
	q, err := s.read(w, r)
	if err != nil {
		return answer{}, err
	}
	q.name = name
	act := e(q)
	if problem := q.params.problem(); problem != nil {
		return answer{}, problem
	}
	q.fault = s.trouble.draw(q)
	if err := s.before(r.Context(), q); err != nil {
		return answer{}, err
	}
	a, err := s.do(w, r, q, act)
	if err == nil {
		err = s.after(r.Context(), q)
	}
	return a, err
}

func (s *Simulator) do(w http.ResponseWriter, r *http.Request, q *request, act action) (answer, error) {
	if q.method == http.MethodPost && q.key != "" {
		w.Header().Set("Idempotency-Key", q.key)
		return s.once(r.Context(), q, act)
	}
	return s.plainly(r.Context(), q, act)
}

// plainly runs an action that may be repeated, or has no key.
func (s *Simulator) plainly(ctx context.Context, q *request, act action) (a answer, err error) {
	err = s.change(ctx, cause{request: q.name, at: q.now}, func(c *change) error {
		if err := checkAccount(ctx, c.tx, q.account); err != nil {
			return err
		}
		body, err := act(ctx, c)
		if err != nil {
			return err
		}
		a, err = newAnswer(http.StatusOK, body)
		return err
	})
	return a, err
}

// read checks the headers and reads the form.
func (s *Simulator) read(w http.ResponseWriter, r *http.Request) (*request, error) {
	if err := s.authorize(r); err != nil {
		return nil, err
	}
	encoded, err := readForm(w, r)
	if err != nil {
		return nil, err
	}
	p, problem := parseParams(encoded)
	if problem != nil {
		return nil, problem
	}
	q := &request{id: r.PathValue("id"), sub: r.PathValue("sub"), method: r.Method, path: r.URL.Path, base: s.base(r), params: p, now: s.time()}
	return q, q.readHeaders(r)
}

func (q *request) readHeaders(r *http.Request) error {
	q.account = platform
	if named := r.Header.Get("Stripe-Account"); named != "" {
		q.account = named
		if !strings.HasPrefix(named, "acct_") || !isID(named) {
			return noAccess()
		}
	}
	q.key = r.Header.Get("Idempotency-Key")
	if len(q.key) > 255 || !utf8.ValidString(q.key) {
		return invalid("", "", "Idempotency keys have at most 255 characters of UTF-8.")
	}
	return nil
}

func readForm(w http.ResponseWriter, r *http.Request) (string, error) {
	if r.Method != http.MethodPost {
		return r.URL.RawQuery, nil
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		e := invalid("", "", "The request is too large.")
		e.status = http.StatusRequestEntityTooLarge
		return "", e
	}
	if err != nil {
		return "", invalid("", "", "The request ended too early.")
	}
	return string(body), nil
}

// base is where this server is to be found, without a slash at the end.
func (s *Simulator) base(r *http.Request) string {
	if s.config.URL != "" {
		return strings.TrimSuffix(s.config.URL, "/")
	}
	if r.TLS != nil {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}
