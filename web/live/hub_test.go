package live_test

import (
	"bufio"
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/redis/go-redis/v9"

	"meent/web/live"
)

func newHub(t *testing.T) *live.Hub {
	t.Helper()
	client := redis.NewClient(&redis.Options{Addr: miniredis.RunT(t).Addr()})
	t.Cleanup(func() { client.Close() })
	return live.NewHub(client)
}

// newStream serves a topic and gives its lines as they come.
func newStream(t *testing.T, hub *live.Hub, topic live.Topic, viewer string, most int) (status int, lines chan string) {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := hub.Stream(r.Context(), w, viewer, most, topic); errors.Is(err, live.ErrTooMany) {
			http.Error(w, "too many", http.StatusTooManyRequests)
		}
	}))
	t.Cleanup(server.Close)
	ctx, leave := context.WithCancel(t.Context())
	t.Cleanup(leave)
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, server.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { answer.Body.Close() })
	lines = make(chan string, 100)
	go func() {
		defer close(lines)
		for scan := bufio.NewScanner(answer.Body); scan.Scan(); {
			lines <- scan.Text()
		}
	}()
	return answer.StatusCode, lines
}

func waitFor(t *testing.T, lines chan string, want string) {
	t.Helper()
	deadline := time.After(10 * time.Second)
	for {
		select {
		case line, ok := <-lines:
			if !ok {
				t.Fatalf("the stream ended before %q", want)
			}
			if strings.HasPrefix(line, want) {
				return
			}
		case <-deadline:
			t.Fatalf("%q did not come", want)
		}
	}
}

func TestNewsReachesItsTopicAlone(t *testing.T) {
	hub := newHub(t)
	_, ours := newStream(t, hub, "ours", "anna", 3)
	_, theirs := newStream(t, hub, "theirs", "bram", 3)
	waitFor(t, ours, "retry:")
	waitFor(t, theirs, "retry:")
	for _, topic := range []live.Topic{"ours", "theirs"} { // ours arrives before theirs
		if err := hub.Publish(t.Context(), topic); err != nil {
			t.Fatal(err)
		}
	}
	waitFor(t, ours, "event: changed")
	waitFor(t, theirs, "event: changed")
	if err := hub.Publish(t.Context(), "ours"); err != nil {
		t.Fatal(err)
	}
	waitFor(t, ours, "event: changed")
	select {
	case line := <-theirs:
		if strings.HasPrefix(line, "event:") {
			t.Errorf("news of another topic came: %s", line)
		}
	default:
	}
}

func TestNoMoreStreamsThanAllowed(t *testing.T) {
	hub := newHub(t)
	_, first := newStream(t, hub, "ours", "anna", 1)
	waitFor(t, first, "retry:")
	if status, _ := newStream(t, hub, "ours", "anna", 1); status != http.StatusTooManyRequests {
		t.Errorf("the second stream of one viewer gave %d", status)
	}
	if status, _ := newStream(t, hub, "ours", "bram", 1); status != http.StatusOK {
		t.Errorf("the stream of another viewer gave %d", status)
	}
}
