package coaching_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"
	"pgregory.net/rapid"

	"meent/internal/check"
	"meent/internal/id"
	"meent/members"
	"meent/members/coaching"
)

// shop is a pair with clients and who acts for them.
type shop struct {
	*pair
	noor        members.Actor
	linde, beuk members.Actor // contacts of two clients
	far         members.Actor // of a client elsewhere
	farCoach    members.Actor
}

func newShop(t *testing.T) *shop {
	s := &shop{pair: newPair(t)}
	s.noor = s.actor(s.c, "ria", members.RoleCoordinator)
	s.linde, s.beuk = s.contact(s.c, "linde"), s.contact(s.c, "beuk")
	far := s.cooperative("Noorderhand")
	s.far, s.farCoach = s.contact(far, "den"), s.actor(far, "fred", members.RoleCoach)
	return s
}

func (s *shop) contact(c id.Cooperative, name string) members.Actor {
	s.t.Helper()
	var person members.PersonID
	s.must(pgx.BeginFunc(s.t.Context(), s.db, func(tx pgx.Tx) error {
		client, err := s.people.AddClientTx(s.t.Context(), tx, members.NewClient{Cooperative: c, Name: name, Kind: members.Household, PlaceCode: "arnhem"})
		if err != nil {
			return err
		}
		if person, err = s.people.EnsurePersonTx(s.t.Context(), tx, newPerson(name)); err != nil {
			return err
		}
		_, err = s.people.AddRoleTx(s.t.Context(), tx, members.NewRole{Person: person, Cooperative: c, Kind: members.RoleClient, Client: client})
		return err
	}))
	actor, err := s.people.Actor(s.t.Context(), person, members.RoleID{})
	s.must(err)
	return actor
}

func to(client members.Actor) coaching.NewRelease {
	return coaching.NewRelease{Client: client.Client, Until: "2027-05-24"}
}

// newest is the member's own newest release.
func (s *shop) newest() coaching.Release {
	s.t.Helper()
	list, _, err := s.ShownTo(s.t.Context(), s.anna)
	s.must(err)
	if len(list) == 0 {
		s.t.Fatal("no release")
	}
	return list[0]
}

// asked is what waits for the member.
func (s *shop) asked() (r coaching.ReleaseID) {
	s.t.Helper()
	list, _, err := s.ShownTo(s.t.Context(), s.anna)
	s.must(err)
	for _, one := range list {
		if one.State == coaching.ReleaseAsked {
			r = one.ID
		}
	}
	return r
}

// shown is how many show themselves to the client; each card opens.
func (s *shop) shown(client members.Actor) int {
	s.t.Helper()
	list, err := s.People(s.t.Context(), client)
	s.must(err)
	for _, p := range list {
		if _, err := s.ReleasedCard(s.t.Context(), client, p.Release); err != nil {
			s.t.Errorf("a card that is listed: %v", err)
		}
	}
	return len(list)
}

