package main

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/alicebob/miniredis/v2"
	"github.com/jackc/pgx/v5"

	"meent/internal/browse"
	"meent/internal/id"
	"meent/internal/tasks"
	"meent/members"
	"meent/members/coaching"
)

// marker is a text that stands in one place of one person, and who may read it
// on a page.
type marker struct {
	what    string
	forms   []string // all ways in which it may be written
	sealed  bool     // the database does not hold it in plain
	readers []members.PersonID
}

func (m marker) in(text string) bool {
	return slices.ContainsFunc(m.forms, func(form string) bool { return strings.Contains(text, form) })
}

// canary is a house in which a hundred markers are.
type canary struct {
	*testHouse
	t       *testing.T
	log     *logText
	wire    *wireTap
	people  *members.Service
	coaches *coaching.Service
	blocked string   // path of the client whom the members do not want
	paths   []string // more pages that hold markers
	markers []marker
}

// TestCanary: what people tell is found by those who may read it, and nowhere
// else: on no page of anybody else, in no log, metric, mail or index, in nothing
// that went to Redis, and, where it is sealed, not in the database.
func TestCanary(t *testing.T) {
	c := newCanary(t)
	c.sing()
	if len(c.markers) < 100 {
		t.Fatalf("there are %d markers", len(c.markers))
	}
	seen := c.lookEverywhere()
	for i, m := range c.markers {
		if m.readers != nil && !seen[i] && !strings.HasPrefix(m.what, "unshown") {
			t.Errorf("nobody finds the %s: this test looks past it", m.what)
		}
	}
	c.absent("the log", c.log.String())
	c.absent("what went to Redis", c.wire.String())
	c.absent("the metrics", c.metrics())
	c.absentFromMail()
	c.absentFromDatabase()
	c.absentFromIndex()
}

func newCanary(t *testing.T) *canary {
	c := &canary{t: t, log: &logText{}, wire: tapRedis(t)}
	c.testHouse = loggedTestHouse(t, slog.NewTextHandler(c.log, &slog.HandlerOptions{Level: slog.LevelDebug}), "127.0.0.1", "REDIS_URL=redis://"+c.wire.address)
	queue := tasks.New(c.db, tasks.Config{Now: c.now})
	c.people = members.New(c.db, queue, c.now, nil, c.keyring)
	c.coaches = coaching.New(c.db, queue, c.people, c.now, nil)
	return c
}

func (c *canary) must(errs ...error) {
	c.t.Helper()
	if err := errors.Join(errs...); err != nil {
		c.t.Fatal(err)
	}
}

// mark makes the next marker.
func (c *canary) mark(what string, sealed bool, readers ...members.PersonID) string {
	text := fmt.Sprintf("Kanarievogel%03dzingt", len(c.markers))
	c.markers = append(c.markers, marker{what: what, forms: []string{text}, sealed: sealed, readers: readers})
	return text
}

// canarySinger is a member with their coach.
type canarySinger struct {
	members.Actor
	coach  members.Actor
	shares bool // the profile, with the coach
}

// singers are the first members who have a coach.
func (c *canary) singers(n int) (list []canarySinger) {
	c.t.Helper()
	const query = `
		SELECT r.person_id, r.id, cr.person_id, cr.id, EXISTS (SELECT FROM members.access_grant g
			WHERE g.member_id = m.id AND g.grantee_id = l.coach_id AND g.scope = 'profile' AND g.revoked_at IS NULL)
		FROM coaching.caseload l JOIN members.member m ON m.id = l.member_id JOIN members.role r ON r.id = m.role_id JOIN members.role cr ON cr.id = l.coach_id
		WHERE m.cooperative_id = $2 ORDER BY m.id LIMIT $1`
	rows, err := c.db.Query(c.t.Context(), query, n, c.someone(c.t, members.RoleMember).Role.Cooperative)
	c.must(err)
	var who, coach members.PersonID
	var role, coachRole members.RoleID
	var shares bool
	_, err = pgx.ForEachRow(rows, []any{&who, &role, &coach, &coachRole, &shares}, func() error {
		as, err := c.people.Actor(c.t.Context(), who, role)
		if err != nil {
			return err
		}
		by, err := c.people.Actor(c.t.Context(), coach, coachRole)
		list = append(list, canarySinger{Actor: as, coach: by, shares: shares})
		return err
	})
	c.must(err)
	if len(list) != n {
		c.t.Fatalf("%d members have a coach", len(list))
	}
	return list
}

