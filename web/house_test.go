package web_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/alicebob/miniredis/v2"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/redis/go-redis/v9"

	"meent/internal/feed"
	"meent/internal/id"
	"meent/internal/mail"
	"meent/internal/pg"
	"meent/internal/pg/pgtest"
	"meent/internal/tasks"
	"meent/internal/vault"
	"meent/jobs"
	"meent/jobs/bleveindex"
	"meent/matching"
	"meent/members"
	"meent/members/coaching"
	"meent/payments"
	"meent/web"
	"meent/web/live"
)

// house is the site with one cooperative in which the four people are, a
// second cooperative, and a clock that stands still until it is moved.
type house struct {
	t        *testing.T
	db       *pgxpool.Pool
	now      time.Time
	redis    *miniredis.Miniredis
	log      *strings.Builder
	members  *members.Service
	coaching *coaching.Service
	jobs     *jobs.Service
	matching *matching.Service
	mailbox  *mail.Mailbox
	tasks    *tasks.Queue
	worker   *tasks.Worker
	hub      *live.Hub
	server   *httptest.Server
	inbox    *inbox
	index    *bleveindex.Index

	firstCode string // makes the first cooperative

	begun
}

// begun is what is there when a test begins: the same in each house.
type begun struct {
	key    vault.Key
	actors map[members.RoleKind]members.Actor // of Waalkracht; "" has no role
	far    map[members.RoleKind]members.Actor // of Noorderhand
	gig    jobs.GigID                         // open, of Waalkracht's client
	farGig jobs.GigID
}

var beginning pgtest.World[begun]

// newHouse makes a house of the test's own. Tests that have one run beside each other.
func newHouse(t *testing.T, set ...func(*web.Settings)) *house {
	t.Helper()
	t.Parallel()
	h := bareHouse(t)
	h.db, h.begun = beginning.Clone(t, h.populate, schemas()...)
	h.serve(h.services(), set)
	return h
}

// populate makes the cooperatives in a database that each house is a clone of.
func (h *house) populate(db *pgxpool.Pool) begun {
	h.t.Helper()
	first := &house{t: h.t, db: db, now: h.now, begun: begun{key: h.newKey()}}
	h.must(reference(h.t.Context(), db))
	first.services()
	first.actors, first.gig = first.cooperative("Waalkracht", "waal")
	first.far, first.farGig = first.cooperative("Noorderhand", "noord")
	return first.begun
}

func (h *house) newKey() vault.Key {
	h.t.Helper()
	key, err := vault.NewKey(vault.NewSecret())
	h.must(err)
	return key
}

func schemas() []pg.Schema {
	return []pg.Schema{tasks.Schema(), feed.Schema(), mail.Schema(), members.Schema(), coaching.Schema(), payments.Schema(), jobs.Schema(), matching.Schema()}
}

// reference is what every database of the program begins with.
func reference(ctx context.Context, db *pgxpool.Pool) error {
	people := members.New(db, nil, time.Now, nil)
	return errors.Join(people.LoadReference(ctx), payments.New(db, nil, people, nil, time.Now, nil).LoadReference(ctx))
}

// newEmptyHouse is the site before there is any cooperative.
func newEmptyHouse(t *testing.T, set ...func(*web.Settings)) *house {
	t.Helper()
	t.Parallel()
	h := bareHouse(t)
	h.db, h.key = pgtest.Loaded(t, reference, schemas()...), h.newKey()
	h.serve(h.services(), set)
	return h
}

func bareHouse(t *testing.T) *house {
	return &house{t: t, now: time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC), redis: miniredis.RunT(t), log: &strings.Builder{}, inbox: &inbox{}}
}

func (h *house) clock() time.Time { return h.now }

