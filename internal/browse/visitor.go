// Package browse is a browser without script: it keeps cookies, follows
// redirects, and sends the forms that a page holds with what stands in their
// fields. Drills and benchmarks play people with it.
package browse

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"time"

	"github.com/PuerkitoBio/goquery"
)

// Visitor is one person's browser.
type Visitor struct {
	home   *url.URL
	client *http.Client
	header http.Header // of every request
}

// New makes a browser that nobody has used. home is the site's address; a path
// is of that site. The transport may be shared; nil means the standard one.
func New(home string, transport http.RoundTripper) (*Visitor, error) {
	site, err := url.Parse(home)
	if err != nil {
		return nil, err
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	return &Visitor{home: site, client: &http.Client{Jar: jar, Transport: transport, Timeout: 30 * time.Second}, header: http.Header{}}, nil
}

// Always adds a header to every request from now on.
func (v *Visitor) Always(name, value string) { v.header.Set(name, value) }

// Open goes to a page. An error means that the answer was lost.
func (v *Visitor) Open(ctx context.Context, path string) (*Page, error) {
	return v.send(ctx, http.MethodGet, path, nil)
}

// Press sends a form by one of its buttons, and gives the page to which that
// leads. An error leaves open whether the form arrived.
func (v *Visitor) Press(ctx context.Context, f Form, button string) (*Page, error) {
	values := url.Values{}
	for name, list := range f.values {
		values[name] = list
	}
	if name, value, named := strings.Cut(button, "="); named {
		values.Set(name, value)
	}
	return v.send(ctx, http.MethodPost, f.action, values)
}

// SignIn becomes somebody of the demo, by the role's id.
func (v *Visitor) SignIn(ctx context.Context, role string) (*Page, error) {
	people, err := v.Open(ctx, "/dev/people")
	if err != nil {
		return nil, err
	}
	f, ok := people.form(fmt.Sprintf(`form:has(button[name="role"][value="%s"])`, role))
	if !ok {
		return nil, fmt.Errorf("browse: the role %s is nobody's", role)
	}
	return v.Press(ctx, f, "role="+role)
}

// SignInAs is SignIn for who knows the person too, and needs no list of everybody.
func (v *Visitor) SignInAs(ctx context.Context, person, role string) (*Page, error) {
	return v.send(ctx, http.MethodPost, "/dev/signin", url.Values{"person": {person}, "role": {role}})
}

// Read is Open for who wants the text as it came.
func (v *Visitor) Read(ctx context.Context, path string) (status int, text []byte, err error) {
	answer, err := v.ask(ctx, http.MethodGet, path, nil)
	if err != nil {
		return 0, nil, err
	}
	defer answer.Body.Close()
	text, err = io.ReadAll(answer.Body)
	return answer.StatusCode, text, err
}

func (v *Visitor) send(ctx context.Context, method, path string, values url.Values) (*Page, error) {
	answer, err := v.ask(ctx, method, path, values)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	var source strings.Builder
	document, err := goquery.NewDocumentFromReader(io.TeeReader(answer.Body, &source))
	if err != nil {
		return nil, err
	}
	return &Page{Status: answer.StatusCode, URL: answer.Request.URL, document: document, source: source.String()}, nil
}

func (v *Visitor) ask(ctx context.Context, method, path string, values url.Values) (*http.Response, error) {
	to, err := v.home.Parse(path)
	if err != nil {
		return nil, err
	}
	r, err := http.NewRequestWithContext(ctx, method, to.String(), strings.NewReader(values.Encode()))
	if err != nil {
		return nil, err
	}
	for name, list := range v.header {
		r.Header[name] = list
	}
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	return v.client.Do(r)
}
