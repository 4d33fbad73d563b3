package members_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/members"
)

// full is an answer to each question, and how the profile shows it.
func full() []members.Answer {
	return []members.Answer{
		members.OwnName{Name: " Anna de Wit "},
		members.Journey{Place: "arnhem", ReachMetres: 8000, Travel: members.Transit},
		members.Skilled{"mopping", "weeding"},
		members.Levels{"mopping": members.CanTeach, "forklift": members.CanWell},
		members.Goals{Skills: []string{"forklift"}, Text: "Ik wil leren lassen.\r\nEn koken."},
		week(),
		members.Hours{Wanted: 12, Most: 16},
		members.Abilities{"quiet-place": members.Must, "one-task": members.Prefer},
		members.Load{Physical: 4, Sensory: 2, Mental: 3},
		members.StartSupport,
		members.Languages{Dutch: "enough", English: "little"},
		members.CertificateInHand,
		members.Room{Cents: 45000},
		members.ContactWays{Channel: members.BySMS, Phone: " +31 6 12 34 56 78 ", Quiet: &members.Span{From: 84, Until: 32}, MostOffers: 2, RestDays: 1},
		members.Note{Text: "Bel mij liever niet."},
	}
}

func (h *house) answerAll(by members.Actor) {
	h.t.Helper()
	for _, a := range full() {
		if err := h.Answer(h.t.Context(), by, a); err != nil {
			h.t.Fatalf("%s: %v", a.Question(), err)
		}
	}
}

func TestEveryQuestionIsAnswered(t *testing.T) {
	h := newHouse(t)
	anna := h.member(h.cooperative("Waalkracht"), email)
	before, err := h.Profile(t.Context(), anna)
	if err != nil || before.Progress.Next() != members.Questions()[0] || before.Week != nil || before.Room != nil {
		t.Fatalf("a new profile is %+v, %v", before, err)
	}
	h.answerAll(anna)
	h.answerAll(anna) // again, in place of the same
	got, err := h.Profile(t.Context(), anna)
	if err != nil {
		t.Fatal(err)
	}
	w := week()
	want := members.Profile{
		Name: "Anna de Wit", Email: email, PlaceCode: "arnhem", PlaceName: "Arnhem", ReachMetres: 8000, Travel: members.Transit,
		Abilities: members.Abilities{"quiet-place": members.Must, "one-task": members.Prefer}, Load: members.Load{Physical: 4, Sensory: 2, Mental: 3},
		Support: members.StartSupport, Week: &w, Hours: members.Hours{Wanted: 12, Most: 16}, Room: &members.Room{Cents: 45000},
		Languages:   members.Languages{Dutch: "enough", English: "little"},
		Certificate: members.CertificateInHand,
		ContactWays: members.ContactWays{Channel: members.BySMS, Quiet: &members.Span{From: 84, Until: 32}, MostOffers: 2, RestDays: 1},
		Progress:    members.Progress{}, Skills: got.Skills, Goals: got.Goals,
	}
	for _, q := range members.Questions() {
		want.Progress[q] = members.Answered
	}
	if diff := cmp.Diff(want, got); diff != "" || got.Progress.Next() != "" {
		t.Errorf("the profile (-want +got):\n%s", diff)
	}
	var skills []string
	for _, s := range got.Skills {
		skills = append(skills, s.Code+" "+string(s.Level))
	}
	if strings.Join(skills, ", ") != "weeding can, mopping can teach" || len(got.Goals) != 1 || got.Goals[0].Code != "forklift" {
		t.Errorf("the skills are %v, the goals %v", skills, got.Goals)
	}
	c, err := h.Confidences(t.Context(), anna)
	if err != nil || c != (members.Confidences{Phone: "+31 6 12 34 56 78", LearnText: "Ik wil leren lassen.\r\nEn koken.", CoachNote: "Bel mij liever niet."}) {
		t.Errorf("what was confided is %+v, %v", c, err)
	}
	dump := h.dump()
	for _, secret := range []string{"6 12 34 56 78", "leren lassen", "liever niet"} {
		if holds(dump, secret) {
			t.Errorf("the dump holds %q", secret)
		}
	}
}