// services opens the domains over the house's database, and gives that of money.
func (h *house) services() *payments.Service {
	clock := h.clock
	h.tasks = tasks.New(h.db, tasks.Config{Now: clock})
	h.members = members.New(h.db, h.tasks, clock, nil, members.At(&url.URL{Scheme: "http", Host: site}), members.Keyring(h.key), members.QuickCodes())
	money := payments.New(h.db, h.tasks, h.members, nil, clock, nil)
	h.coaching = coaching.New(h.db, h.tasks, h.members, clock, nil)
	h.jobs, h.mailbox = jobs.New(h.db, h.tasks, h.members, money, clock, nil), mail.NewMailbox(h.db, clock, nil)
	h.matching = matching.New(h.db, h.tasks, h.jobs, clock, nil)
	return money
}

// site is where the people's passkeys belong.
const site = "localhost:8080"

func (h *house) serve(money *payments.Service, set []func(*web.Settings)) {
	client := redis.NewClient(&redis.Options{Addr: h.redis.Addr(), MaxRetries: -1, DialerRetries: 1})
	h.t.Cleanup(func() { client.Close() })
	h.hub = live.NewHub(client)
	var err error
	h.index, err = bleveindex.Open("")
	h.must(err)
	h.t.Cleanup(func() { _ = h.index.Close() })
	h.server = httptest.NewUnstartedServer(nil)
	public, err := url.Parse("http://" + h.server.Listener.Addr().String())
	h.must(err)
	code, first := web.NewFirstCode()
	h.firstCode = code
	settings := web.Settings{URL: public, Demo: true, First: first, CheckoutOrigin: "https://checkout.example", Texts: true}
	for _, f := range set {
		f(&settings)
	}
	pages, err := web.New(settings, web.Parts{
		Inbox:   h.inbox,
		Members: h.members, Coaching: h.coaching, Payments: money, Jobs: h.jobs, Matching: h.matching, Privacy: privacy{h, money}, Tasks: h.tasks, Index: h.index, Sessions: members.NewSessionStore(h.db),
		Mailbox: h.mailbox, Redis: client, Hub: h.hub, Metrics: prometheus.NewRegistry(), Now: h.clock,
		Log:   slog.New(slog.NewTextHandler(h.log, nil)),
		Ready: []web.Check{{Name: "redis", Ask: func(ctx context.Context) error { return client.Ping(ctx).Err() }}},
	})
	h.must(err)
	h.server.Config = pages.Server()
	h.server.Start()
	h.t.Cleanup(h.server.Close)

	mails, err := web.NewMails(public, h.members, h.coaching, money, h.jobs, h.matching, h.mailbox, h.mailbox)
	h.must(err)
	mux := tasks.NewMux()
	tasks.Handle(mux, mails.SignIn)
	tasks.Handle(mux, mails.ClientDecided)
	tasks.Handle(mux, mails.ColleagueInvited)
	tasks.Handle(mux, mails.RestrictionChanged)
	tasks.HandleTx(mux, h.members.ReviewClockTx)
	tasks.Handle(mux, mails.ReviewTold)
	tasks.Handle(mux, mails.EmailAsked)
	tasks.Handle(mux, mails.PhoneAsked)
	tasks.Handle(mux, mails.EmailChanged)
	tasks.Handle(mux, mails.SignInChanged)
	tasks.Handle(mux, mails.PersonErased)
	tasks.Handle(mux, mails.MembershipMoved)
	tasks.Handle(mux, mails.Invited)
	tasks.Handle(mux, mails.StaffAdded)
	tasks.Handle(mux, mails.TrialEnds)
	tasks.Handle(mux, web.NewNews(h.hub).GigPosted)
	tasks.Handle(mux, web.NewNews(h.hub).Moved)
	tasks.HandleTx(mux, h.jobs.FeedbackFixedTx)
	tasks.Handle(mux, mails.FeedbackTold)
	tasks.HandleTx(mux, h.jobs.FavouriteOverTx)
	tasks.Handle(mux, mails.FavouriteTold)
	tasks.HandleTx(mux, h.jobs.JobOfferOverTx)
	tasks.Handle(mux, mails.JobTold)
	tasks.Handle(mux, mails.MemberRefused)
	tasks.Handle(mux, mails.RefusalEnded)
	tasks.HandleTx(mux, h.matching.FindTx)
	tasks.HandleTx(mux, h.matching.FillTx)
	tasks.HandleTx(mux, h.matching.SeatsChangedTx)
	tasks.HandleTx(mux, h.matching.ShiftRemovedTx)
	tasks.HandleTx(mux, h.matching.CoachTimeTx)
	tasks.HandleTx(mux, h.matching.ReviewClockTx)
	tasks.Handle(mux, mails.WhyTold)
	tasks.HandleTx(mux, h.matching.CoachRailEndedTx)
	tasks.Handle(mux, mails.OfferWaits)
	tasks.HandleTx(mux, h.coaching.RailReviewTx)
	tasks.Handle(mux, mails.RailTold)
	tasks.Handle(mux, mails.OfferSent)
	tasks.Handle(mux, mails.OfferDecided)
	tasks.Handle(mux, mails.SeatAsked)
	tasks.HandleTx(mux, h.matching.AskOverTx)
	tasks.HandleTx(mux, h.matching.SeatFreedTx)
	tasks.HandleTx(mux, h.matching.ShiftCalledOffTx)
	tasks.HandleTx(mux, h.matching.ShiftMovedTx)
	tasks.Handle(mux, mails.MoveUnfit)
	tasks.HandleTx(mux, h.jobs.PartPayDueTx)
	tasks.HandleTx(mux, h.jobs.FinishGigsTx)
	tasks.HandleTx(mux, h.jobs.FollowDepositTx)
	tasks.HandleTx(mux, h.jobs.DepositsOverTx)
	tasks.Handle(mux, mails.EngagementOver)
	tasks.Handle(mux, mails.WorkOff)
	tasks.Handle(mux, mails.AbsenceDenied)
	tasks.Handle(mux, mails.AbsenceUpheld)
	tasks.Handle(mux, mails.ShiftComing)
	tasks.HandleTx(mux, h.jobs.SearchesDueTx)
	tasks.Handle(mux, mails.SearchNews(h.index))
	tasks.HandleTx(mux, h.matching.TellChangedTx)
	tasks.Handle(mux, mails.ChangeTold)
	tasks.Handle(mux, mails.UnsafeReported)
	tasks.HandleTx(mux, h.coaching.UnsafeWaitsTx)
	tasks.Handle(mux, mails.UnsafeWaited)
	tasks.Handle(mux, mails.UnsafeClosed)
	tasks.Handle(mux, mails.ActedFor)
	tasks.Handle(mux, mails.ContactLogged)
	tasks.Handle(mux, mails.ContactTakenBack)
	tasks.Handle(mux, mails.StatementWaits)
	tasks.Handle(mux, mails.SatisfactionAsked)
	tasks.Handle(mux, mails.GoalWritten)
	tasks.Handle(mux, mails.WorkStepTold)
	tasks.HandleTx(mux, h.coaching.RungDueTx)
	tasks.Handle(mux, mails.RungTold)
	tasks.Handle(mux, mails.QuestionAsked)
	tasks.HandleTx(mux, h.coaching.SilentTx)
	tasks.Handle(mux, mails.QuestionPassedOn)
	tasks.Handle(mux, mails.QuestionAnswered)
	tasks.HandleTx(mux, h.coaching.HandOverDueTx)
	tasks.Handle(mux, mails.HandOverNews)
	tasks.Handle(mux, mails.HandOverTold)
	tasks.Handle(mux, mails.CoachMoved)
	tasks.Handle(mux, mails.StandInNews)
	tasks.Handle(mux, mails.StandInTold)
	tasks.Handle(mux, mails.BuddyNews)
	tasks.HandleTx(mux, h.jobs.SheetSilentTx)
	tasks.Handle(mux, mails.SheetTold)
	tasks.HandleTx(mux, h.matching.MembershipEndedTx)
	tasks.Handle(mux, mails.AdvanceTold)
	tasks.Handle(mux, h.jobs.FollowGigs(h.index))
	h.worker, err = tasks.NewWorker(h.tasks, client, mux)
	h.must(err)
}

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

