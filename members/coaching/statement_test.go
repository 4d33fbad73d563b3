package coaching_test

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/id"
	"meent/members"
	"meent/members/coaching"
)

// signing is a member with a coach, a client for whom they worked, and some
// months of help.
type signing struct {
	*pair
	client     members.ClientID
	kees, noor members.Actor // of the client; the office
	goal       coaching.GoalID
}

func newSigning(t *testing.T) *signing {
	t.Helper()
	s := &signing{pair: newPair(t)}
	s.noor = s.actor(s.c, "noor", members.RoleCoordinator)
	s.client, s.kees = s.clientOf(s.c, "kees")
	s.goal = s.addGoal("Elke dag op tijd komen", "met", s.now.AddDate(0, -2, 0), s.now.AddDate(0, -1, 0))
	s.addGoal("Zelf naar het werk fietsen", "open", s.now.AddDate(0, -1, 0), time.Time{})
	s.addContact(s.now.AddDate(0, 0, -40), 30, "We oefenden de route.")
	s.addContact(s.now.AddDate(0, 0, -10), 45, "We spraken over pauzes.")
	s.addContact(s.now.AddDate(-1, 0, 0), 600, "Lang geleden.")
	for _, one := range []struct {
		kind coaching.Kind
		at   time.Time
	}{{coaching.Shift, s.now.AddDate(0, 0, -30)}, {coaching.HoursAgreed, s.now.AddDate(0, 0, -20)}} {
		p := coaching.Fact{Cooperative: s.c, Member: s.anna.Member, Kind: one.kind, At: one.at, Minutes: 180, Ref: "6ba7b810-9dad-41d1-80b4-00c04fd430c8"}
		s.must(s.tryNote(p))
	}
	s.sql(`INSERT INTO coaching.rung (id, cooperative_id, member_id, step, occasion, state, proposed_at, proposed_by, settled_at, settled_by)
		VALUES (gen_random_uuid(), $1, $2, 4, 'half_year', 'set', $3, $4, $3, $5)`, s.c, s.anna.Member, s.now.AddDate(0, 0, -15), s.els.Role, s.anna.Role)
	return s
}

func (s *signing) sql(query string, args ...any) {
	s.t.Helper()
	_, err := s.db.Exec(s.t.Context(), query, args...)
	s.must(err)
}

// clientOf makes a client with one contact.
func (h *house) clientOf(c id.Cooperative, name string) (client members.ClientID, who members.Actor) {
	h.t.Helper()
	err := pgx.BeginFunc(h.t.Context(), h.db, func(tx pgx.Tx) (err error) {
		if client, err = h.people.AddClientTx(h.t.Context(), tx, members.NewClient{Cooperative: c, Name: "De Linde", Kind: members.Organisation, PlaceCode: "nijmegen"}); err != nil {
			return err
		}
		if who.Person, err = h.people.EnsurePersonTx(h.t.Context(), tx, newPerson(name)); err != nil {
			return err
		}
		_, err = h.people.AddRoleTx(h.t.Context(), tx, members.NewRole{Person: who.Person, Cooperative: c, Kind: members.RoleClient, Client: client})
		return err
	})
	if err == nil {
		who, err = h.people.Actor(h.t.Context(), who.Person, members.RoleID{})
	}
	if err != nil {
		h.t.Fatal(err)
	}
	return client, who
}

func (s *signing) seal(column, text string) (sealed []byte) {
	s.t.Helper()
	s.must(pgx.BeginFunc(s.t.Context(), s.db, func(tx pgx.Tx) (err error) {
		sealed, err = s.people.SealTx(s.t.Context(), tx, s.anna.Person, column, text)
		return err
	}))
	return sealed
}

func (s *signing) addGoal(text, state string, made, ended time.Time) coaching.GoalID {
	s.t.Helper()
	goal := id.New[coaching.Goal](nil)
	s.sql(`INSERT INTO coaching.goal (id, cooperative_id, member_id, text, state, made_at, made_by, ended_at) VALUES ($1, $2, $3, $4, $5, $6, $7, nullif($8, '0001-01-01 00:00:00Z'::timestamptz))`,
		goal, s.c, s.anna.Member, s.seal("goal.text@"+goal.String(), text), state, made, s.els.Role, ended)
	return goal
}