func TestCardOpensWithTwoKeys(t *testing.T) {
	s := newShop(t)
	n := to(s.linde)
	n.Sentence = "Ik werk graag buiten."
	s.must(s.ShowTo(t.Context(), s.anna, n))
	r := s.newest()
	if r.State != coaching.ReleaseAsked || !r.MemberKey || r.CoachKey || r.Alone || s.shown(s.linde) != 0 {
		t.Fatalf("with one key: %+v", r)
	}
	if _, err := s.ReleasedCard(t.Context(), s.linde, r.ID); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("read with one key: %v", err)
	}
	if err := s.AgreeAsCoach(t.Context(), s.els, s.anna.Member, r.ID); !errors.Is(err, members.ErrNotGranted) {
		t.Errorf("a coach who may not read the profile: %v", err)
	}
	s.must(s.grant(members.ProfileScope))
	s.must(s.AgreeAsCoach(t.Context(), s.els, s.anna.Member, r.ID))
	card, err := s.ReleasedCard(t.Context(), s.linde, r.ID)
	if err != nil || card.FirstName != "anna" || card.PlaceName != "Nijmegen" || card.Sentence != "Ik werk graag buiten." || card.Until != "2027-05-24" {
		t.Errorf("the card is %+v, %v", card, err)
	}
	if s.shown(s.linde) != 1 || s.shown(s.beuk) != 0 {
		t.Error("shown to others, or not to the one")
	}
	var readers []string
	reads, _, err := s.people.Reads(t.Context(), s.anna, s.now.AddDate(0, 0, 1))
	s.must(err)
	for _, read := range reads {
		readers = append(readers, read.Name+" "+string(read.Scope)+map[bool]string{true: " refused"}[read.Refused])
	}
	if diff := cmp.Diff([]string{"els profile", "els profile refused", "linde profile"}, readers); diff != "" {
		t.Errorf("the log (-want +got):\n%s", diff)
	}
	if text := s.rows("coaching.release"); strings.Contains(text, "buiten") {
		t.Errorf("a plain sentence: %s", text)
	}
	for name, err := range map[string]error{
		"again": s.AgreeAsCoach(t.Context(), s.els, s.anna.Member, r.ID), "again by the member": s.AgreeToShow(t.Context(), s.anna, r.ID, true, ""),
	} {
		if !errors.Is(err, coaching.ErrReleaseOver) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func (s *shop) rows(table string) (text string) {
	s.t.Helper()
	s.must(s.db.QueryRow(s.t.Context(), `SELECT coalesce(string_agg(t::text, chr(10)), '') FROM `+table+` t`).Scan(&text))
	return text
}

func TestMemberDecidesAlone(t *testing.T) {
	s := newShop(t)
	n := to(s.linde)
	n.Alone = true
	s.must(s.ShowTo(t.Context(), s.anna, n))
	if s.newest().State != coaching.Released || s.shown(s.linde) != 1 {
		t.Errorf("alone: %+v", s.newest())
	}
	s.must(s.grant(members.ProfileScope))
	if list, _, err := s.ReleasesOf(t.Context(), s.els, s.anna.Member); err != nil || len(list) != 0 {
		t.Errorf("the coach reads what is the member's alone: %+v, %v", list, err)
	}
	if err := s.StopAsCoach(t.Context(), s.els, s.anna.Member, s.newest().ID); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("and ends it: %v", err)
	}
	s.must(s.End(t.Context(), s.noor, s.anna.Member))
	s.must(s.ShowTo(t.Context(), s.anna, to(s.beuk))) // nobody follows Anna
	if s.shown(s.beuk) != 1 {
		t.Error("without a coach it waits for one")
	}
}

// TestShownAloneIsNotAskedOut: asking is answered the same way, and looks the same
// to the coach afterwards, whether the member shows themselves alone or not.
func TestShownAloneIsNotAskedOut(t *testing.T) {
	s := newShop(t)
	s.must(s.grant(members.ProfileScope))
	n := to(s.linde)
	n.Alone = true
	s.must(s.ShowTo(t.Context(), s.anna, n))
	alone := s.newest().ID
	s.now = s.now.Add(1000)
	looks := map[string]coaching.Release{}
	for name, client := range map[string]members.Actor{"alone": s.linde, "not": s.beuk} {
		s.must(s.AskToShow(t.Context(), s.els, s.anna.Member, to(client)))
		problem(t, "twice, "+name, s.AskToShow(t.Context(), s.els, s.anna.Member, to(client)), "check: client: release_there")
		list, _, err := s.ReleasesOf(t.Context(), s.els, s.anna.Member)
		s.must(err)
		for _, r := range list {
			if r.Client == client.Client {
				r.ID, r.Client, r.ClientName = coaching.ReleaseID{}, members.ClientID{}, ""
				looks[name] = r
			}
		}
	}
	if diff := cmp.Diff(looks["not"], looks["alone"]); diff != "" || looks["alone"].State != coaching.ReleaseAsked {
		t.Errorf("it looks different (-not alone +alone):\n%s", diff)
	}
	problem(t, "the member, beside it", s.ShowTo(t.Context(), s.anna, to(s.linde)), "check: client: release_there")
	if s.shown(s.linde) != 1 {
		t.Error("asking changed what the client sees")
	}
	list, _, err := s.ShownTo(t.Context(), s.anna)
	s.must(err)
	for _, r := range list {
		if r.Client == s.linde.Client && r.State == coaching.ReleaseAsked {
			s.must(s.AgreeToShow(t.Context(), s.anna, r.ID, true, ""))
		}
	}
	list, _, err = s.ShownTo(t.Context(), s.anna)
	s.must(err)
	for _, r := range list {
		if r.ID == alone && r.State != coaching.ReleaseRevoked {
			t.Errorf("two at once: %+v", r)
		}
	}
	if s.shown(s.linde) != 1 {
		t.Error("the client sees them twice, or not at all")
	}
}