// cooperative fills one with the four people and an open gig. The addresses are
// member.waal@meent.example and so on.
func (h *house) cooperative(name, short string) (actors map[members.RoleKind]members.Actor, gig jobs.GigID) {
	h.t.Helper()
	ctx := h.t.Context()
	actors = map[members.RoleKind]members.Actor{}
	c, err := h.members.Found(ctx, members.NewCooperative{Name: name, Coordinator: person(members.RoleCoordinator, short)})
	h.must(err)
	h.must(pgx.BeginFunc(ctx, h.db, func(tx pgx.Tx) error {
		client, err := h.members.AddClientTx(ctx, tx, members.NewClient{Cooperative: c.ID, Name: "De Linde " + short,
			Kind: members.Organisation, PlaceCode: "arnhem", Address: "Lindenlaan 14"})
		if err != nil {
			return err
		}
		for _, kind := range append(members.RoleKinds(), "") {
			who, err := h.members.EnsurePersonTx(ctx, tx, person(kind, short))
			if err == nil {
				err = h.roleTx(ctx, tx, c.ID, who, kind, client)
			}
			if err != nil {
				return err
			}
			actors[kind] = members.Actor{Person: who}
		}
		return nil
	}))
	for kind, actor := range actors {
		actors[kind], err = h.members.Actor(ctx, actor.Person, members.RoleID{})
		h.must(err)
	}
	h.must(pgx.BeginFunc(ctx, h.db, func(tx pgx.Tx) error {
		return h.coaching.AssignTx(ctx, tx, c.ID, actors[members.RoleMember].Member, actors[members.RoleCoach].Role)
	}))
	return actors, h.post(actors[members.RoleClient], "Ramen lappen "+short)
}

