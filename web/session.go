package web

import (
	"errors"
	"net/http"
	"time"

	"github.com/alexedwards/scs/v2"

	"meent/internal/id"
	"meent/internal/retention"
	"meent/members"
)

// Keys in a session besides those of members.
const (
	sessionRole   = "role"
	sessionFlash  = "flash"
	sessionFresh  = "fresh"  // until when the person has just shown who they are
	sessionSecond = "second" // "yes": with a second factor, too
	sessionCard   = "card"   // "yes": by a card that a coach printed, and nothing else since
	sessionActing = "acting" // for which member the coach acts
)

// newSessions keeps who is signed in: three days without use, and as long as
// what is kept says at most.
func (w *Web) newSessions() *scs.SessionManager {
	s := scs.New()
	s.Store = w.Sessions
	s.Codec = members.SessionCodec{}
	s.HashTokenInStore = true
	s.IdleTimeout = 3 * 24 * time.Hour
	s.Lifetime = retention.Of(retention.Sessions).Keep.Duration()
	s.Cookie.Name = w.cookieName("meent")
	s.Cookie.Secure = w.secureCookies()
	s.Cookie.HttpOnly = true
	s.Cookie.SameSite = http.SameSiteLaxMode
	s.ErrorFunc = func(rw http.ResponseWriter, r *http.Request, err error) {
		w.Log.Error("session store", "id", requestID(r.Context()), "error", err)
		w.failing(errUnavailable).ServeHTTP(rw, r)
	}
	return s
}

func (w *Web) secureCookies() bool { return w.URL.Scheme == "https" }

// cookieName binds a cookie to this host alone, where browsers allow it.
func (w *Web) cookieName(name string) string {
	if w.secureCookies() {
		return "__Host-" + name
	}
	return name
}

// identify finds out who asks. A person who is gone is a visitor.
func (r *request) identify() error {
	ctx := r.Request.Context()
	person, err := id.Parse[members.Person](r.web.sessions.GetString(ctx, members.SessionPerson))
	if err != nil {
		return nil
	}
	role, _ := id.Parse[members.Role](r.web.sessions.GetString(ctx, sessionRole)) // none: the first
	actor, err := r.web.Members.Actor(ctx, person, role)
	if errors.Is(err, members.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	r.actor, r.words = actor, r.web.words.In(actor.Locale)
	r.noteUse()
	if actor.Several {
		r.roles, err = r.web.Members.Roles(ctx, actor.Person)
	}
	r.half = r.needsSecond() && !r.hasSecond()
	return err
}

// noteUse keeps the day of use, and names a session that has no name: both for
// the person's own list.
func (r *request) noteUse() {
	ctx, s := r.Request.Context(), r.web.sessions
	if today := string(members.DayOf(r.web.Now())); s.GetString(ctx, members.SessionSeen) != today {
		s.Put(ctx, members.SessionSeen, today)
	}
	if s.GetString(ctx, members.SessionKey) == "" {
		s.Put(ctx, members.SessionKey, r.web.Members.NewSessionID().String())
	}
}

// here is the session of this request.
func (r *request) here() members.SessionID {
	session, _ := id.Parse[members.Session](r.web.sessions.GetString(r.Request.Context(), members.SessionKey))
	return session
}

// signInAs begins a session under a new token.
func (r *request) signInAs(person members.PersonID) error {
	ctx, s := r.Request.Context(), r.web.sessions
	if err := s.Clear(ctx); err != nil {
		return err
	}
	if err := s.RenewToken(ctx); err != nil {
		return err
	}
	s.Put(ctx, members.SessionPerson, person.String())
	s.Put(ctx, members.SessionSince, r.web.Now().UTC().Format(time.RFC3339Nano))
	s.Put(ctx, members.SessionDevice, deviceOf(r.Request.UserAgent()))
	r.noteUse()
	return nil
}

// beginAnew goes on after all sessions of the person ended, with what this one
// could do.
func (r *request) beginAnew() error {
	isFresh, second, card := r.fresh(), r.hasSecond(), r.byCard()
	if err := r.signInAs(r.actor.Person); err != nil {
		return err
	}
	r.actAs(r.actor.Role)
	if card {
		r.web.sessions.Put(r.Request.Context(), sessionCard, "yes")
	}
	if isFresh {
		r.setFresh()
	}
	if second {
		r.setSecond()
	}
	return nil
}

// renew gives the session a new token, when it may do more than before.
func (r *request) renew() error {
	return r.web.sessions.RenewToken(r.Request.Context())
}

// endSession ends this session.
func (r *request) endSession() error {
	return r.web.sessions.Destroy(r.Request.Context())
}

// actAs chooses among the person's roles, and ends acting for somebody.
func (r *request) actAs(role members.RoleID) {
	r.standBack()
	r.web.sessions.Put(r.Request.Context(), sessionRole, role.String())
}

// flash leaves a sentence for the next page.
func (r *request) flash(key string) {
	r.web.sessions.Put(r.Request.Context(), sessionFlash, key)
}

// takeFlash gives the sentence and forgets it.
func (r *request) takeFlash() string {
	if r.actor.Person.IsZero() {
		return ""
	}
	if key := r.web.sessions.PopString(r.Request.Context(), sessionFlash); key != "" {
		return r.t(key)
	}
	return ""
}