func (s *signing) addContact(at time.Time, minutes int, why string) {
	s.t.Helper()
	one := id.New[coaching.Contact](nil)
	s.sql(`INSERT INTO coaching.contact (id, cooperative_id, member_id, coach_id, kind, at, minutes, goal_id, why, logged_at) VALUES ($1, $2, $3, $4, 'talk', $5, $6, $7, $8, $5)`,
		one, s.c, s.anna.Member, s.els.Role, at, minutes, s.goal, s.seal("contact.why@"+one.String(), why))
}

// let gives the coach scopes that a page may not offer yet.
func (s *signing) let(to members.RoleID, scopes ...members.Scope) {
	s.t.Helper()
	s.must(pgx.BeginFunc(s.t.Context(), s.db, func(tx pgx.Tx) error {
		return s.people.GrantTx(s.t.Context(), tx, s.anna, members.NewGrant{Grantee: to, Scopes: scopes, Until: "2027-05-24"})
	}))
}

func (s *signing) letAll(to members.RoleID) {
	s.let(to, members.ProgressScope, members.SharedNotesScope, members.HoursScope)
}

func autumn() coaching.NewStatement {
	return coaching.NewStatement{Funder: coaching.Funder{Kind: coaching.FunderUWV}, From: "2026-09-01", Until: "2026-11-24"}
}

func (s *signing) begin(n coaching.NewStatement) coaching.StatementID {
	s.t.Helper()
	statement, err := s.BeginStatement(s.t.Context(), s.els, s.anna.Member, n)
	s.must(err)
	return statement
}

func (s *signing) page(by members.Actor, statement coaching.StatementID) coaching.StatementPage {
	s.t.Helper()
	page, err := s.StatementOf(s.t.Context(), by, s.anna.Member, statement)
	s.must(err)
	return page
}

func (s *signing) sign(by members.Actor, statement coaching.StatementID) error {
	page, err := s.StatementOf(s.t.Context(), by, s.anna.Member, statement)
	if err != nil {
		return err
	}
	return s.SignStatement(s.t.Context(), by, s.anna.Member, statement, page.Hash)
}

func opinion(score int, words string) coaching.Opinion {
	return coaching.Opinion{Scores: coaching.Scores{Reach: score, Clear: score, Help: score, Result: score, Overall: score}, Words: words}
}

func TestStatementIsMadeOfWhatIsThere(t *testing.T) {
	s := newSigning(t)
	s.letAll(s.els.Role)
	statement := s.begin(autumn())
	s.must(s.Summarize(t.Context(), s.els, s.anna.Member, statement, " Anna groeit. "))
	s.must(s.AskSatisfaction(t.Context(), s.els, s.anna.Member, statement, s.client))
	s.must(s.GiveOwnForm(t.Context(), s.anna, statement, opinion(8, "Els is lief.")))
	page := s.page(s.els, statement)
	want := coaching.Content{
		Cooperative: "Waalkracht", Member: "anna", Coach: "els", FunderKind: "uwv", From: "2026-09-01", Until: "2026-11-24", Summary: "Anna groeit.",
		Goals: []coaching.SaidGoal{
			{Text: "Elke dag op tijd komen", State: "met", Made: "2026-09-24", Ended: "2026-10-24", Steps: []coaching.SaidStep{}},
			{Text: "Zelf naar het werk fietsen", State: "open", Made: "2026-10-24", Steps: []coaching.SaidStep{}},
		},
		Contacts: []coaching.SaidHelp{
			{Day: "2026-10-15", By: "els", Kind: "talk", Minutes: 30, Goal: "Elke dag op tijd komen", Why: "We oefenden de route."},
			{Day: "2026-11-14", By: "els", Kind: "talk", Minutes: 45, Goal: "Elke dag op tijd komen", Why: "We spraken over pauzes."},
		},
		Hours: []coaching.SaidMonth{{Month: "2026-10", Times: 1, Minutes: 180}},
		Rungs: []coaching.SaidRung{{Day: "2026-11-09", Step: 4, Occasion: "half_year", By: "els", With: "anna"}},
		Forms: []coaching.SaidScores{
			{By: "member", Asked: "2026-11-24", Given: "2026-11-24", Scores: coaching.Scores{Reach: 8, Clear: 8, Help: 8, Result: 8, Overall: 8}, Words: "Els is lief."},
			{By: "client", Client: "De Linde"}, // nobody asked them yet
		},
	}
	if diff := cmp.Diff(want, page.Content); diff != "" || len(page.Missing) != 0 {
		t.Errorf("the draft, without %v (-want +got):\n%s", page.Missing, diff)
	}
	if own := s.page(s.anna, statement); own.Hash != page.Hash || own.Own != coaching.FormGiven {
		t.Errorf("the member reads %s, the coach %s; the own form is %s", own.Hash, page.Hash, own.Own)
	}
	if page.Content.HelpMinutes() != 75 || page.Content.WorkMinutes() != 180 || page.Content.Mean("") != 80 || page.Content.Mean(coaching.ClientForm) != 0 {
		t.Errorf("%d minutes of help, %d of work, %d and %d", page.Content.HelpMinutes(), page.Content.WorkMinutes(), page.Content.Mean(""), page.Content.Mean(coaching.ClientForm))
	}
	if text, err := json.Marshal(page.Content); err != nil || strings.Contains(string(text), s.anna.Member.String()) || strings.Contains(string(text), "@meent") {
		t.Error("the content leads to somebody")
	}
}