func person(kind members.RoleKind, short string) members.NewPerson {
	name := string(kind)
	if kind == "" {
		name = "none"
	}
	return members.NewPerson{Name: "Mens " + name, Email: name + "." + short + "@meent.example", Locale: members.Dutch}
}

func (h *house) roleTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, who members.PersonID, kind members.RoleKind, client members.ClientID) error {
	switch kind {
	case "":
		return nil
	case members.RoleMember:
		_, err := h.members.AddMemberTx(ctx, tx, members.NewMember{Person: who, Cooperative: c, PlaceCode: "nijmegen",
			ReachMetres: 25_000, Travel: members.Bike, Skills: []string{"window-cleaning"}})
		return err
	case members.RoleClient:
		_, err := h.members.AddRoleTx(ctx, tx, members.NewRole{Person: who, Cooperative: c, Kind: kind, Client: client})
		return err
	default:
		_, err := h.members.AddRoleTx(ctx, tx, members.NewRole{Person: who, Cooperative: c, Kind: kind})
		return err
	}
}

func (h *house) post(by members.Actor, title string) jobs.GigID {
	h.t.Helper()
	starts := h.now.Add(24 * time.Hour)
	gig, err := h.jobs.Post(h.t.Context(), by, jobs.NewGig{
		Client: by.Client, Title: title, Description: "Je lapt de ramen.", Language: members.Dutch, PlaceCode: "arnhem",
		Address: "Lindenlaan 14", Rate: 1600, Load: jobs.Middle, Skills: []string{"window-cleaning"},
		Shifts: []jobs.NewShift{{Starts: starts, Ends: starts.Add(3 * time.Hour), Seats: 2}},
	})
	h.must(err)
	return gig
}

// browser keeps cookies and follows no redirect.
type browser struct {
	*http.Client
	h *house
}

