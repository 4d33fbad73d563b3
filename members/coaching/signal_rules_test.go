package coaching

import (
	"maps"
	"slices"
	"testing"
	"time"

	"meent/members"
)

// clock reads a time of the clocks in the Netherlands.
func clock(t *testing.T, text string) time.Time {
	t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", text, members.Amsterdam())
	if err != nil {
		t.Fatal(err)
	}
	return at.UTC()
}

// quietAt is somebody who shares everything and about whom nothing has to be done
// at this moment.
func quietAt(t *testing.T, now time.Time) seen {
	t.Helper()
	m := members.MemberID{1}
	return seen{Follow: Follow{Member: m, Name: "Anna", Since: now.AddDate(-1, 0, 0)}, keys: members.Keys{m: members.Scopes()}, state: members.Joined,
		contact: now.Add(-time.Hour), lastShift: now.Add(-24 * time.Hour), most: 20 * time.Hour}
}

func (s seen) kinds(now time.Time) (kinds []SignalKind) {
	for _, one := range s.signals(momentOf(now)) {
		kinds = append(kinds, one.Kind)
	}
	return kinds
}

func TestNothingIsNoSignal(t *testing.T) {
	now := clock(t, "2026-11-24 10:00")
	if got := quietAt(t, now).kinds(now); len(got) != 0 {
		t.Errorf("%v", got)
	}
}

// ruleCase is one signal beside its edges: what is known, and whether that is one
// now. Unless it says otherwise now is Tuesday 24 November 2026 at 10.00.
type ruleCase struct {
	name  string
	kind  SignalKind
	now   string
	known func(s *seen, at func(string) time.Time)
	want  bool
}

func note(kind Kind, texts ...string) func(*seen, func(string) time.Time) {
	return func(s *seen, at func(string) time.Time) {
		s.contact = at("2026-11-13 12:00") // long ago, but not too long
		for _, text := range texts {
			s.facts = append(s.facts, Fact{Kind: kind, At: at(text), Minutes: 240})
		}
	}
}

func contacted(text string) func(*seen, func(string) time.Time) {
	return func(s *seen, at func(string) time.Time) { s.contact = at(text) }
}

func scored(week members.Day, given string, feel int) func(*seen, func(string) time.Time) {
	return func(s *seen, at func(string) time.Time) {
		s.contact = at("2026-11-13 12:00")
		s.score = SelfScore{Week: week, Given: at(given), Feel: feel, Work: 4, Next: 3}
	}
}

func on(day members.Day, state members.Membership) func(*seen, func(string) time.Time) {
	return func(s *seen, _ func(string) time.Time) { s.trialUntil, s.state = day, state }
}

func keyUntil(day members.Day) func(*seen, func(string) time.Time) {
	return func(s *seen, _ func(string) time.Time) { s.keyUntil = day }
}

func worked(text string) func(*seen, func(string) time.Time) {
	return func(s *seen, at func(string) time.Time) { s.lastShift = at(text) }
}

// both does one after the other.
func both(one, other func(*seen, func(string) time.Time)) func(*seen, func(string) time.Time) {
	return func(s *seen, at func(string) time.Time) { one(s, at); other(s, at) }
}