// TestCoachReadsWithKeysOnly: what is missing is said, and then nobody can sign.
func TestCoachReadsWithKeysOnly(t *testing.T) {
	s := newSigning(t)
	s.let(s.els.Role, members.ProgressScope)
	statement := s.begin(autumn())
	s.must(s.people.RevokeAll(t.Context(), s.anna, s.els.Role))
	s.now = s.now.Add(time.Hour)
	before := s.logged()
	s.let(s.els.Role, members.SharedNotesScope, members.HoursScope)
	page := s.page(s.els, statement)
	if !slices.Equal(page.Missing, []members.Scope{members.ProgressScope}) || len(page.Content.Contacts) != 2 || page.Content.Contacts[0].Goal != "" || len(page.Content.Goals) != 0 || s.logged() != before+2 {
		t.Errorf("with two keys the coach reads %+v, %d lines in the log", page, s.logged()-before)
	}
	if err := s.SignStatement(t.Context(), s.els, s.anna.Member, statement, page.Hash); !errors.Is(err, members.ErrNotGranted) {
		t.Errorf("signing what the coach does not know: %v", err)
	}
	if err := s.Summarize(t.Context(), s.els, s.anna.Member, statement, "x"); !errors.Is(err, members.ErrNotGranted) {
		t.Errorf("words without a key: %v", err)
	}
}

func TestSignedByBothIsFrozen(t *testing.T) {
	s := newSigning(t)
	s.letAll(s.els.Role)
	statement := s.begin(autumn())
	stale := s.page(s.els, statement)
	s.addContact(s.now.Add(-time.Hour), 15, "Vandaag belden we.")
	if err := s.SignStatement(t.Context(), s.els, s.anna.Member, statement, stale.Hash); !errors.Is(err, coaching.ErrStatementChanged) {
		t.Errorf("signing what was not shown: %v", err)
	}
	s.must(s.sign(s.els, statement))
	first := s.page(s.anna, statement)
	s.addContact(s.now.Add(-time.Minute), 15, "Te laat.")
	s.sql(`UPDATE coaching.goal SET state = 'not_met' WHERE id = $1`, s.goal)
	if err := s.GiveOwnForm(t.Context(), s.anna, statement, opinion(1, "")); !errors.Is(err, coaching.ErrFormClosed) {
		t.Errorf("a form after the first signature: %v", err)
	}
	if err := s.Summarize(t.Context(), s.els, s.anna.Member, statement, "x"); !errors.Is(err, coaching.ErrStatementMoved) {
		t.Errorf("words after the first signature: %v", err)
	}
	if err := s.sign(s.els, statement); !errors.Is(err, coaching.ErrStatementMoved) {
		t.Errorf("the coach signs twice, perhaps for the member: %v", err)
	}
	if err := s.SignStatement(t.Context(), s.anna, s.anna.Member, statement, stale.Hash); !errors.Is(err, coaching.ErrStatementChanged) {
		t.Errorf("the member signs something else: %v", err)
	}
	s.now = s.now.Add(time.Hour)
	s.must(s.sign(s.anna, statement))
	for name, err := range map[string]error{
		"again": s.sign(s.anna, statement), "withdrawn by the member": s.WithdrawStatement(t.Context(), s.anna, s.anna.Member, statement),
		"withdrawn by the coach": s.WithdrawStatement(t.Context(), s.els, s.anna.Member, statement),
	} {
		if !errors.Is(err, coaching.ErrStatementMoved) {
			t.Errorf("%s: %v", name, err)
		}
	}
	page := s.page(s.els, statement)
	if diff := cmp.Diff(first.Content, page.Content); diff != "" || page.Hash != first.Hash || page.State != coaching.StatementSigned || page.Gone || len(page.Content.Contacts) != 3 {
		t.Errorf("what was signed changed, %s (-first +second):\n%s", page.State, diff)
	}
	for _, change := range []string{`content = content || '\x00'`, `content_hash = sha256('x')`, `state = 'withdrawn'`, `until_day = until_day - 1`, `member_signed_at = now()`, `summary = NULL`, `moved_at = now()`} {
		if _, err := s.db.Exec(t.Context(), `UPDATE coaching.statement SET `+change+` WHERE id = $1`, statement); err == nil || !strings.Contains(err.Error(), "not from signed") {
			t.Errorf("the database took %s: %v", change, err)
		}
	}
	if n := s.count(`SELECT count(*) FROM members.audit WHERE what LIKE 'statement_%' AND for_id IS NOT NULL`); n != 3 {
		t.Errorf("%d deeds", n)
	}
}