func (h *house) browser() *browser {
	jar, err := cookiejar.New(nil)
	h.must(err)
	stay := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &browser{Client: &http.Client{Jar: jar, CheckRedirect: stay}, h: h}
}

// answer is what came back.
type answer struct {
	status   int
	header   http.Header
	location string
	body     string
	read     func() *goquery.Document // once, for who looks inside: many are judged by their status alone
}

// Find reads the page.
func (a answer) Find(selector string) *goquery.Selection { return a.read().Find(selector) }

// Text is all that the page says.
func (a answer) Text() string { return a.read().Text() }

// listens finds where the page's script listens.
var listens = regexp.MustCompile(` data-live="([^"]*)"`)

func (b *browser) do(method, path, body string, headers ...string) answer {
	b.h.t.Helper()
	request, err := http.NewRequestWithContext(b.h.t.Context(), method, b.h.server.URL+path, strings.NewReader(body))
	b.h.must(err)
	if method == http.MethodPost {
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	request.Header.Set("Accept-Language", "nl")
	request.Header.Set("Accept-Encoding", "identity") // to squeeze and unfold each page takes a tenth of the time
	for i := 0; i+1 < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
		if headers[i] == "Host" {
			request.Host = headers[i+1]
		}
	}
	response, err := b.Do(request)
	b.h.must(err)
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	b.h.must(err)
	for _, stream := range listens.FindAllStringSubmatch(string(text), -1) {
		if !strings.HasPrefix(stream[1], "/live/") {
			b.h.t.Errorf("%s listens to %q", path, stream[1])
		}
	}
	read := sync.OnceValue(func() *goquery.Document {
		doc, err := goquery.NewDocumentFromReader(strings.NewReader(string(text)))
		b.h.must(err)
		return doc
	})
	return answer{response.StatusCode, response.Header, response.Header.Get("Location"), string(text), read}
}

func (b *browser) get(path string) answer { b.h.t.Helper(); return b.do(http.MethodGet, path, "") }

func (b *browser) post(path string, fields ...string) answer {
	b.h.t.Helper()
	values := url.Values{}
	for i := 0; i+1 < len(fields); i += 2 {
		values.Add(fields[i], fields[i+1])
	}
	return b.do(http.MethodPost, path, values.Encode())
}

var (
	codePattern = regexp.MustCompile(`(?m)^\s+(\d{3} \d{3})$`)
	linkPattern = regexp.MustCompile(`/signin/link/\S+`)
)

// ask asks for a sign-in mail and gives what it holds.
func (b *browser) ask(email string) (code, link string) {
	b.h.t.Helper()
	if got := b.post("/signin", "email", email); got.status != http.StatusSeeOther {
		b.h.t.Fatalf("asking to sign in gave %d:\n%s", got.status, got.Find("main").Text())
	}
	return b.h.newestMail()
}

func (h *house) newestMail() (code, link string) {
	h.t.Helper()
	_, err := h.worker.RunDue(h.t.Context())
	h.must(err)
	list, err := h.mailbox.List(h.t.Context(), mail.MailboxSize)
	h.must(err)
	for _, one := range list {
		if link = linkPattern.FindString(one.Text); link != "" {
			h.now = h.now.Add(time.Second) // so that the next mail is newer
			return codePattern.FindStringSubmatch(one.Text)[1], link
		}
	}
	h.t.Fatal("no sign-in mail in the mailbox")
	return "", ""
}

// signedIn gives a browser in which the person of this role is signed in.
func (h *house) signedIn(kind members.RoleKind) *browser {
	h.t.Helper()
	b := h.browser()
	code, _ := b.ask(person(kind, "waal").Email)
	if got := b.post("/signin/code", "code", code); got.location != "/home" {
		h.t.Fatalf("signing in as %q gave %d:\n%s", kind, got.status, got.Find("main").Text())
	}
	return b
}
