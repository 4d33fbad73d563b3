package web

import (
	"context"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"sync/atomic"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/gin-gonic/gin"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/redis/go-redis/v9"

	"meent/internal/mail"
	"meent/internal/tasks"
	"meent/jobs"
	"meent/matching"
	"meent/members"
	"meent/members/coaching"
	"meent/payments"
	"meent/web/live"
	"meent/web/static"
	"meent/web/words"
)

// Settings say how the pages are reached.
type Settings struct {
	URL     *url.URL       // the public address: scheme and host
	Proxies []netip.Prefix // whose X-Forwarded-For is believed
	Demo    bool           // demo sign-in and /dev pages

	First        FirstCode // for making the first cooperative; zero: the page is not there
	SecondFactor bool      // coordinators must show one

	Texts bool // there is a way to send text messages

	CheckoutOrigin string // where clients pay, and members say where they are paid, such as https://checkout.stripe.com; empty: nowhere
}

// Check is one part that must be ready.
type Check struct {
	Name string
	Ask  func(context.Context) error
}

// Parts is what stands behind the pages.
type Parts struct {
	Members  *members.Service
	Coaching *coaching.Service
	Payments *payments.Service
	Inbox    Inbox // nil: no event is taken, and Stripe sends it again
	Jobs     *jobs.Service
	Matching *matching.Service
	Privacy  Privacy
	Tasks    *tasks.Queue
	Index    jobs.Index // nil: browsing answers from Postgres
	Sessions scs.Store
	Mailbox  *mail.Mailbox // nil when mail goes out
	Redis    *redis.Client
	Hub      *live.Hub
	Metrics  *prometheus.Registry
	Ready    []Check
	Now      func() time.Time
	Log      *slog.Logger
}

// Web answers requests.
type Web struct {
	Settings
	Parts
	words    *words.Book
	static   *static.Files
	sessions *scs.SessionManager
	limits   *limiter
	kept     keptAnswers
	metrics  *requestMetrics
	engine   *gin.Engine
	founded  atomic.Bool // there is a cooperative
}

// New makes the pages. It returns an error that names the route when one does
// not say who may use it.
func New(s Settings, p Parts) (*Web, error) {
	book, err := words.Load()
	if err != nil {
		return nil, err
	}
	files, err := static.New()
	if err != nil {
		return nil, err
	}
	limits, err := newLimiter(p.Redis, p.Log)
	if err != nil {
		return nil, err
	}
	w := &Web{Settings: s, Parts: p, words: book, static: files, limits: limits, metrics: newRequestMetrics(p.Metrics)}
	w.sessions = w.newSessions()
	w.engine, err = w.newEngine()
	return w, err
}

// newEngine registers the routes and nothing else: the rest is in Handler.
func (w *Web) newEngine() (*gin.Engine, error) {
	gin.SetMode(gin.ReleaseMode)
	engine := gin.New()
	engine.HandleMethodNotAllowed = true
	engine.RedirectTrailingSlash = false
	engine.ContextWithFallback = true
	for _, route := range w.routes() {
		if err := route.declared(); err != nil {
			return nil, err
		}
		engine.Handle(route.method, route.path, w.handle(route))
		if route.method == http.MethodGet {
			engine.HEAD(route.path, w.handle(route)) // the server leaves out the body
		}
	}
	engine.NoRoute(w.handle(route{access: anyone, handler: notFound}))
	engine.NoMethod(w.handle(route{access: anyone, handler: notAllowed}))
	return engine, nil
}

// Handler is everything in the order in which a request meets it.
func (w *Web) Handler() http.Handler {
	var h http.Handler = w.engine
	h = w.sessions.LoadAndSave(h)
	h = w.limitPosts(h)
	h = limitBody(h)
	h = w.onlyOurHost(h)
	h = w.refuseCrossOrigin(h)
	h = compress(h)
	h = w.secure(h)
	return w.observe(h)
}

// Server is a server with limits on how long a request may take to arrive. Live
// streams have no end, so that writing is limited by handler; see observe.
func (w *Web) Server() *http.Server {
	return &http.Server{
		Handler:           w.Handler(),
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       15 * time.Second,
		IdleTimeout:       90 * time.Second,
		MaxHeaderBytes:    32 << 10,
		ErrorLog:          slog.NewLogLogger(w.Log.Handler(), slog.LevelWarn),
	}
}