func TestAnswersAreRefused(t *testing.T) {
	h := newHouse(t)
	anna := h.member(h.cooperative("Waalkracht"), email)
	long := strings.Repeat("é", 1001)
	tests := []struct {
		name, field string
		answer      members.Answer
	}{
		{"no name", "name", members.OwnName{Name: " "}},
		{"an unreadable name", "name", members.OwnName{Name: "A\xff"}},
		{"NUL in the place", "place", members.Journey{Place: "Nij\x00megen", ReachMetres: 5000, Travel: members.Bike}},
		{"no such place", "place", members.Journey{Place: "Atlantis", ReachMetres: 5000, Travel: members.Bike}},
		{"too near", "reach", members.Journey{Place: "arnhem", ReachMetres: 499, Travel: members.Bike}},
		{"too far", "reach", members.Journey{Place: "arnhem", ReachMetres: 100_001, Travel: members.Bike}},
		{"by plane", "travel", members.Journey{Place: "arnhem", ReachMetres: 5000, Travel: "plane"}},
		{"no such skill", "skills", members.Skilled{"mopping", "magic"}},
		{"NUL in a skill", "skills", members.Skilled{"mop\x00ping"}},
		{"too many skills", "skills", make(members.Skilled, 61)},
		{"no such level", "level-mopping", members.Levels{"mopping": "best"}},
		{"a level of no skill", "levels", members.Levels{"mop\x00ping": members.Can}},
		{"no such goal", "goals", members.Goals{Skills: []string{"magic"}}},
		{"a long text", "text", members.Goals{Text: long}},
		{"an unreadable text", "text", members.Goals{Text: "\xff"}},
		{"no time at all", "week", members.Week{}},
		{"no hours", "wanted", members.Hours{Wanted: 0, Most: 8}},
		{"too many hours", "most", members.Hours{Wanted: 8, Most: 41}},
		{"less at most than wanted", "most", members.Hours{Wanted: 9, Most: 8}},
		{"an ability that is none", "abilities", members.Abilities{"autism": members.Must}},
		{"a strength that is none", "ability-indoors", members.Abilities{"indoors": "never"}},
		{"no load", "physical", members.Load{Sensory: 1, Mental: 1}},
		{"too much load", "mental", members.Load{Physical: 1, Sensory: 1, Mental: 6}},
		{"no such support", "support", members.Support("much")},
		{"no such language level", "dutch", members.Languages{Dutch: "native", English: "none"}},
		{"a certificate, and why not", "certificate", members.Certificate("convicted")},
		{"a negative room", "room", members.Room{Cents: -1}},
		{"too much room", "room", members.Room{Cents: members.MostRoom + 1}},
		{"a room told and withheld", "room", members.Room{Cents: 1, Withheld: true}},
		{"by pigeon", "channel", members.ContactWays{Channel: "pigeon", MostOffers: 1}},
		{"sms without a number", "phone", members.ContactWays{Channel: members.BySMS, MostOffers: 1}},
		{"a number that is none", "phone", members.ContactWays{Channel: members.ByMail, Phone: "bel mij", MostOffers: 1}},
		{"a number in other digits", "phone", members.ContactWays{Channel: members.ByMail, Phone: "٠٦١٢٣٤٥٦٧٨", MostOffers: 1}},
		{"no quiet time", "quiet", members.ContactWays{Channel: members.ByMail, Quiet: &members.Span{From: 8, Until: 8}, MostOffers: 1}},
		{"a quiet time beyond the day", "quiet", members.ContactWays{Channel: members.ByMail, Quiet: &members.Span{From: 96, Until: 8}, MostOffers: 1}},
		{"no offers", "offers", members.ContactWays{Channel: members.ByMail}},
		{"too much rest", "rest", members.ContactWays{Channel: members.ByMail, MostOffers: 1, RestDays: 8}},
		{"a long note", "note", members.Note{Text: long}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var problems check.Problems
			err := h.Answer(t.Context(), anna, tt.answer)
			if !errors.As(err, &problems) || len(problems) != 1 || problems[0].Field != tt.field {
				t.Errorf("Answer gave %v, want one problem at %s", err, tt.field)
			}
		})
	}
	got, err := h.Profile(t.Context(), anna)
	if err != nil || len(got.Progress) != 0 || got.Name != "Noor Bakker" || len(got.Skills) != 1 {
		t.Errorf("a refused answer was written: %+v, %v", got, err)
	}
}