// coordinators are the people of the office.
func (c *canary) coordinators(of members.Actor) (list []members.PersonID) {
	for _, one := range c.everyone {
		if one.Role.Kind == members.RoleCoordinator && one.Role.Cooperative == of.Cooperative {
			list = append(list, one.Person)
		}
	}
	return list
}

// sing writes a marker into every place where somebody's words are kept.
func (c *canary) sing() {
	all := c.singers(9)
	for i, one := range all {
		c.tells(one, i)
		c.asksAndBlocks(one)
		c.keeps(one, i)
	}
	c.reports(all[0])
	c.isRestricted(all[1])
	c.works(all[2])
	c.callsOff(all[3])
	c.steps(all[2:])
}

func (c *canary) tells(one canarySinger, i int) {
	ctx, readers := c.t.Context(), []members.PersonID{one.Person}
	if one.shares {
		readers = append(readers, one.coach.Person)
	}
	phone := fmt.Sprintf("0671%06d", 390417+i)
	c.markers = append(c.markers, marker{what: "phone", sealed: true, readers: readers,
		forms: []string{phone, phone[1:], phone[:2] + " " + phone[2:4] + " " + phone[4:6] + " " + phone[6:8] + " " + phone[8:]}})
	c.must(
		c.people.Answer(ctx, one.Actor, members.Goals{Text: c.mark("learn text", true, readers...)}),
		c.people.Answer(ctx, one.Actor, members.Note{Text: c.mark("note", true, readers...)}),
		c.people.Answer(ctx, one.Actor, members.ContactWays{Channel: members.ByMail, Phone: phone, MostOffers: 2}),
	)
}

func (c *canary) asksAndBlocks(one canarySinger) {
	ctx, both := c.t.Context(), []members.PersonID{one.Person, one.coach.Person}
	_, err := c.coaches.Ask(ctx, one.Actor, coaching.NewQuestion{Text: c.mark("question", true, both...), Page: "/gigs"})
	c.must(err)
	question, err := c.coaches.Ask(ctx, one.Actor, coaching.NewQuestion{Text: c.mark("answered question", true, both...), Page: "/pay"})
	c.must(err, c.coaches.Answer(ctx, one.coach, question, c.mark("answer", true, both...)))
	client := c.actor(c.t, members.RoleClient).Client
	c.blocked = "/clients/" + client.String() + "/block"
	c.must(c.people.Block(ctx, one.Actor, client, c.mark("reason of a block", true, one.Person)))
}

// keeps writes what is sealed, or hashed, and what the office says.
func (c *canary) keeps(one canarySinger, i int) {
	ctx, office := c.t.Context(), c.coordinators(one.Actor)
	c.must(pgx.BeginFunc(ctx, c.db, func(tx pgx.Tx) error {
		return c.people.ConfideTx(ctx, tx, one.Person, id.Cooperative{}, members.Address, c.mark("unshown address", true, one.Person))
	}))
	secret, err := c.people.MakeCalendar(ctx, one.Actor)
	c.must(err)
	c.markers = append(c.markers, marker{what: "address of the calendar", forms: []string{secret}, sealed: true})
	by := c.actor(c.t, members.RoleCoordinator)
	if by.Cooperative != one.Cooperative || by.Person == one.Person {
		c.t.Fatal("the office is elsewhere")
	}
	c.must(c.people.ResetFactors(ctx, by, one.Person, c.mark("reason of a reset", true, append(office, one.Person)...)))
	_, err = c.people.Invite(ctx, one.coach, members.NewInvitation{Email: strings.ToLower(c.mark("invited address", false, append(office, one.coach.Person)...)) + "@meent.example"})
	c.must(err)
	last := &c.markers[len(c.markers)-1]
	last.forms = []string{strings.ToLower(last.forms[0])}
}

