package web

import (
	"net/http"
	"time"
)

// Cookies besides the session's.
const (
	languageCookie = "language"
	browserCookie  = "browser" // binds a sign-in to the browser that asked
	nextCookie     = "next"    // where to go after it
)

func (r *request) setCookie(name, value string, age time.Duration) {
	http.SetCookie(r.Writer, &http.Cookie{
		Name: r.web.cookieName(name), Value: value, Path: "/", MaxAge: maxAge(age),
		HttpOnly: true, Secure: r.web.secureCookies(), SameSite: http.SameSiteLaxMode,
	})
}

// readCookie gives the value, or nothing.
func (w *Web) readCookie(r *http.Request, name string) string {
	cookie, err := r.Cookie(w.cookieName(name))
	if err != nil {
		return ""
	}
	return cookie.Value
}

// browserSecret is what this browser proves itself with when it signs in; it
// is made on the first asking.
func (r *request) browserSecret() (string, error) {
	if secret := r.web.readCookie(r.Request, browserCookie); len(secret) >= 40 {
		return secret, nil
	}
	secret, err := r.web.Members.NewSecret()
	if err == nil {
		r.setCookie(browserCookie, secret, 30*time.Minute)
	}
	return secret, err
}

// maxAge is in seconds; -1 makes the browser forget the cookie.
func maxAge(age time.Duration) int {
	if age < 0 {
		return -1
	}
	return int(age.Seconds())
}
