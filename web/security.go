package web

import (
	"fmt"
	"net/http"
	"net/netip"
	"strings"

	"github.com/klauspost/compress/gzhttp"

	"meent/internal/photo"
	"meent/members"
)

// policyPattern allows nothing but what this site serves itself: no script or style
// inside pages, no frames, no other site. %s is where clients pay and
// members say where they are paid: a form that leads there by a redirect counts as sent there.
const policyPattern = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
	"connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'%s; base-uri 'none'; frame-ancestors 'none'"

func (w *Web) policy() string {
	checkout := ""
	if w.CheckoutOrigin != "" {
		checkout = " " + w.CheckoutOrigin
	}
	return fmt.Sprintf(policyPattern, checkout)
}

// secure sets the headers that every answer carries.
func (w *Web) secure(next http.Handler) http.Handler {
	policy := w.policy()
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		h := rw.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()")
		h.Set("Cache-Control", "no-store") // assets and public work say otherwise
		h.Set(robotsHeader, "noindex")     // public pages take it away
		if w.URL.Scheme == "https" {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		next.ServeHTTP(rw, r)
	})
}

// refuseCrossOrigin refuses forms that another site sends (the standard
// library's check of Sec-Fetch-Site and Origin).
func (w *Web) refuseCrossOrigin(next http.Handler) http.Handler {
	protection := http.NewCrossOriginProtection()
	protection.SetDenyHandler(w.failing(errCrossOrigin))
	return protection.Handler(next)
}

// onlyOurHost answers under our own name and on this machine only, so that a
// foreign name that points here finds nothing (DNS rebinding).
func (w *Web) onlyOurHost(next http.Handler) http.Handler {
	refuse := w.failing(errForm)
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if !strings.EqualFold(r.Host, w.URL.Host) && !isLoopbackHost(r.Host) {
			refuse.ServeHTTP(rw, r)
			return
		}
		next.ServeHTTP(rw, r)
	})
}

func isLoopbackHost(host string) bool {
	name := host
	if i := strings.LastIndexByte(host, ':'); i >= 0 && !strings.HasSuffix(host, "]") {
		name = host[:i]
	}
	if name == "localhost" {
		return true
	}
	addr, err := netip.ParseAddr(strings.Trim(name, "[]"))
	return err == nil && addr.IsLoopback()
}

// maxBody is the most that a form may hold; an event of Stripe, a file that is
// imported and a photo may hold more.
const maxBody = 64 << 10

// limitBody refuses what says that it is too large, and cuts what only proves so.
func limitBody(next http.Handler) http.Handler {
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		most := int64(maxBody)
		switch {
		case isHook(r):
			most = maxHook
		case r.URL.Path == importPath:
			most += members.MostImport
		case takesPhoto(r):
			most += photo.MostBytes
		}
		r.Body = http.MaxBytesReader(rw, r.Body, most)
		next.ServeHTTP(rw, r)
	})
}

// compress makes pages smaller. A page never repeats a secret beside what a
// stranger chose, so its size tells nothing (BREACH): secrets of a sign-in stand
// in cookies and mail, those of an app, spare codes and a card on pages that show
// nothing else, and forms carry no tokens. The code of the first cooperative is
// repeated to whoever typed it, and no other site can send that form.
func compress(next http.Handler) http.Handler {
	wrap, err := gzhttp.NewWrapper(
		gzhttp.MinSize(1000),
		gzhttp.ContentTypes([]string{"text/html", "text/css", "text/javascript", "application/javascript", "image/svg+xml", "application/json", "application/xml", "application/atom+xml"}))
	if err != nil {
		panic(err) // the options above are fixed
	}
	compressed := wrap(next)
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if isStream(r) { // would wait for more before it sends anything
			next.ServeHTTP(rw, r)
			return
		}
		compressed.ServeHTTP(rw, r)
	})
}

// failing answers an error outside of any route, in the visitor's language.
func (w *Web) failing(err error) http.Handler {
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		f := failureOf(err)
		say := w.words.In(w.visitorLocale(r))
		if f.status == http.StatusTooManyRequests {
			rw.Header().Set("Retry-After", "60")
		}
		http.Error(rw, say.T(f.key+".what")+" "+say.T(f.key+".now"), f.status)
	})
}