// reports tells of unsafe work, and what was done.
func (c *canary) reports(one canarySinger) {
	ctx := c.t.Context()
	readers := append(c.coordinators(one.Actor), one.Person, one.coach.Person)
	report, err := c.coaches.Report(ctx, one.Actor, coaching.NewReport{Ref: c.engage(one.Actor), Kind: coaching.UnsafeTools, Text: c.mark("report", true, readers...)})
	c.must(err, c.coaches.Take(ctx, one.coach, report), c.coaches.Close(ctx, one.coach, report, c.mark("what was done", true, readers...)))
}

// engage lets the member work for somebody, and gives the work's id.
func (c *canary) engage(one members.Actor) (engagement string) {
	const insert = `
		INSERT INTO jobs.engagement (id, cooperative_id, shift_id, member_id, starts_at, ends_at, state, confirmed_at)
		SELECT gen_random_uuid(), s.cooperative_id, s.id, $2, s.starts_at, s.ends_at, 'confirmed', $3
		FROM jobs.shift s WHERE s.cooperative_id = $1 AND s.starts_at > $3 ORDER BY s.starts_at, s.id LIMIT 1 RETURNING id::text`
	c.must(c.db.QueryRow(c.t.Context(), insert, one.Cooperative, one.Member, c.now()).Scan(&engagement))
	return engagement
}

// isRestricted restricts the member, who asks for a second look.
func (c *canary) isRestricted(one canarySinger) {
	ctx, office := c.t.Context(), c.actor(c.t, members.RoleCoordinator)
	readers := append(c.coordinators(one.Actor), one.Person)
	c.must(c.people.Restrict(ctx, office, one.Person, c.mark("reason of a restriction", true, readers...)))
	as, err := c.people.Actor(ctx, one.Person, one.Role)
	c.must(err)
	_, err = c.people.AskReview(ctx, as, members.Decision{Restriction: as.Restriction}, c.mark("why a second look", true, readers...))
	c.must(err)
}

// mostPages is how many pages each visitor opens.
const mostPages = 75

// lookEverywhere opens the pages of all people, and says which markers were
// found by who may read them.
func (c *canary) lookEverywhere() map[int]bool {
	seen := map[int]bool{}
	var mu sync.Mutex
	c.t.Run("pages", func(t *testing.T) {
		for _, one := range c.visitors() {
			t.Run(string(one.Role.Kind), func(t *testing.T) {
				t.Parallel()
				for i, path := range c.walk(t, one) {
					mu.Lock()
					seen[i] = true
					mu.Unlock()
					if !slices.Contains(c.markers[i].readers, one.Person) {
						t.Errorf("%s finds the %s of somebody else on %s", one.Name, c.markers[i].what, path)
					}
				}
			})
		}
	})
	return seen
}

// visitors are those who have markers and all others of the four kinds, but of
// the many members only the first.
func (c *canary) visitors() (list []members.PersonRole) {
	many := map[members.RoleKind]int{}
	for _, one := range c.everyone {
		many[one.Role.Kind]++
		owner := slices.ContainsFunc(c.markers, func(m marker) bool { return len(m.readers) > 0 && slices.Contains(m.readers, one.Person) })
		if owner || many[one.Role.Kind] <= 6 {
			list = append(list, one)
		}
	}
	return list
}