// TestBothSignTheSame: between two signatures the database takes nothing else.
func TestBothSignTheSame(t *testing.T) {
	s := newSigning(t)
	s.letAll(s.els.Role)
	statement := s.begin(autumn())
	const both = `UPDATE coaching.statement SET state = 'signed', member_signed_at = $2, coach_signed_at = $2, coach_signed_by = coach_id, content = $3, content_hash = sha256('x') WHERE id = $1`
	if _, err := s.db.Exec(t.Context(), both, statement, s.now, make([]byte, 40)); err == nil {
		t.Error("a draft was signed by both at once")
	}
	s.must(s.sign(s.anna, statement)) // the member may be first
	for _, change := range []string{`content = $3`, `content_hash = sha256('x')`, `from_day = from_day + 1`, `member_signed_at = member_signed_at + interval '1 minute'`} {
		query := `UPDATE coaching.statement SET state = 'signed', coach_signed_at = $2, coach_signed_by = coach_id, ` + change + ` WHERE id = $1 AND $3::bytea IS NOT NULL`
		if _, err := s.db.Exec(t.Context(), query, statement, s.now, make([]byte, 40)); err == nil || !strings.Contains(err.Error(), "both sign the same") {
			t.Errorf("the database took %s: %v", change, err)
		}
	}
	s.must(s.sign(s.els, statement))
}

// TestStatementWithoutKeysIsTheMembers: when a key ends the coach cannot open it
// any more, and the member always can.
func TestStatementWithoutKeysIsTheMembers(t *testing.T) {
	s := newSigning(t)
	s.letAll(s.els.Role)
	statement := s.begin(autumn())
	s.must(s.sign(s.anna, statement))
	s.must(s.sign(s.els, statement))
	list, err := s.people.Grants(t.Context(), s.anna)
	s.must(err)
	i := slices.IndexFunc(list, func(g members.Grant) bool { return g.Scope == members.HoursScope })
	s.must(s.people.Revoke(t.Context(), s.anna, list[i].ID))
	if _, err := s.StatementOf(t.Context(), s.els, s.anna.Member, statement); !errors.Is(err, members.ErrNotGranted) {
		t.Errorf("without a key the coach gets %v", err)
	}
	if page := s.page(s.anna, statement); page.Gone || len(page.Content.Contacts) != 2 {
		t.Errorf("the member reads %+v", page)
	}
}