func TestCoachAsksMemberAnswers(t *testing.T) {
	s := newShop(t)
	if err := s.AskToShow(t.Context(), s.els, s.anna.Member, to(s.linde)); !errors.Is(err, members.ErrNotGranted) {
		t.Errorf("without the profile: %v", err)
	}
	s.must(s.grant(members.ProfileScope))
	n := to(s.linde)
	n.Alone, n.Sentence = true, "Neem haar!" // not the coach's to say
	s.must(s.AskToShow(t.Context(), s.els, s.anna.Member, n))
	r := s.newest()
	if r.State != coaching.ReleaseAsked || r.Alone || r.Sentence != "" || !r.ByCoach || r.MemberKey || s.shown(s.linde) != 0 {
		t.Fatalf("asked by the coach: %+v", r)
	}
	s.must(s.StopShowing(t.Context(), s.anna, r.ID))
	if s.newest().State != coaching.ReleaseRefused {
		t.Errorf("a no is %s", s.newest().State)
	}
	s.now = s.now.Add(1000)
	s.must(s.AskToShow(t.Context(), s.els, s.anna.Member, to(s.linde)))
	s.must(s.StopAsCoach(t.Context(), s.els, s.anna.Member, s.newest().ID))
	if s.newest().State != coaching.ReleaseWithdrawn {
		t.Errorf("taken back is %s", s.newest().State)
	}
	s.now = s.now.Add(1000)
	s.must(s.AskToShow(t.Context(), s.els, s.anna.Member, to(s.beuk)))
	s.must(s.AgreeToShow(t.Context(), s.anna, s.newest().ID, false, "Ik kom op de fiets."))
	if s.newest().State != coaching.Released || s.newest().Sentence != "Ik kom op de fiets." || s.shown(s.beuk) != 1 {
		t.Errorf("after the yes: %+v", s.newest())
	}
	for range 2 {
		s.must(s.StopAsCoach(t.Context(), s.els, s.anna.Member, s.newest().ID))
	}
	if s.newest().State != coaching.ReleaseRevoked || s.shown(s.beuk) != 0 {
		t.Errorf("after the coach took it back: %+v", s.newest())
	}
}