func ruleCases() []ruleCase {
	noes := []string{"2026-10-26 00:00", "2026-11-20 10:00", "2026-11-24 09:00"}
	return []ruleCase{
		{"the last contact was 13 days ago", NoContact, "", contacted("2026-11-11 00:00"), false},
		{"the last contact was 14 days ago, late", NoContact, "", contacted("2026-11-10 23:59"), true},
		{"14 days with the end of summer time in them", NoContact, "2026-10-31 00:10", contacted("2026-10-17 23:59"), true},
		{"13 days with it", NoContact, "2026-10-30 23:59", contacted("2026-10-17 00:00"), false},
		{"14 days with its beginning", NoContact, "2027-04-04 00:00", contacted("2027-03-21 23:59"), true},
		{"13 days with its beginning", NoContact, "2027-04-03 23:59", contacted("2027-03-21 00:00"), false},
		{"never, and began 13 days ago", NoContact, "", func(s *seen, at func(string) time.Time) { s.contact, s.Since = time.Time{}, at("2026-11-11 00:00") }, false},
		{"never, and began 14 days ago", NoContact, "", func(s *seen, at func(string) time.Time) { s.contact, s.Since = time.Time{}, at("2026-11-10 12:00") }, true},
		{"long ago, and began again today", NoContact, "", func(s *seen, at func(string) time.Time) {
			s.contact, s.Since = at("2026-01-01 12:00"), at("2026-11-24 09:00")
		}, false},

		{"work today", WorkTomorrow, "", note(Shift, "2026-11-24 23:59"), false},
		{"work at the first minute of tomorrow", WorkTomorrow, "", note(Shift, "2026-11-25 00:00"), true},
		{"work at the last minute of tomorrow", WorkTomorrow, "", note(Shift, "2026-11-25 23:59"), true},
		{"work the day after", WorkTomorrow, "", note(Shift, "2026-11-26 00:00"), false},
		{"work on the day of 25 hours, late", WorkTomorrow, "2026-10-24 10:00", note(Shift, "2026-10-25 23:30"), true},
		{"work after the day of 23 hours", WorkTomorrow, "2027-03-27 10:00", note(Shift, "2027-03-29 00:00"), false},
		{"a first shift tomorrow is told as that", WorkTomorrow, "", both(note(Shift, "2026-11-25 09:00"), note(FirstShift, "2026-11-25 09:00")), false},

		{"a first shift that has begun", FirstPlace, "", note(FirstShift, "2026-11-24 10:00"), false},
		{"a first shift in a minute", FirstPlace, "", note(FirstShift, "2026-11-24 10:01"), true},
		{"a first shift in three days, late", FirstPlace, "", note(FirstShift, "2026-11-27 23:59"), true},
		{"a first shift in four days", FirstPlace, "", note(FirstShift, "2026-11-28 00:00"), false},

		{"did not come today", DidNotCome, "", note(NoShow, "2026-11-24 09:00"), true},
		{"did not come six days ago", DidNotCome, "", note(NoShow, "2026-11-18 00:00"), true},
		{"did not come a week ago", DidNotCome, "", note(NoShow, "2026-11-17 23:59"), false},
		{"did not come, and they spoke", DidNotCome, "", both(note(NoShow, "2026-11-24 08:00"), contacted("2026-11-24 09:00")), false},
		{"they spoke, and did not come", DidNotCome, "", both(note(NoShow, "2026-11-24 08:00"), contacted("2026-11-24 07:00")), true},

		{"three noes in thirty days", ThreeNoes, "", note(OfferNo, noes...), true},
		{"one of them a day earlier", ThreeNoes, "", note(OfferNo, "2026-10-25 23:59", noes[1], noes[2]), false},
		{"two noes", ThreeNoes, "", note(OfferNo, noes[1:]...), false},
		{"silence is no no", ThreeNoes, "", note(OfferExpired, noes...), false},
		{"they spoke after the third", ThreeNoes, "", both(note(OfferNo, noes...), contacted("2026-11-24 09:30")), false},

		{"a low score of this week", LowScore, "", scored("2026-11-23", "2026-11-24 09:00", 2), true},
		{"a low score of last week", LowScore, "", scored("2026-11-16", "2026-11-16 09:00", 1), true},
		{"a low score of the week before", LowScore, "", scored("2026-11-09", "2026-11-15 23:00", 1), false},
		{"a score that is not low", LowScore, "", scored("2026-11-23", "2026-11-24 09:00", 3), false},
		{"they spoke after it", LowScore, "", both(scored("2026-11-23", "2026-11-24 08:00", 2), contacted("2026-11-24 09:00")), false},
		{"last week's, on Sunday", LowScore, "2026-11-29 23:59", scored("2026-11-16", "2026-11-16 09:00", 1), true},
		{"it is over on Monday", LowScore, "2026-11-30 00:00", scored("2026-11-16", "2026-11-16 09:00", 1), false},

		{"16 of 20 hours", HoursNear, "", note(Shift, "2026-11-23 00:00", "2026-11-24 09:00", "2026-11-28 09:00", "2026-11-29 23:59"), false},
		{"20 of 20 hours", HoursNear, "", note(Shift, "2026-11-23 00:00", "2026-11-24 09:00", "2026-11-27 09:00", "2026-11-28 09:00", "2026-11-29 23:59"), true},
		{"one of them last week", HoursNear, "", note(Shift, "2026-11-22 23:59", "2026-11-24 09:00", "2026-11-27 09:00", "2026-11-28 09:00", "2026-11-29 23:59"), false},
		{"one of them next week", HoursNear, "", note(Shift, "2026-11-23 00:00", "2026-11-24 09:00", "2026-11-27 09:00", "2026-11-28 09:00", "2026-11-30 00:00"), false},
		{"18 of 20 hours", HoursNear, "", func(s *seen, at func(string) time.Time) {
			s.facts = []Fact{{Kind: Shift, At: at("2026-11-24 09:00"), Minutes: 18 * 60}}
		}, true},
		{"a minute less", HoursNear, "", func(s *seen, at func(string) time.Time) {
			s.facts = []Fact{{Kind: Shift, At: at("2026-11-24 09:00"), Minutes: 18*60 - 1}}
		}, false},
		{"where they did not come does not count", HoursNear, "", both(both(note(Shift, "2026-11-23 09:00"), note(NoShow, "2026-11-23 09:00")), func(s *seen, _ func(string) time.Time) { s.most = 4 * time.Hour }), false},
		{"no most is known", HoursNear, "", both(note(Shift, "2026-11-23 09:00"), func(s *seen, _ func(string) time.Time) { s.most = 0 }), false},

		{"a trial ends in 14 days", TrialEnds, "", on("2026-12-08", members.OnTrial), true},
		{"a trial ends in 15 days", TrialEnds, "", on("2026-12-09", members.OnTrial), false},
		{"a trial is over and nobody said how it goes on", TrialEnds, "", on("2026-11-20", members.OnTrial), true},
		{"who is a member had a trial", TrialEnds, "", on("2026-12-01", members.Joined), false},
		{"a key ends in 14 days", KeyEnds, "", keyUntil("2026-12-08"), true},
		{"a key ends in 15 days", KeyEnds, "", keyUntil("2026-12-09"), false},
		{"a key ends today", KeyEnds, "", keyUntil("2026-11-24"), true},
		{"a key ended yesterday", KeyEnds, "", keyUntil("2026-11-23"), false},

		{"worked 20 days ago", NoGig, "", worked("2026-11-04 00:00"), false},
		{"worked 21 days ago", NoGig, "", worked("2026-11-03 23:59"), true},
		{"works tomorrow", NoGig, "", worked("2026-11-25 09:00"), false},
		{"never worked, followed for 21 days", NoGig, "", func(s *seen, at func(string) time.Time) { s.lastShift, s.Since = time.Time{}, at("2026-11-03 12:00") }, true},
		{"never worked, followed for 20 days", NoGig, "", func(s *seen, at func(string) time.Time) { s.lastShift, s.Since = time.Time{}, at("2026-11-04 12:00") }, false},
		{"has not begun", NoGig, "", both(worked("2026-01-01 09:00"), on("", members.Referred)), false},

		{"money waits", PayWaiting, "", note(PayWaits, "2026-11-24 09:00"), true},
		{"money waits, and they spoke", PayWaiting, "", both(note(PayWaits, "2026-11-24 08:00"), contacted("2026-11-24 09:00")), true},
		{"money waited", PayWaiting, "", both(note(PayWaits, "2026-11-20 08:00"), note(PayReady, "2026-11-24 09:00")), false},
		{"money waits again", PayWaiting, "", both(note(PayReady, "2026-11-20 08:00"), note(PayWaits, "2026-11-24 09:00")), true},
		{"money that nobody claims", PayWaiting, "", note(PayWaits, "2026-08-26 12:00"), false},

		{"a skill six days ago", NewSkill, "", note(SkillConfirmed, "2026-11-18 00:00"), true},
		{"a skill a week ago", NewSkill, "", note(SkillConfirmed, "2026-11-17 23:59"), false},

		{"a question waits", QuestionWait, "", func(s *seen, at func(string) time.Time) { s.asked = at("2026-11-24 09:59") }, true},
		{"who left asked something", QuestionWait, "", both(on("", members.Alumni), func(s *seen, at func(string) time.Time) { s.asked = at("2026-11-24 09:59") }), true},
		{"who left needs no contact", NoContact, "", both(on("", members.Alumni), contacted("2025-11-24 09:59")), false},
	}
}