func TestStatementAfterHandOver(t *testing.T) {
	s := newSigning(t)
	s.letAll(s.els.Role)
	statement, signed := s.begin(autumn()), s.begin(coaching.NewStatement{Funder: coaching.Funder{Kind: coaching.FunderOther, Name: "Fonds Zo"}, From: "2026-10-01", Until: "2026-11-01"})
	s.must(s.sign(s.anna, signed))
	s.must(s.sign(s.els, signed))
	s.must(s.assign(s.c, s.anna, s.bob))
	for name, err := range map[string]error{
		"opens the draft": s.sign(s.els, statement), "withdraws": s.WithdrawStatement(t.Context(), s.els, s.anna.Member, statement),
		"types": s.Summarize(t.Context(), s.els, s.anna.Member, statement, "x"),
	} {
		if !errors.Is(err, members.ErrNotFound) {
			t.Errorf("the former coach %s: %v", name, err)
		}
	}
	if _, err := s.StatementOf(t.Context(), s.els, s.anna.Member, signed); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("the former coach opens what they signed: %v", err)
	}
	if _, err := s.StatementOf(t.Context(), s.bob, s.anna.Member, signed); !errors.Is(err, members.ErrNotGranted) {
		t.Errorf("the new coach opens it without a key: %v", err)
	}
	s.letAll(s.bob.Role)
	if err := s.sign(s.bob, statement); !errors.Is(err, coaching.ErrOtherCoach) {
		t.Errorf("the new coach signs the former's: %v", err)
	}
	if err := s.Summarize(t.Context(), s.bob, s.anna.Member, statement, "x"); !errors.Is(err, coaching.ErrOtherCoach) {
		t.Errorf("the new coach types in the former's: %v", err)
	}
	s.must(s.GiveOwnForm(t.Context(), s.anna, statement, opinion(7, "Goed.")))
	s.must(s.WithdrawStatement(t.Context(), s.bob, s.anna.Member, statement))
	anew, err := s.BeginStatement(t.Context(), s.bob, s.anna.Member, autumn())
	s.must(err)
	if page := s.page(s.bob, anew); len(page.Content.Forms) != 1 || page.Content.Forms[0].Words != "Goed." || page.Content.Coach != "bob" {
		t.Errorf("what was filled in before did not come along: %+v", page.Content)
	}
	s.must(s.sign(s.bob, anew))
}

func TestWithdrawnAndBegunAgain(t *testing.T) {
	s := newSigning(t)
	s.letAll(s.els.Role)
	statement := s.begin(autumn())
	s.must(s.Summarize(t.Context(), s.els, s.anna.Member, statement, "Anna groeit."))
	s.must(s.sign(s.els, statement))
	s.must(s.WithdrawStatement(t.Context(), s.anna, s.anna.Member, statement))
	if page := s.page(s.els, statement); page.State != coaching.StatementWithdrawn || page.Content.Summary != "" || !page.CoachSigned.IsZero() {
		t.Errorf("withdrawn, it says %+v", page)
	}
	if n := s.count(`SELECT count(*) FROM coaching.statement WHERE content IS NOT NULL`); n != 0 {
		t.Error("what was frozen is still there")
	}
	if err := s.sign(s.els, statement); !errors.Is(err, coaching.ErrStatementMoved) {
		t.Errorf("signing what was withdrawn: %v", err)
	}
	if page := s.page(s.els, s.begin(autumn())); page.Content.Summary != "Anna groeit." || len(page.Content.Forms) != 1 {
		t.Errorf("it has to be typed twice: %+v", page.Content)
	}
}

// TestAnswersStayWithTheirFunder: what was filled in for one funder is not handed
// to another.
func TestAnswersStayWithTheirFunder(t *testing.T) {
	s := newSigning(t)
	s.letAll(s.els.Role)
	statement := s.begin(autumn())
	s.must(s.Summarize(t.Context(), s.els, s.anna.Member, statement, "Voor UWV."))
	s.must(s.GiveOwnForm(t.Context(), s.anna, statement, opinion(9, "Voor UWV.")))
	s.must(s.WithdrawStatement(t.Context(), s.els, s.anna.Member, statement))
	other := autumn()
	other.Funder = coaching.Funder{Kind: coaching.FunderOther, Name: "Fonds Zo"}
	elsewhere := s.begin(other)
	if page := s.page(s.els, elsewhere); page.Content.Summary != "" || len(page.Content.Forms) != 1 || page.Content.Forms[0].Given != "" {
		t.Errorf("told to another funder: %+v", page.Content)
	}
	s.must(s.WithdrawStatement(t.Context(), s.els, s.anna.Member, elsewhere))
	if page := s.page(s.els, s.begin(autumn())); page.Content.Summary != "Voor UWV." || page.Content.Forms[0].Words != "Voor UWV." {
		t.Errorf("for the same funder it is gone: %+v", page.Content)
	}
}