func TestSkip(t *testing.T) {
	h := newHouse(t)
	anna := h.member(h.cooperative("Waalkracht"), email)
	ctx, q := t.Context(), members.Questions()
	if err := errors.Join(h.Skip(ctx, anna, q[0]), h.Answer(ctx, anna, members.NoSupport), h.Skip(ctx, anna, members.SupportQuestion)); err != nil {
		t.Fatal(err)
	}
	got, err := h.Profile(ctx, anna)
	if err != nil || got.Progress[q[0]] != members.Skipped || got.Progress.Next() != q[1] ||
		got.Progress[members.SupportQuestion] != members.Answered || got.Support != members.NoSupport {
		t.Errorf("after skipping the profile is %+v, %v", got, err)
	}
	if err := h.Skip(ctx, anna, "diagnosis"); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("skipping what is no question gave %v", err)
	}
}

func TestSkillsKeepTheirLevelAndWhoSawThem(t *testing.T) {
	h := newHouse(t)
	c := h.cooperative("Waalkracht")
	anna, els := h.member(c, email), h.roleOf(c, "els@meent.example", members.RoleCoach)
	ctx := t.Context()
	confirm := func(by members.Actor, skill string) (err error) {
		return pgx.BeginFunc(ctx, h.db, func(tx pgx.Tx) error {
			_, err := h.ConfirmSkillTx(ctx, tx, by, anna.Member, skill)
			return err
		})
	}
	must := func(errs ...error) {
		t.Helper()
		if err := errors.Join(errs...); err != nil {
			t.Fatal(err)
		}
	}
	seen := func() (n int) {
		t.Helper()
		p, err := h.Profile(ctx, anna)
		must(err)
		for _, s := range p.Skills {
			if s.Code == "mopping" {
				n = len(s.Seen)
			}
		}
		return n
	}
	must(h.Answer(ctx, anna, members.Skilled{"mopping", "weeding"}), h.Answer(ctx, anna, members.Levels{"mopping": members.CanWell}))
	must(confirm(els, "mopping"), confirm(els, "mopping"))
	if deeds, err := h.Concerning(ctx, anna.Person); err != nil || len(deeds) != 1 || deeds[0].What != "skill_confirmed" || deeds[0].ByName != els.Name {
		t.Errorf("the deeds are %+v, %v", deeds, err)
	}
	for _, step := range []struct {
		level members.SkillLevel
		seen  int
	}{{members.CanWell, 1}, {members.Can, 1}, {members.CanTeach, 0}, {members.CanWell, 1}} {
		must(h.Answer(ctx, anna, members.Levels{"mopping": step.level}))
		if n := seen(); n != step.seen {
			t.Errorf("at level %q it was seen by %d, want %d", step.level, n, step.seen)
		}
	}
	must(h.Answer(ctx, anna, members.Skilled{"mopping"}))
	if seen() != 1 {
		t.Error("a skill that stayed lost who saw it")
	}
	must(h.Answer(ctx, anna, members.Skilled{}), h.Answer(ctx, anna, members.Skilled{"mopping"}))
	if seen() != 0 {
		t.Error("a skill that went and came back is still confirmed")
	}
	bea := h.member(h.cooperative("Maasland"), "bea@meent.example")
	far := h.roleOf(bea.Cooperative, "far@meent.example", members.RoleCoach)
	for name, err := range map[string]error{
		"a skill not named": confirm(els, "forklift"), "no skill": confirm(els, "mag\x00ic"), "the member": confirm(anna, "mopping"),
		"another cooperative's coach": confirm(far, "mopping"),
	} {
		if !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s: ConfirmSkillTx gave %v", name, err)
		}
	}
}

// role makes somebody with this role in the cooperative.
func (h *house) roleOf(c interface{ String() string }, email string, kind members.RoleKind) members.Actor {
	h.t.Helper()
	person := h.person(email)
	_, err := h.db.Exec(h.t.Context(), `INSERT INTO members.role (id, cooperative_id, person_id, kind, created_at)
		VALUES (gen_random_uuid(), $1, $2, $3, now())`, c, person, string(kind))
	if err != nil {
		h.t.Fatal(err)
	}
	return h.actor(person, members.RoleID{})
}

