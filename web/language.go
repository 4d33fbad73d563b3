package web

import (
	"net/http"
	"strings"
	"time"

	"golang.org/x/text/language"

	"meent/members"
)

// visitorLocale is the language of the cookie, or the first that the browser
// asks for and Meent speaks, or Dutch.
func (w *Web) visitorLocale(r *http.Request) members.Locale {
	if chosen := w.readCookie(r, languageCookie); chosen != "" {
		return members.ParseLocale(chosen)
	}
	matcher := language.NewMatcher([]language.Tag{language.Dutch, language.English})
	_, index := language.MatchStrings(matcher, r.Header.Get("Accept-Language"))
	if index == 1 {
		return members.English
	}
	return members.Dutch
}

// chooseLanguage handles POST /language: for this browser, and for the person who is
// signed in.
func chooseLanguage(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	locale := members.Locale(f.text("language"))
	if locale != members.Dutch && locale != members.English {
		return errForm
	}
	r.setCookie(languageCookie, string(locale), 365*24*time.Hour)
	if !r.actor.Person.IsZero() {
		if err := r.web.Members.SetLocale(r.Request.Context(), r.actor.Person, locale); err != nil {
			return err
		}
	}
	return r.to(localPath(f.text("back"), "/"))
}

// localPath keeps a way back inside this site.
func localPath(path, otherwise string) string {
	if len(path) > 200 || !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") ||
		strings.ContainsAny(path, "\\\r\n\t") {
		return otherwise
	}
	return path
}