func TestStatementIsChecked(t *testing.T) {
	s := newSigning(t)
	far := s.cooperative("Noorderhand")
	s.must(s.people.AddMunicipality(t.Context(), s.actor(far, "jan", members.RoleCoordinator), members.NewMunicipality{Name: "Arnhem"}))
	var elsewhere members.MunicipalityID
	s.must(s.db.QueryRow(t.Context(), `SELECT id FROM members.municipality`).Scan(&elsewhere))
	s.letAll(s.els.Role)
	s.begin(autumn())
	tests := []struct {
		name, want string
		change     func(*coaching.NewStatement)
	}{
		{"days the wrong way round", "until: ends_before", func(n *coaching.NewStatement) { n.Until = "2026-08-31" }},
		{"tomorrow", "until: day_to_come", func(n *coaching.NewStatement) { n.Until = "2026-11-25" }},
		{"thirteen months and a day", "until: statement_too_long", func(n *coaching.NewStatement) { n.From = "2025-10-24" }},
		{"no day", "from: no_such_day", func(n *coaching.NewStatement) { n.From = "2026-02-30" }},
		{"no last day", "until: no_such_day", func(n *coaching.NewStatement) { n.Until = "" }},
		{"no funder", "funder: not_a_choice", func(n *coaching.NewStatement) { n.Funder.Kind = "" }},
		{"no municipality", "funder: not_a_choice", func(n *coaching.NewStatement) { n.Funder.Kind = coaching.FunderMunicipality }},
		{"a municipality elsewhere", "funder: not_a_choice", func(n *coaching.NewStatement) {
			n.Funder = coaching.Funder{Kind: coaching.FunderMunicipality, Municipality: elsewhere}
		}},
		{"no name", "funder-name: missing", func(n *coaching.NewStatement) { n.Funder = coaching.Funder{Kind: coaching.FunderOther, Name: " "} }},
		{"a long name", "funder-name: too_long", func(n *coaching.NewStatement) {
			n.Funder = coaching.Funder{Kind: coaching.FunderOther, Name: strings.Repeat("é", 81)}
		}},
		{"the same again", "from: statement_overlaps", func(*coaching.NewStatement) {}},
		{"one day of it", "from: statement_overlaps", func(n *coaching.NewStatement) { n.From = "2026-11-24" }},
	}
	for _, tt := range tests {
		n := autumn()
		tt.change(&n)
		var problems check.Problems
		if _, err := s.BeginStatement(t.Context(), s.els, s.anna.Member, n); !errors.As(err, &problems) || problems.Error() != "check: "+tt.want {
			t.Errorf("%s: %v, want %s", tt.name, err, tt.want)
		}
	}
	for _, n := range []coaching.NewStatement{
		{Funder: coaching.Funder{Kind: coaching.FunderUWV}, From: "2025-07-31", Until: "2026-08-30"},
		{Funder: coaching.Funder{Kind: coaching.FunderOther, Name: strings.Repeat("é", 80)}, From: "2026-11-24", Until: "2026-11-24"},
	} {
		s.begin(n)
	}
	var problems check.Problems
	if err := s.Summarize(t.Context(), s.els, s.anna.Member, coaching.StatementID{1}, strings.Repeat("é", 1001)); !errors.As(err, &problems) || !problems.At("summary") {
		t.Errorf("long words gave %v", err)
	}
}