func TestWhoMayReadTheProfile(t *testing.T) {
	h := newHouse(t)
	c := h.cooperative("Waalkracht")
	anna, els := h.member(c, email), h.roleOf(c, "els@meent.example", members.RoleCoach)
	h.answerAll(anna)
	read := func(by members.Actor) (p members.Profile, conf members.Confidences, err error) {
		err = pgx.BeginFunc(t.Context(), h.db, func(tx pgx.Tx) error {
			p, conf, err = h.ReadProfileTx(t.Context(), tx, by, anna.Member)
			return err
		})
		return p, conf, err
	}
	if _, conf, err := read(els); !errors.Is(err, members.ErrNotGranted) || conf != (members.Confidences{}) {
		t.Errorf("without a grant ReadProfileTx gave %+v, %v", conf, err)
	}
	h.tx(func(tx pgx.Tx) error {
		return h.GrantTx(t.Context(), tx, anna, members.NewGrant{Grantee: els.Role, Scopes: []members.Scope{members.ProfileScope}, Until: "2027-01-01"})
	})
	if p, conf, err := read(els); err != nil || conf.CoachNote != "Bel mij liever niet." || p.Name != "Anna de Wit" || p.Support != members.StartSupport {
		t.Errorf("with a grant ReadProfileTx gave %+v, %+v, %v", p, conf, err)
	}
	if list, _, err := h.Reads(t.Context(), anna, h.now.AddDate(0, 0, 1)); err != nil || len(list) != 1 || list[0].Scope != members.ProfileScope {
		t.Errorf("the log of reads is %+v, %v", list, err)
	}
	grants, err := h.Grants(t.Context(), anna)
	if err != nil || len(grants) != 1 {
		t.Fatal(grants, err)
	}
	if err := h.Revoke(t.Context(), anna, grants[0].ID); err != nil {
		t.Fatal(err)
	}
	if _, conf, err := read(els); !errors.Is(err, members.ErrNotGranted) || conf != (members.Confidences{}) {
		t.Errorf("after the grant ReadProfileTx gave %+v, %v", conf, err)
	}
}

func TestEraseProfile(t *testing.T) {
	h := newHouse(t)
	c := h.cooperative("Waalkracht")
	anna, bea := h.member(c, email), h.member(c, "bea@meent.example")
	h.answerAll(anna)
	h.answerAll(bea)
	if err := h.ExtraTime(t.Context(), anna, "2026-11-26", members.Span{From: 4, Until: 8}); err != nil {
		t.Fatal(err)
	}
	h.tx(func(tx pgx.Tx) error { return h.EraseProfileTx(t.Context(), tx, c, anna.Member) })
	for table, want := range map[string]int{"member_skill": 2, "member_goal": 1, "member_ability": 2, "member_day": 0, "member_answer": 15, "member_profile": 1, "sealed": 4} {
		var n int
		if err := h.db.QueryRow(t.Context(), `SELECT count(*) FROM members.`+table).Scan(&n); err != nil || n != want {
			t.Errorf("%d rows are left in %s, %v, want %d", n, table, err, want)
		}
	}
	err := pgx.BeginFunc(t.Context(), h.db, func(tx pgx.Tx) error {
		return h.EraseProfileTx(t.Context(), tx, h.cooperative("Maasland"), bea.Member)
	})
	if !errors.Is(err, members.ErrNotFound) {
		t.Errorf("erasing across cooperatives gave %v", err)
	}
}

func TestAbilityListIsSound(t *testing.T) {
	list, err := members.AbilityList()
	if err != nil || len(list) < 20 {
		t.Fatalf("%d abilities, %v", len(list), err)
	}
	seen := map[string]bool{}
	var bits uint32
	for _, a := range list {
		for _, text := range []string{a.Code, a.NL, a.EN} {
			if text == "" || seen[text] || strings.Contains(text, ";") {
				t.Errorf("%s: %q is empty or not the only one", a.Code, text)
			}
			seen[text] = true
		}
		if a.Bit < 0 || a.Bit > 31 || bits&(1<<a.Bit) != 0 {
			t.Errorf("%s: bit %d", a.Code, a.Bit)
		}
		bits |= 1 << a.Bit
	}
	abilities := members.Abilities{"standing-hour": members.Must, "quiet-place": members.Must, "indoors": members.Prefer}
	if must, prefer := abilities.Bits(members.Must, list), abilities.Bits(members.Prefer, list); must != 1|1<<8 || prefer != 1<<9 {
		t.Errorf("the bits are %b and %b", must, prefer)
	}
}