// TestEachSignal looks at the edges of each, and that without its keys there is
// none.
func TestEachSignal(t *testing.T) {
	tested := map[SignalKind]map[bool]bool{}
	for _, one := range ruleCases() {
		if one.now == "" {
			one.now = "2026-11-24 10:00"
		}
		now := clock(t, one.now)
		s := quietAt(t, now)
		one.known(&s, func(text string) time.Time { return clock(t, text) })
		if got := slices.Contains(s.kinds(now), one.kind); got != one.want {
			t.Errorf("%s: a signal %s is %v, want %v: %v", one.name, one.kind, got, one.want, s.kinds(now))
		}
		if tested[one.kind] == nil {
			tested[one.kind] = map[bool]bool{}
		}
		tested[one.kind][one.want] = true
		for _, scope := range signalNeeds()[one.kind] {
			s.keys = members.Keys{s.Member: slices.DeleteFunc(members.Scopes(), func(other members.Scope) bool { return other == scope })}
			if slices.Contains(s.kinds(now), one.kind) {
				t.Errorf("%s: a signal %s without the key %s", one.name, one.kind, scope)
			}
		}
	}
	for _, kind := range Signals() {
		if !tested[kind][true] || !tested[kind][false] && kind != QuestionWait {
			t.Errorf("%s is tested as %v", kind, tested[kind])
		}
	}
}