// TestStatementsOfOthersAreNotFound: for whoever is neither the member nor their
// coach there is nothing.
func TestStatementsOfOthersAreNotFound(t *testing.T) {
	s := newSigning(t)
	s.letAll(s.els.Role)
	statement := s.begin(autumn())
	other := s.cooperative("Noorderhand")
	farCoach, zoe, farMember := s.actor(other, "far", members.RoleCoach), s.actor(s.c, "zoe", members.RoleMember), s.actor(other, "piet", members.RoleMember)
	farClient, farKees := s.clientOf(other, "farkees")
	hash := s.page(s.anna, statement).Hash
	ctx, m := t.Context(), s.anna.Member
	for name, by := range map[string]members.Actor{"another coach": s.bob, "a coach elsewhere": farCoach, "another member": zoe, "a member elsewhere": farMember, "the office": s.noor, "the client": s.kees, "nobody": {}} {
		_, list := s.Statements(ctx, by, m)
		_, page := s.StatementOf(ctx, by, m, statement)
		_, begin := s.BeginStatement(ctx, by, m, autumn())
		for what, err := range map[string]error{
			"list": list, "page": page, "begin": begin, "sign": s.SignStatement(ctx, by, m, statement, hash), "withdraw": s.WithdrawStatement(ctx, by, m, statement),
			"summary": s.Summarize(ctx, by, m, statement, "x"), "ask": s.AskSatisfaction(ctx, by, m, statement, s.client), "own form": s.GiveOwnForm(ctx, by, statement, opinion(5, "")),
		} {
			if !errors.Is(err, members.ErrNotFound) {
				t.Errorf("%s, %s: %v", name, what, err)
			}
		}
	}
	if _, err := s.StatementOf(ctx, zoe, zoe.Member, statement); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("as if it were their own: %v", err)
	}
	if _, err := s.BeginStatement(ctx, s.anna, m, autumn()); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("the member begins: %v", err)
	}
	if err := s.AskSatisfaction(ctx, s.els, m, statement, farClient); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("a client elsewhere is asked: %v", err)
	}
	s.must(s.AskSatisfaction(ctx, s.els, m, statement, s.client))
	s.must(s.AskSatisfaction(ctx, s.els, m, statement, s.client)) // twice is once
	s.must(s.AgreeSatisfaction(ctx, s.anna, statement, s.client, true))
	if n := s.count(`SELECT count(*) FROM tasks.task WHERE kind = 'coaching.satisfaction_asked'`); n != 1 {
		t.Errorf("the client is told %d times", n)
	}
	open, err := s.OpenForms(ctx, s.kees)
	if err != nil || len(open) != 1 || open[0].FirstName != "anna" {
		t.Fatalf("the client is asked %+v, %v", open, err)
	}
	for name, by := range map[string]members.Actor{"a client elsewhere": farKees, "the coach": s.els, "the member": s.anna, "nobody": {}} {
		if _, err := s.Form(ctx, by, open[0].ID); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s sees the client's form: %v", name, err)
		}
		if err := s.GiveForm(ctx, by, open[0].ID, opinion(10, "")); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s fills in the client's form: %v", name, err)
		}
	}
	for field, o := range map[string]coaching.Opinion{"help": {Scores: coaching.Scores{Reach: 1, Clear: 1, Result: 1, Overall: 10}}, "overall": opinion(11, ""), "words": opinion(5, strings.Repeat("x", 501))} {
		var problems check.Problems
		if err := s.GiveForm(ctx, s.kees, open[0].ID, o); !errors.As(err, &problems) || !problems.At(field) {
			t.Errorf("%s: %v", field, err)
		}
	}
	s.must(s.GiveForm(ctx, s.kees, open[0].ID, opinion(6, "Prima.")))
	if err := s.GiveForm(ctx, s.kees, open[0].ID, opinion(10, "")); !errors.Is(err, coaching.ErrFormClosed) {
		t.Errorf("twice: %v", err)
	}
	if f := s.page(s.els, statement).Content.Forms; len(f) != 2 || f[1].Words != "Prima." || f[1].Scores.Mean() != 60 {
		t.Errorf("the forms are %+v", f)
	}
}

// TestWhoAStatementWaitsFor: the member of a draft, then whoever has not signed.
func TestWhoAStatementWaitsFor(t *testing.T) {
	s := newSigning(t)
	s.letAll(s.els.Role)
	statement := s.begin(autumn())
	waits := func() string {
		w, err := s.StatementWaitsFor(context.WithoutCancel(t.Context()), s.c, statement)
		if err != nil {
			return err.Error()
		}
		return w.Name
	}
	if got := waits(); got != "anna" {
		t.Errorf("a draft waits for %s", got)
	}
	s.must(s.sign(s.anna, statement))
	if got := waits(); got != "els" {
		t.Errorf("signed by the member it waits for %s", got)
	}
	s.must(s.sign(s.els, statement))
	if got := waits(); got != members.ErrNotFound.Error() {
		t.Errorf("signed by both it waits for %s", got)
	}
	if n := s.count(`SELECT count(*) FROM tasks.task WHERE kind = 'coaching.statement_waits'`); n != 2 {
		t.Errorf("%d notices", n)
	}
}

func TestErasedStatementIsGone(t *testing.T) {
	s := newSigning(t)
	s.letAll(s.els.Role)
	statement := s.begin(autumn())
	s.must(s.sign(s.anna, statement))
	s.must(s.sign(s.els, statement))
	s.must(pgx.BeginFunc(t.Context(), s.db, func(tx pgx.Tx) error {
		return s.EraseTx(t.Context(), tx, members.Erasing{Person: s.anna.Person})
	}))
	if n := s.count(`SELECT (SELECT count(*) FROM coaching.statement) + (SELECT count(*) FROM coaching.satisfaction)`); n != 0 {
		t.Errorf("%d rows are left", n)
	}
}