func TestDates(t *testing.T) {
	h := newHouse(t) // Tuesday 24 November
	anna := h.member(h.cooperative("Waalkracht"), email)
	ctx := t.Context()
	told := func() (lines []string) {
		t.Helper()
		p, err := h.Profile(ctx, anna)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range p.Exceptions {
			line := string(e.Day)
			if e.Off {
				line += " off"
			}
			for _, s := range e.Spans() {
				line += strings.Repeat("+", s.Until-s.From)
			}
			lines = append(lines, line)
		}
		return lines
	}
	steps := []struct {
		name string
		err  error
		want string
	}{
		{"not this week", h.WeekOff(ctx, anna, "2026-11-24", true), "2026-11-24 off|2026-11-25 off|2026-11-26 off|2026-11-27 off|2026-11-28 off|2026-11-29 off"},
	}
	steps = append(steps, struct {
		name string
		err  error
		want string
	}{"again", h.WeekOff(ctx, anna, "2026-11-24", true), steps[0].want})
	for _, step := range steps {
		if got := strings.Join(told(), "|"); step.err != nil || got != step.want {
			t.Errorf("%s: the dates are %s, %v", step.name, got, step.err)
		}
	}
	must := func(want string, errs ...error) {
		t.Helper()
		if got := strings.Join(told(), "|"); errors.Join(errs...) != nil || got != want {
			t.Errorf("the dates are %s, %v, want %s", got, errors.Join(errs...), want)
		}
	}
	err := h.WeekOff(ctx, anna, "2026-11-24", false)
	must("", err)
	err = h.ExtraTime(ctx, anna, "2026-11-28", members.Span{From: 92, Until: 2})
	must("2026-11-28++++|2026-11-29++", err)
	err = h.ExtraTime(ctx, anna, "2026-11-29", members.Span{From: 2, Until: 3})
	must("2026-11-28++++|2026-11-29+++", err)
	err = h.DayOff(ctx, anna, "2026-11-28")
	must("2026-11-28 off|2026-11-29+++", err)
	err = h.UsualDay(ctx, anna, "2026-11-29")
	must("2026-11-28 off", err)
	for name, err := range map[string]error{
		"yesterday": h.DayOff(ctx, anna, "2026-11-23"), "too far": h.DayOff(ctx, anna, "2027-05-25"), "no day": h.DayOff(ctx, anna, "2026-02-30"),
		"no text": h.WeekOff(ctx, anna, "", true), "no span": h.ExtraTime(ctx, anna, "2026-11-28", members.Span{From: 8, Until: 8}),
		"rubbish": h.UsualDay(ctx, anna, "'; DROP"), "a strange year": h.DayOff(ctx, anna, "12026-01-01"),
	} {
		var problems check.Problems
		if !errors.As(err, &problems) || len(problems) != 1 {
			t.Errorf("%s gave %v, want one problem", name, err)
		}
	}
	h.now = h.now.AddDate(0, 0, 4)
	must("2026-11-28 off", nil)
	h.now = h.now.AddDate(0, 0, 8)
	h.tx(func(tx pgx.Tx) error { return h.TidyTx(ctx, tx, members.Tidy{}) })
	var left int
	if err := h.db.QueryRow(ctx, `SELECT count(*) FROM members.member_day`).Scan(&left); err != nil || left != 0 {
		t.Errorf("%d old dates are left, %v", left, err)
	}
}

// TestManyAtOnce: answers of one member follow each other, and the last is whole.
func TestManyAtOnce(t *testing.T) {
	h := newHouse(t)
	anna := h.member(h.cooperative("Waalkracht"), email)
	errs := make(chan error)
	for i := range 12 {
		go func() {
			errs <- errors.Join(h.Answer(context.WithoutCancel(t.Context()), anna, members.Goals{Skills: []string{[]string{"mopping", "weeding"}[i%2]}, Text: "x"}),
				h.ExtraTime(context.WithoutCancel(t.Context()), anna, "2026-11-28", members.Span{From: i, Until: i + 1}))
		}()
	}
	for range 12 {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
	p, err := h.Profile(t.Context(), anna)
	if err != nil || len(p.Goals) != 1 || len(p.Exceptions) != 1 || len(p.Exceptions[0].Spans()) != 1 || p.Exceptions[0].Spans()[0] != (members.Span{From: 0, Until: 12}) {
		t.Errorf("the profile is %+v, %v", p, err)
	}
}