func TestWhatASignalSays(t *testing.T) {
	now := clock(t, "2026-11-24 10:00")
	s := quietAt(t, now)
	s.contact, s.keyUntil = clock(t, "2026-11-08 10:00"), "2026-11-30"
	s.facts = []Fact{{Kind: Shift, At: clock(t, "2026-11-26 13:00"), Minutes: 480}, {Kind: Shift, At: clock(t, "2026-11-25 13:00"), Minutes: 240}, {Kind: Shift, At: clock(t, "2026-11-25 09:00"), Minutes: 420}}
	want := []Signal{
		{Kind: NoContact, At: clock(t, "2026-11-08 10:00"), Days: 16},
		{Kind: WorkTomorrow, At: clock(t, "2026-11-25 09:00"), Days: 1},
		{Kind: HoursNear, Hours: 19 * time.Hour, Most: 20 * time.Hour},
		{Kind: KeyEnds, Day: "2026-11-30", Days: 6},
	}
	if got := s.signals(momentOf(now)); !slices.Equal(got, want) {
		t.Errorf("%+v\nwant %+v", got, want)
	}
}

// TestEverySignalHasItsPlace: a weight of its own that falls along the list, a
// rule, a key that exists, and something to do.
func TestEverySignalHasItsPlace(t *testing.T) {
	before := 1000
	for _, kind := range Signals() {
		needs, ok := signalNeeds()[kind]
		if kind.Weight() >= before || kind.Weight() <= 0 || kind.Act() == "" || !ok || (seen{}).rules()[kind] == nil {
			t.Errorf("%s has weight %d after %d, keys %v, act %q", kind, kind.Weight(), before, ok, kind.Act())
		}
		for _, scope := range needs {
			if !slices.Contains(members.Scopes(), scope) {
				t.Errorf("%s needs %q", kind, scope)
			}
		}
		before = kind.Weight()
	}
	all := slices.Sorted(slices.Values(Signals()))
	for name, other := range map[string][]SignalKind{"keys": slices.Sorted(maps.Keys(signalNeeds())), "rules": slices.Sorted(maps.Keys(seen{}.rules()))} {
		if !slices.Equal(all, other) {
			t.Errorf("the table of %s has %v, want %v", name, other, all)
		}
	}
}

func TestOrderOfACaseload(t *testing.T) {
	of := func(name string, alone int, kinds ...SignalKind) Case {
		c := Case{Follow: Follow{Name: name}, Alone: alone}
		for _, kind := range kinds {
			c.Signals = append(c.Signals, Signal{Kind: kind})
		}
		return c
	}
	want := []Case{
		of("one strong", 0, LowScore),
		of("less strong, more", 0, NoContact, WorkTomorrow, NoGig),
		of("less", 20, NoContact, KeyEnds),
		of("the same, alone for a shorter time", 19, NoContact, KeyEnds),
		of("a", 3, NewSkill), of("b", 3, NewSkill),
		of("nothing, for longer", 9), of("nothing", 1),
	}
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortFunc(got, bySignal)
	for i := range want {
		if got[i].Name != want[i].Name {
			t.Errorf("number %d is %q, want %q", i, got[i].Name, want[i].Name)
		}
	}
	for i, urgency := range []Urgency{Now, Now, Now, Now, Soon, Soon, Quiet, Quiet} {
		if got[i].Urgency() != urgency {
			t.Errorf("%s stands under %s, want %s", got[i].Name, got[i].Urgency(), urgency)
		}
	}
}
