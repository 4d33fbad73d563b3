package main

import (
	"bytes"
	"fmt"
	"log/slog"
	"net"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"meent/internal/mail"
	"meent/internal/pg/pgtest"
	"meent/members"
)

// logText is a log that can be read while it is written.
type logText struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *logText) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(b)
}

func (l *logText) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// emptyTestHouseAt is the whole program without demo data, and its log, at a
// name of this machine.
func emptyTestHouseAt(t *testing.T, name string) (*testHouse, *logText) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	db := pgtest.New(t, schemas()...)
	_, port, _ := net.SplitHostPort(listener.Addr().String())
	config, err := readConfig([]string{
		"DATABASE_URL=" + db.Config().ConnString(), "MEENT_ADDR=" + listener.Addr().String(), "MEENT_URL=http://" + name + ":" + port,
		"MEENT_STRIPESIM_ADDR=127.0.0.1:0", "MEENT_DEMO=no", "MEENT_DATA=" + t.TempDir(),
	})
	if err != nil {
		t.Fatal(err)
	}
	now, skip := aMonday()
	log := &logText{}
	p := &program{config: config, out: t.Output(), log: slog.New(slog.NewTextHandler(log, nil)), now: now}
	startHouse(t, p, listener)
	return &testHouse{program: p, skip: skip, db: db, mailbox: mail.NewMailbox(db, p.now, nil)}, log
}

// firstCode is what the log tells, once.
func firstCode(t *testing.T, log *logText) string {
	t.Helper()
	codes := regexp.MustCompile(`[A-Z2-7]{4}(-[A-Z2-7]{4}){3}`).FindAllString(log.String(), -1)
	if len(codes) != 1 {
		t.Fatalf("the log tells %d codes:\n%s", len(codes), log.String())
	}
	return codes[0]
}

// TestFirstRun: an empty house tells a code in its log, and with it somebody
// makes the first cooperative.
func TestFirstRun(t *testing.T) {
	script := readAxe(t)
	house, log := emptyTestHouseAt(t, "127.0.0.1")
	code := firstCode(t, log)
	v := &visitor{t: t, ctx: newTab(t, newBrowser(t)), house: house, axe: script}
	v.lookAt("/first")
	const fill = `for (const [name, value] of Object.entries({code: "%s", name: "Waalkracht", person: "Noor Bakker", email: "noor@meent.example"}))
		document.getElementsByName(name)[0].value = value`
	for _, step := range []struct {
		code, says string
	}{{"AAAA-AAAA-AAAA-AAAA", "klopt niet"}, {code, "Waalkracht is er"}} {
		v.run(chromedp.Navigate(house.config.URL+"/"), chromedp.Evaluate(fmt.Sprintf(fill, step.code), nil))
		v.tabTo(`main [type="submit"]`)
		var text string
		if _, err := chromedp.RunResponse(v.ctx, chromedp.KeyEvent(kb.Enter)); err != nil {
			t.Fatal(err)
		}
		v.run(chromedp.Text("main", &text))
		if v.path() != "/first" || !strings.Contains(text, step.says) {
			t.Errorf("%s says:\n%s", v.path(), text)
		}
		v.picture("first, " + step.says)
		v.noFindings("first, " + step.says)
		v.fits("first, " + step.says)
	}
	everyone, err := members.New(house.db, nil, house.now, nil).Everyone(t.Context())
	if err != nil || len(everyone) != 1 || everyone[0].Role.Kind != members.RoleCoordinator {
		t.Errorf("there are %+v, %v", everyone, err)
	}
	if strings.Count(log.String(), code) != 1 {
		t.Error("the log tells the code again")
	}
}