// walk follows the links from the first page on, and gives where each marker
// was found.
func (c *canary) walk(t *testing.T, who members.PersonRole) map[int]string {
	v, err := browse.New(c.config.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := v.SignIn(t.Context(), who.Role.ID.String()); err != nil {
		t.Fatal(err)
	}
	found, waiting := map[int]string{}, []string{"/home", "/account", "/account/deeds", "/reviews", c.blocked}
	waiting = append(waiting, c.paths...)
	for n := 0; n < min(len(waiting), mostPages); n++ {
		page, err := v.Open(t.Context(), waiting[n])
		if err != nil {
			t.Fatal(err)
		}
		if page.Status >= http.StatusInternalServerError {
			t.Errorf("%s gave %d", waiting[n], page.Status)
		}
		for i, m := range c.markers {
			if m.in(page.HTML()) {
				found[i] = waiting[n]
			}
		}
		for _, link := range page.Links() {
			if !slices.Contains(waiting, link) && !strings.HasPrefix(link, "/dev/") && !strings.HasPrefix(link, "/static/") {
				waiting = append(waiting, link)
			}
		}
	}
	return found
}

func (c *canary) absent(where, text string) {
	c.t.Helper()
	if text == "" {
		c.t.Errorf("there is nothing in %s", where)
	}
	for _, m := range c.markers {
		if m.in(text) {
			c.t.Errorf("the %s is in %s", m.what, where)
		}
	}
}

func (c *canary) metrics() string {
	answer, err := http.Get(c.config.URL + "/metrics")
	c.must(err)
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	c.must(err)
	return string(text)
}

// absentFromMail: a mail is a doorbell, and says none of it; an invitation goes
// to who was invited.
func (c *canary) absentFromMail() {
	c.t.Helper()
	list, err := c.mailbox.List(c.t.Context(), 500)
	c.must(err)
	if len(list) < 20 {
		c.t.Errorf("only %d mails were sent", len(list))
	}
	for _, one := range list {
		c.absent("a mail", one.Subject+one.Text+one.HTML)
	}
}

// absentFromDatabase looks into every row of every table.
func (c *canary) absentFromDatabase() {
	c.t.Helper()
	for table, dump := range c.dump(c.t) {
		for _, m := range c.markers {
			if m.sealed && m.in(dump) {
				c.t.Errorf("the %s stands in %s", m.what, table)
			}
		}
	}
}

// dump is the text of all rows, by table.
func (h *testHouse) dump(t *testing.T) map[string]string {
	t.Helper()
	rows, err := h.db.Query(t.Context(), `SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`)
	if err != nil {
		t.Fatal(err)
	}
	tables, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil || len(tables) < 50 {
		t.Fatalf("%d tables, %v", len(tables), err)
	}
	dump := map[string]string{}
	for _, table := range tables {
		var text string
		if err := h.db.QueryRow(t.Context(), `SELECT coalesce(string_agg(t::text, E'\n'), '') FROM `+table+` t`).Scan(&text); err != nil {
			t.Fatal(err)
		}
		dump[table] = text
	}
	return dump
}

// absentFromIndex asks the browse index for each marker.
func (c *canary) absentFromIndex() {
	c.t.Helper()
	v, err := browse.New(c.config.URL, nil)
	c.must(err)
	_, err = v.SignIn(c.t.Context(), c.someone(c.t, members.RoleCoordinator).Role.ID.String())
	c.must(err)
	for i, q := range append([]string{"de"}, c.texts()...) {
		page, err := v.Open(c.t.Context(), "/gigs?q="+q)
		c.must(err)
		found := slices.ContainsFunc(page.Links(), func(link string) bool { return strings.HasPrefix(link, "/gigs/") && link != "/gigs/new" })
		if found != (i == 0) {
			c.t.Errorf("searching for %s finds something: %v", q, found)
		}
	}
}

func (c *canary) texts() (list []string) {
	for _, m := range c.markers {
		list = append(list, m.forms[0])
	}
	return list
}

// wireTap stands before a Redis and keeps what is sent to it.
type wireTap struct {
	address string
	logText
}

func tapRedis(t *testing.T) *wireTap {
	t.Helper()
	server := miniredis.RunT(t)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	w := &wireTap{address: listener.Addr().String()}
	go func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			go w.pass(client, server.Addr())
		}
	}()
	return w
}

func (w *wireTap) pass(client net.Conn, to string) {
	defer client.Close()
	redis, err := net.Dial("tcp", to)
	if err != nil {
		return
	}
	defer redis.Close()
	go io.Copy(client, redis)
	_, _ = io.Copy(redis, io.TeeReader(client, w))
}