func TestReleaseEndsByItself(t *testing.T) {
	s := newShop(t)
	n := to(s.linde)
	n.Alone, n.Until = true, "2026-11-25"
	s.must(s.ShowTo(t.Context(), s.anna, n))
	s.now = s.now.AddDate(0, 0, 1)
	if s.shown(s.linde) != 1 {
		t.Error("gone on its last day")
	}
	s.now = s.now.AddDate(0, 0, 1)
	if s.shown(s.linde) != 0 || s.newest().State != coaching.ReleaseExpired {
		t.Errorf("after its last day: %+v", s.newest())
	}
	s.must(s.StopShowing(t.Context(), s.anna, s.newest().ID)) // a tap on an old page
	if s.newest().State != coaching.ReleaseExpired {
		t.Errorf("became %s", s.newest().State)
	}
	n.Until = "2026-12-24"
	s.must(s.ShowTo(t.Context(), s.anna, n)) // anew
	if s.shown(s.linde) != 1 {
		t.Error("not shown anew")
	}
	s.must(pgx.BeginFunc(t.Context(), s.db, func(tx pgx.Tx) error {
		_, err := tx.Exec(t.Context(), `UPDATE members.member SET state = 'alumni', alumni_at = $2 WHERE id = $1`, s.anna.Member, s.now)
		return err
	}))
	if s.shown(s.linde) != 0 {
		t.Error("a former member is shown")
	}
	if err := s.ShowTo(t.Context(), s.anna, to(s.beuk)); !errors.Is(err, coaching.ErrAlumni) {
		t.Errorf("a former member shows themselves: %v", err)
	}
	s.must(pgx.BeginFunc(t.Context(), s.db, func(tx pgx.Tx) error {
		_, err := tx.Exec(t.Context(), `UPDATE members.member SET state = 'member' WHERE id = $1`, s.anna.Member)
		return err
	}))
	if s.shown(s.linde) != 0 {
		t.Error("who comes back shows what they showed before")
	}
}

