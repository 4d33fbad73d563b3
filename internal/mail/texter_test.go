package mail

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"meent/internal/pg/pgtest"
)

// texter is what both implementations promise.
type texter interface {
	SendText(ctx context.Context, t Text) error
}

var shortText = Text{To: "+31612345678", Text: "Meent: 123 456 is je code.\nhttps://meent.example/x", Key: "k"}

func TestTexters(t *testing.T) {
	t.Run("mailbox", func(t *testing.T) {
		testTexter(t, func(t *testing.T) (texter, func() []arrived) {
			box := NewMailbox(pgtest.New(t, Schema()), noon, nil)
			return box, func() []arrived { return inMailbox(t, box) }
		})
	})
	t.Run("gateway", func(t *testing.T) {
		testTexter(t, func(t *testing.T) (texter, func() []arrived) {
			s := startService(t, http.StatusAccepted)
			return s.gateway(t), s.arrived
		})
	})
}

func testTexter(t *testing.T, open func(*testing.T) (texter, func() []arrived)) {
	t.Run("arrives as it was, one a key", func(t *testing.T) {
		x, arrivals := open(t)
		other := shortText
		other.Key = "other"
		for _, text := range []Text{shortText, shortText, other} {
			if err := x.SendText(t.Context(), text); err != nil {
				t.Fatal(err)
			}
		}
		ids := map[string]bool{}
		for _, a := range arrivals() {
			ids[a.ID] = true
			a.ID = ""
			if diff := cmp.Diff(arrived{To: shortText.To, Text: shortText.Text}, a); diff != "" {
				t.Error(diff)
			}
		}
		if len(ids) != 2 {
			t.Errorf("messages %v, want two", ids)
		}
	})
	t.Run("refuses", func(t *testing.T) {
		x, arrivals := open(t)
		for name, bad := range invalidTexts() {
			var invalid Invalid
			if err := x.SendText(t.Context(), bad); !errors.As(err, &invalid) || !strings.HasPrefix(name, invalid.Field+" ") || !Final(err) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if n := len(arrivals()); n != 0 {
			t.Errorf("%d refused messages arrived", n)
		}
	})
}

// invalidTexts are named by the field that is wrong.
func invalidTexts() map[string]Text {
	with := func(change func(*Text)) Text { x := shortText; change(&x); return x }
	return map[string]Text{
		"To nobody":               with(func(x *Text) { x.To = "" }),
		"To without a country":    with(func(x *Text) { x.To = "0612345678" }),
		"To with spaces":          with(func(x *Text) { x.To = "+31 612345678" }),
		"To two":                  with(func(x *Text) { x.To = "+31612345678,+31687654321" }),
		"To too long":             with(func(x *Text) { x.To = "+3161234567890123" }),
		"Text missing":            with(func(x *Text) { x.Text = "" }),
		"Text of 161 characters":  with(func(x *Text) { x.Text = strings.Repeat("a", 161) }),
		"Text of 81 double ones":  with(func(x *Text) { x.Text = strings.Repeat("€", 81) }),
		"Text no telephone knows": with(func(x *Text) { x.Text = "geïnd" }),
		"Text with a zero byte":   with(func(x *Text) { x.Text = "a\x00" }),
		"Text not UTF-8":          with(func(x *Text) { x.Text = "a\xff" }),
		"Key missing":             with(func(x *Text) { x.Key = "" }),
		"Key with a new line":     with(func(x *Text) { x.Key = "k\nX: y" }),
	}
}

// service is as much of a service for text messages as the tests need.
type service struct {
	*httptest.Server
	mu      sync.Mutex
	list    []arrived
	headers []http.Header
}

func startService(t *testing.T, status int) *service {
	t.Helper()
	s := &service{}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var body struct{ To, Text string }
		raw, _ := io.ReadAll(r.Body)
		if err := json.Unmarshal(raw, &body); err != nil {
			t.Error(err)
		}
		s.mu.Lock()
		defer s.mu.Unlock()
		s.headers = append(s.headers, r.Header)
		s.list = append(s.list, arrived{ID: r.Header.Get("Idempotency-Key"), To: body.To, Text: body.Text})
		w.Header().Set("Location", "/elsewhere")
		w.WriteHeader(status)
	}))
	t.Cleanup(s.Close)
	return s
}

func (s *service) arrived() []arrived { s.mu.Lock(); defer s.mu.Unlock(); return s.list }

func (s *service) gateway(t *testing.T) *Gateway {
	t.Helper()
	g, err := NewGateway(s.URL+"/messages?account=hunter2", "hunter3")
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func TestGatewayShowsItsToken(t *testing.T) {
	s := startService(t, http.StatusOK)
	if err := s.gateway(t).SendText(t.Context(), shortText); err != nil {
		t.Fatal(err)
	}
	if got := s.headers[0].Get("Authorization"); got != "Bearer hunter3" {
		t.Errorf("Authorization: %q", got)
	}
	if got := s.headers[0].Get("Idempotency-Key"); len(got) != 32 || got == shortText.Key {
		t.Errorf("Idempotency-Key: %q", got)
	}
}

// TestGatewayRefusals: what is final for this message, and that no redirect is
// followed.
func TestGatewayRefusals(t *testing.T) {
	for status, final := range map[int]bool{301: false, 307: false, 400: true, 401: false, 403: false, 404: false, 409: false, 422: true, 429: false, 500: false, 503: false} {
		s := startService(t, status)
		err := s.gateway(t).SendText(t.Context(), shortText)
		var refused Refused
		if !errors.As(err, &refused) || refused.Code != status || Final(err) != final || !strings.Contains(err.Error(), "SMS_URL") {
			t.Errorf("%d gave %v", status, err)
		}
		if n := len(s.arrived()); n != 1 {
			t.Errorf("%d: %d requests, want one", status, n)
		}
	}
}

func TestGatewayErrorsTellNothing(t *testing.T) {
	s := startService(t, http.StatusOK)
	g := s.gateway(t)
	s.Close()
	err := g.SendText(t.Context(), shortText)
	if err == nil || Final(err) {
		t.Fatalf("nobody there gave %v", err)
	}
	for _, secret := range []string{"hunter", "612345678", "123 456"} {
		if strings.Contains(err.Error(), secret) {
			t.Errorf("the error tells: %v", err)
		}
	}
}

func TestEndOfContextEndsTheHandover(t *testing.T) {
	held := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-held }))
	defer server.Close()
	defer close(held)
	g, err := NewGateway(server.URL, "")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if err := g.SendText(ctx, shortText); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("SendText = %v", err)
	}
}

func TestGatewayAddress(t *testing.T) {
	for address, ok := range map[string]bool{
		"https://sms.example/messages": true, "https://sms.example/?a=b": true, "http://localhost:1/x": true, "http://127.0.0.1/": true, "http://[::1]:8/": true,
		"": false, "sms.example": false, "http://sms.example/": false, "ftp://sms.example/": false, "https://": false, "https://u:p@sms.example/": false,
		"https://sms.example/#x": false, "https://exa mple/": false,
	} {
		if g, err := NewGateway(address, "t"); (err == nil) != ok || ok && strings.Contains(g.GoString(), "t=") || !ok && !errors.Is(err, ErrSMSURL) {
			t.Errorf("%q: %v", address, err)
		}
	}
}
