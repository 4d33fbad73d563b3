package web_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"meent/matching"
	"meent/members"
	speech "meent/web/words"
)

// TestWordsOfEveryReason: each reader reads words of what they are told, in both
// languages; a client none of any other reason.
func TestWordsOfEveryReason(t *testing.T) {
	book, err := speech.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, locale := range []members.Locale{members.Dutch, members.English} {
		say := book.In(locale)
		for _, kind := range matching.ReasonKinds() {
			for _, name := range []string{"offer.why_", "says.coach."} {
				switch kind {
				case matching.FitPoints, matching.NearPoints, matching.KnownPoints, matching.FairPoints, matching.TimeReason: // their words are read by the pages' tests
				default:
					if text := say.With(name+string(kind), map[string]any{"Name": "Anna"}); text == "" || strings.Contains(text, name) {
						t.Errorf("%s: no words for %s%s", locale, name, kind)
					}
				}
			}
		}
	}
}

// TestClientReadsWhyTheyFit: skills and time, and nothing of what else is in the record.
func TestClientReadsWhyTheyFit(t *testing.T) {
	h := newHouse(t)
	member := h.actors[members.RoleMember]
	h.must(h.members.Answer(t.Context(), member, members.Load{Physical: 4, Sensory: 4, Mental: 4}))
	id := h.asked(h.signedIn(members.RoleMember))
	_, err := h.db.Exec(t.Context(), `UPDATE matching.offer SET explanation = jsonb_set(jsonb_set(explanation, '{favourite}', 'true'), '{week}', 'true') WHERE id = $1`, id)
	h.must(err)
	forbidden := regexp.MustCompile(`(?i)zwaar|lichaam|hoofd|zintuig|verdien|punten|\bkm\b|uur werk|leert|gezond|hulp|VOG|coach|afspraak met`)
	for _, who := range []members.RoleKind{members.RoleClient, members.RoleCoordinator} {
		page := h.signedIn(who).get("/asks/" + id)
		list := strings.Join(strings.Fields(page.Find("#ask ul li").Text()), " ")
		if page.status != http.StatusOK || !strings.Contains(list, "Kan alles wat u vraagt.Kan op deze tijd komen.") {
			t.Errorf("a %s reads %q", who, page.Find("#ask").Text())
		}
		if found := forbidden.FindString(page.Find("#ask").Text()); found != "" && who == members.RoleClient {
			t.Errorf("the client reads %q: %s", found, page.Find("#ask").Text())
		}
	}
	own := strings.Join(strings.Fields(h.signedIn(members.RoleMember).get("/offers/"+id).Find("#offer").Text()), " ")
	for _, want := range []string{"Je kunt alles wat hiervoor nodig is.", "De klant vroeg naar jou.", "op een tijd dat je kunt werken"} {
		if !strings.Contains(own, want) {
			t.Errorf("the member does not read %q: %s", want, own)
		}
	}
}

// TestCoachReadsWhy: what the member lets them read, with the name.
func TestCoachReadsWhy(t *testing.T) {
	h := newHouse(t)
	path := h.coachSees()
	coach := h.signedIn(members.RoleCoach)
	page := coach.get(path)
	h.says(page, "Waarom Mens", "Mens kan alles wat hiervoor nodig is.")
	if text := page.Find("main").Text(); strings.Contains(text, "bij Mens vandaan") || strings.Contains(text, "nog geen werk") {
		t.Errorf("without leave the coach reads %s", text)
	}
	h.lets(members.ProfileScope, members.HoursScope)
	h.says(coach.get(path), "bij Mens vandaan.", "Mens had de laatste weken nog geen werk via ons.", "Je leest hier alleen wat je van Mens mag lezen.")
}