func TestHandOverTakesOpenKeys(t *testing.T) {
	s := newShop(t)
	s.must(s.grant(members.ProfileScope))
	s.must(s.AskToShow(t.Context(), s.els, s.anna.Member, to(s.beuk)))
	s.must(s.AgreeToShow(t.Context(), s.anna, s.newest().ID, false, ""))
	s.now = s.now.Add(1000)
	s.must(s.AskToShow(t.Context(), s.els, s.anna.Member, to(s.linde)))
	asked := s.newest().ID
	s.must(s.Reassign(t.Context(), s.noor, s.anna.Member, s.bob.Role, "Els verhuist naar een andere stad."))
	if s.newest().ID == asked && s.newest().State == coaching.ReleaseAsked || s.shown(s.beuk) != 1 || s.shown(s.linde) != 0 {
		t.Errorf("after the hand-over: %+v", s.newest())
	}
	if err := s.AgreeToShow(t.Context(), s.anna, asked, true, ""); !errors.Is(err, coaching.ErrReleaseOver) {
		t.Errorf("what the former coach asked: %v", err)
	}
	s.must(s.ShowTo(t.Context(), s.anna, to(s.linde)))
	for name, err := range map[string]error{
		"the former coach agrees": s.AgreeAsCoach(t.Context(), s.els, s.anna.Member, s.newest().ID),
		"the former coach ends":   s.StopAsCoach(t.Context(), s.els, s.anna.Member, s.newest().ID),
		"a coach elsewhere":       s.AgreeAsCoach(t.Context(), s.farCoach, s.anna.Member, s.newest().ID),
	} {
		if !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
	s.must(s.StopShowing(t.Context(), s.anna, s.newest().ID))
	for _, r := range func() []coaching.Release { list, _, _ := s.ShownTo(t.Context(), s.anna); return list }() {
		s.must(s.StopShowing(t.Context(), s.anna, r.ID)) // what is open is the member's
	}
	if s.shown(s.beuk) != 0 {
		t.Error("still shown")
	}
}

func TestBlockEndsRelease(t *testing.T) {
	s := newShop(t)
	n := to(s.linde)
	n.Alone = true
	s.must(s.ShowTo(t.Context(), s.anna, n))
	s.must(s.Block(t.Context(), s.anna, s.linde.Client, "Te ver."))
	if s.shown(s.linde) != 0 || s.newest().State != coaching.ReleaseRevoked {
		t.Errorf("a client who is kept away: %+v", s.newest())
	}
	problem(t, "a client who is kept away", s.ShowTo(t.Context(), s.anna, n), "check: client: client_blocked")
	_, clients, err := s.ShownTo(t.Context(), s.anna)
	if err != nil || len(clients) != 1 || clients[0].Name != "beuk" {
		t.Errorf("to choose from: %+v, %v", clients, err)
	}
	s.must(s.grant(members.ProfileScope))
	if _, clients, err := s.ReleasesOf(t.Context(), s.els, s.anna.Member); err != nil || len(clients) != 2 {
		t.Errorf("the coach learns whom the member keeps away: %+v, %v", clients, err)
	}
	s.now = s.now.Add(1000)
	s.must(s.AskToShow(t.Context(), s.els, s.anna.Member, to(s.linde)))
	problem(t, "agreed to one who is kept away", s.AgreeToShow(t.Context(), s.anna, s.newest().ID, false, ""), "check: client: client_blocked")
	s.must(s.people.Unblock(t.Context(), s.anna, s.linde.Client))
	if s.shown(s.linde) != 0 {
		t.Error("it came back with the end of the block")
	}
}

func problem(t *testing.T, name string, err error, want string) {
	t.Helper()
	var problems check.Problems
	if !errors.As(err, &problems) || problems.Error() != want {
		t.Errorf("%s: %v, want %s", name, err, want)
	}
}

func TestReleaseThatIsWrong(t *testing.T) {
	s := newShop(t)
	with := func(change func(*coaching.NewRelease)) error {
		n := to(s.linde)
		change(&n)
		return s.ShowTo(t.Context(), s.anna, n)
	}
	problem(t, "nobody", with(func(n *coaching.NewRelease) { n.Client = members.ClientID{} }), "check: client: nothing_chosen")
	problem(t, "elsewhere", with(func(n *coaching.NewRelease) { n.Client = s.far.Client }), "check: client: not_a_choice")
	problem(t, "yesterday", with(func(n *coaching.NewRelease) { n.Until = "2026-11-23" }), "check: until: day_is_past")
	problem(t, "too far", with(func(n *coaching.NewRelease) { n.Until = "2027-11-25" }), "check: until: day_too_far")
	problem(t, "no day", with(func(n *coaching.NewRelease) { n.Until = "2027-02-30" }), "check: until: no_such_day")
	problem(t, "a long sentence", with(func(n *coaching.NewRelease) { n.Sentence = strings.Repeat("é", coaching.MostSentence+1) }), "check: sentence: too_long")
	s.must(with(func(n *coaching.NewRelease) { n.Sentence = strings.Repeat("😀", coaching.MostSentence) }))
	problem(t, "twice", with(func(*coaching.NewRelease) {}), "check: client: release_there")
	r := s.newest().ID
	bea := s.actor(s.c, "bea", members.RoleMember)
	helped := s.anna
	helped.Helper = members.Helper{Person: s.els.Person, Role: s.els.Role}
	for name, err := range map[string]error{
		"a coach":           s.ShowTo(t.Context(), s.els, to(s.beuk)),
		"a helper":          s.ShowTo(t.Context(), helped, to(s.beuk)),
		"a helper agrees":   s.AgreeToShow(t.Context(), helped, r, true, ""),
		"another member":    s.AgreeToShow(t.Context(), bea, r, true, ""),
		"another's end":     s.StopShowing(t.Context(), bea, r),
		"another coach":     s.AgreeAsCoach(t.Context(), s.bob, s.anna.Member, r),
		"a client":          s.StopShowing(t.Context(), s.linde, r),
		"no release":        s.StopShowing(t.Context(), s.anna, coaching.ReleaseID{1}),
		"the office":        s.AskToShow(t.Context(), s.noor, s.anna.Member, to(s.beuk)),
		"a coach elsewhere": s.AskToShow(t.Context(), s.farCoach, s.anna.Member, to(s.beuk)),
	} {
		if !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
	s.must(s.AgreeToShow(t.Context(), s.anna, r, true, "")) // alone after all
	for name, by := range map[string]members.Actor{"another client": s.beuk, "a client elsewhere": s.far, "the coach": s.els, "the member": s.anna, "the office": s.noor} {
		if _, err := s.ReleasedCard(t.Context(), by, r); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s reads: %v", name, err)
		}
	}
	if s.shown(s.linde) != 1 || s.shown(s.far) != 0 {
		t.Error("shown elsewhere, or not at all")
	}
}

// TestReleaseStates: from every state only the moves that are told.
func TestReleaseStates(t *testing.T) {
	want := map[coaching.ReleaseState]string{"asked": "released expired refused withdrawn", "released": "expired revoked"}
	for _, from := range coaching.ReleaseStates() {
		var can []string
		for _, to := range coaching.ReleaseStates() {
			if _, err := from.To(to); err == nil {
				can = append(can, string(to))
			} else if !errors.Is(err, coaching.ErrReleaseOver) {
				t.Errorf("%s to %s: %v", from, to, err)
			}
		}
		if got := strings.Join(can, " "); got != want[from] {
			t.Errorf("from %s: %q, want %q", from, got, want[from])
		}
	}
}

// TestNoCardWithoutItsKeys: whatever the three do in whatever order, a client
// reads a card only while the member said yes, and their coach too unless alone,
// and neither took it back.
func TestNoCardWithoutItsKeys(t *testing.T) {
	s := newShop(t)
	s.must(s.grant(members.ProfileScope))
	rapid.Check(t, func(t *rapid.T) {
		ctx := s.t.Context()
		if list, _, _ := s.ShownTo(ctx, s.anna); len(list) > 0 && list[0].Live() {
			s.must(s.StopShowing(ctx, s.anna, list[0].ID))
		}
		s.now = s.now.Add(1000)
		member, coach, alone, live := false, false, false, false
		var r coaching.ReleaseID
		for range rapid.IntRange(1, 8).Draw(t, "steps") {
			var err error
			switch act := rapid.IntRange(0, 5).Draw(t, "act"); act {
			case 0, 1:
				n := to(s.linde)
				n.Alone = rapid.Bool().Draw(t, "alone")
				if act == 0 {
					err = s.ShowTo(ctx, s.anna, n)
				} else {
					err = s.AskToShow(ctx, s.els, s.anna.Member, n)
				}
				if act == 1 && live && alone { // looks as if asked, and is taken back
					if err != nil {
						t.Fatalf("asked while alone: %v", err)
					}
					s.now = s.now.Add(1000)
					s.must(s.StopAsCoach(ctx, s.els, s.anna.Member, s.asked()))
					break
				}
				if (err == nil) == live {
					t.Fatalf("begun while live %v: %v", live, err)
				}
				if err == nil {
					live, member, coach, alone = true, act == 0, act == 1, act == 0 && n.Alone
					r = s.newest().ID
					s.now = s.now.Add(1000)
				}
			case 2:
				was := live && !(member && (alone || coach))
				a := rapid.Bool().Draw(t, "alone")
				if err = s.AgreeToShow(ctx, s.anna, r, a, ""); err == nil {
					member, alone = true, alone || a
				}
				if (err == nil) != was {
					t.Fatalf("the member's key, open for it %v: %v", was, err)
				}
			case 3:
				if err = s.AgreeAsCoach(ctx, s.els, s.anna.Member, r); err == nil {
					coach = true
				}
			case 4:
				if err = s.StopShowing(ctx, s.anna, r); err == nil {
					live = false
				}
			case 5:
				if err = s.StopAsCoach(ctx, s.els, s.anna.Member, r); err == nil {
					live = false
				}
			}
			want := 0
			if live && member && (alone || coach) {
				want = 1
			}
			if got := s.shown(s.linde); got != want {
				t.Fatalf("%d shown, want %d: member %v, coach %v, alone %v, live %v", got, want, member, coach, alone, live)
			}
		}
	})
}
