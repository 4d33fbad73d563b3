package words

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/pelletier/go-toml/v2"

	"meent/internal/retention"
	"meent/web/locales"
)

// texts reads a file as key → sentences; a counted key has several.
func texts(t *testing.T, name string) map[string][]string {
	t.Helper()
	var tree map[string]any
	data, err := locales.Files.ReadFile(name)
	if err == nil {
		err = toml.Unmarshal(data, &tree)
	}
	if err != nil {
		t.Fatal(err)
	}
	flat := map[string][]string{}
	flatten(flat, "", tree)
	return flat
}

func flatten(into map[string][]string, prefix string, tree map[string]any) {
	for key, value := range tree {
		switch v := value.(type) {
		case string:
			if key == "one" || key == "other" {
				into[prefix] = append(into[prefix], v)
			} else {
				into[join(prefix, key)] = []string{v}
			}
		case map[string]any:
			flatten(into, join(prefix, key), v)
		}
	}
}

func join(prefix, key string) string {
	if prefix == "" {
		return key
	}
	return prefix + "." + key
}

func sorted(texts map[string][]string) (keys []string) {
	for key := range texts {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

func TestBothLanguagesHaveTheSameKeysAndPlaceholders(t *testing.T) {
	dutch, english := texts(t, "nl.toml"), texts(t, "en.toml")
	if diff := cmp.Diff(sorted(dutch), sorted(english)); diff != "" {
		t.Fatalf("keys (-nl +en):\n%s", diff)
	}
	for key, sentences := range dutch {
		if diff := cmp.Diff(placeholders(sentences), placeholders(english[key])); diff != "" {
			t.Errorf("%s: placeholders (-nl +en):\n%s", key, diff)
		}
		if len(sentences) != len(english[key]) {
			t.Errorf("%s is counted in one language only", key)
		}
	}
}

func placeholders(sentences []string) []string {
	found := regexp.MustCompile(`{{\.(\w+)}}`).FindAllString(strings.Join(sentences, " "), -1)
	slices.Sort(found)
	return slices.Compact(found)
}

// TestSentencesAreEasy holds level B1 as far as a program can: at most fifteen
// words, no exclamation mark, no abbreviation.
func TestSentencesAreEasy(t *testing.T) {
	abbreviation := regexp.MustCompile(`(?i)\b(d\.w\.z|o\.a|bijv|evt|i\.v\.m|m\.b\.t|t\.a\.v|e\.g|i\.e|etc)\.`)
	for _, name := range []string{"nl.toml", "en.toml"} {
		for key, forms := range texts(t, name) {
			for _, text := range forms {
				if strings.Contains(text, "!") || abbreviation.MatchString(text) {
					t.Errorf("%s: %s: an exclamation mark or an abbreviation: %q", name, key, text)
				}
				for _, sentence := range regexp.MustCompile(`[.?:]\s`).Split(text, -1) {
					if n := len(strings.Fields(sentence)); n > 15 {
						t.Errorf("%s: %s: %d words: %q", name, key, n, sentence)
					}
				}
			}
		}
	}
}

// computed lists the keys that code puts together, by their beginning.
func computed() []string {
	return []string{
		"gigasks.required_", "gigasks.level_", "gigdutch.", "gigform.hint_", "gighas.", "gigload_", "unpaid_", "workstep.", "admission.self", "admission.partner", "profile.certificate.",
		"fairness.head.", "fairness.by.", "fairness.together_", "algorithm.", "dpia.",
		"rule.", "why.do.", "why.lead.", "why.outcome.", "why.none_text.", "mail.why_lead.", "matching.group.",
		"problem.", "error.", "role.", "nav.", "state.", "travel.", "load.", "client.", "dev.role_", "newgig.tab.", "newgig.text.", "changed.lead.", "tasks.kind.",
		"tasks.lane.", "tasks.problem.", "tasks.act.", "back.", "mail.back.", "bill.state.", "bill.lead_", "bill.list_", "bill.line.", "pay.stage.", "pay.lead.", "hours.state_", "hours.lead_",
		"offer.state.", "offer.lead.", "offer.reason.", "offer.point.", "offer.why_", "says.coach.", "mail.offer_subject.", "contacts.kind.", "audit.what.", "profile.q.", "profile.level.",
		"profile.group.", "profile.says.", "profile.load", "profile.support.", "profile.speaks.", "profile.channel.", "sharing.own.", "sharing.hint.", "sharing.yours.",
		"sharing.part.", "timeline.kind.", "rails.kind.", "rails.hint.", "rails.says.", "rails.state.", "mail.rail.", "shown.state.", "shown.level.", "signal.why.",
		"signal.name.", "signal.act.", "signal.urgency.", "audit.role.", "workform.", "figures.kind.", "moneyboard.", "difference.about.", "difference.kind.", "paystop.cause.", "paystop.why.", "ask.state.", "ask.lead.", "ask.not.", "whynot.do.", "matching.kind.", "matching.how.", "matching.example.", "ask.why.", "ask.told.",
		"ask.decide.", "ask.decide_lead.", "clients.state.", "people.duty.", "people.duty_hint.", "review.state.", "review.outcome.", "mail.review_lead.", "mail.shift_lead.",
		"question.page.", "unsafe.kind.", "owndata.part.", "owndata.table.", "owndata.why.", "owndata.column.", "erase.hold.", "device.browser_", "device.system_",
		"lost.kind_", "staff.is.", "staff.hint.", "mail.staff.", "mail.changed.", "membership.", "import.columns.", "import.field.", "import.rows_", "invitations.state.",
		"invitations.made_", "mail.membership.", "mail.membership_more.", "statement.state.", "statement.scope_of.", "statement.head.", "statement.goal_of.",
		"statement.help_of.", "statement.occasion_of.", "statement.score.", "statement.csv.", "statement.row.", "satisfaction.ask_", "satisfaction.words.",
		"satisfaction.free.", "goal.state.", "goal.judge.", "ladder.step.", "ladder.means.", "ladder.hint.", "ladder.occasion.", "score.answer.", "progress.chart.",
		"progress.count.", "caseloads.by.", "handover.state.", "handover.mine.", "handover.why.", "handover.tick.", "handover.said_", "mail.handover.", "mail.handover_told.",
		"series.every_", "series.nth_", "meeting.travel_", "meeting.goes_", "workday.learns_", "workday.read_", "asks.member.", "asks.coach.", "kept.what.", "kept.from.",
		"kept.why.", "kept.law.", "kept.area.", "planning.state.", "planning.offers.", "worktime.rule.", "worktime.text.", "worktime.is.", "worktime.effect.",
		"worktime.warned.", "off.person.", "off.cancel_title.", "off.cancel_lead.", "mail.off_lead.", "mail.off_last.", "mail.over_client.", "record.period_of.",
		"record.level.", "record.head.", "record.by_", "social.head.", "social.csv.", "social.row.", "waits.", "hours.silent_", "hours.step.", "hours.why_", "clock.said_",
		"clock.noted_", "dispute.side.", "dispute.link_", "dispute.lead_", "dispute.how_much_", "dispute.why_", "mail.sheet_lead.", "after.member.", "after.client.",
		"stopped.", "forclient.", "feedback.member.", "feedback.client.", "feedback.list_", "feedback.answer_of.", "feedback.skill.", "feedback.aspect.", "feedback.place.", "refusal.list.",
		"refusal.list_lead.", "refusal.none.", "refusal.none_text.", "refusal.code.", "refusal.ended.", "favourite.member.", "favourite.client.", "favourite.state.",
		"paybank.state.", "paybank.lead.", "paybank.need.", "limits.state.", "limits.of.", "held.why.", "manual.account.", "manual.state.", "job.list.", "job.list_lead.", "job.none_text.", "job.means.", "job.advice.", "job.advised_as.", "job.say_yes.", "job.say_no.", "job.state.", "mail.after.",
		"claim.did_", "settle.way.", "settle.way_hint.", "settle.why.", "settle.line.", "settle.member.", "settle.state.", "settle.done_", "deposit.why.", "deposit.title.", "deposit.rest.", "deposit.state.", "payof.step.", "payof.coming.", "advance.state.", "advance.stop.", "advances.state.", "advances.doubt.", "prepay.who.",
	}
}

// TestKeysAndCodeFit: every key in the code exists, and every key that exists
// is in the code.
func TestKeysAndCodeFit(t *testing.T) {
	used := usedKeys(t)
	if len(used) < 100 {
		t.Fatalf("only %d keys found in the code: the search is broken", len(used))
	}
	have := texts(t, "nl.toml")
	for key := range used {
		if _, ok := have[key]; !ok {
			t.Errorf("the code says %q, which has no text", key)
		}
	}
	for key := range have {
		isComputed := slices.ContainsFunc(computed(), func(prefix string) bool { return strings.HasPrefix(key, prefix) })
		if !used[key] && !isComputed {
			t.Errorf("%q has a text that nothing says", key)
		}
	}
}

// usedKeys finds every text in the code that looks like a key of ours.
func usedKeys(t *testing.T) map[string]bool {
	t.Helper()
	tops := map[string]bool{}
	for key := range texts(t, "nl.toml") {
		top, _, _ := strings.Cut(key, ".")
		tops[top] = true
	}
	literal := regexp.MustCompile(`"([a-z]+)\.([a-z_]+(?:\.[a-z_]+)*)"`)
	used := map[string]bool{}
	err := filepath.WalkDir("..", func(path string, entry fs.DirEntry, err error) error {
		source := strings.HasSuffix(path, ".templ") || strings.HasSuffix(path, ".go")
		if err != nil || !source || strings.HasSuffix(path, "_templ.go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		text, err := os.ReadFile(path)
		for _, match := range literal.FindAllStringSubmatch(string(text), -1) {
			key := match[1] + "." + match[2]
			if tops[match[1]] && !isFile(key) && !isFailure(key) && !strings.HasSuffix(key, "_") {
				used[key] = true
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return used
}

func isFile(text string) bool {
	return strings.HasSuffix(text, ".toml") || strings.HasSuffix(text, ".svg")
}

// isFailure tells the beginnings in the table of errors.go, which get an ending.
func isFailure(key string) bool {
	return strings.HasPrefix(key, "error.") && key != "error.home" && key != "error.number"
}

// TestEveryProblemAndFailureHasText covers what computed keys are made of.
func TestEveryProblemAndFailureHasText(t *testing.T) {
	have := texts(t, "nl.toml")
	rule := regexp.MustCompile(`(?:Rule: |Add\([^,]+, |rule := )"([a-z_]+)"`)
	failure := regexp.MustCompile(`"(error\.[a-z_]+)"`)
	found := 0
	for _, folder := range []string{"..", "../../members", "../../jobs", "../../internal/check"} {
		files, err := filepath.Glob(folder + "/*.go")
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range files {
			if strings.HasSuffix(name, "_test.go") || strings.HasSuffix(name, "_templ.go") {
				continue
			}
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			for _, match := range rule.FindAllStringSubmatch(string(text), -1) {
				found++
				if _, ok := have["problem."+match[1]]; !ok && match[1] != "taken" { // of `meent coop create` alone
					t.Errorf("%s: the rule %q has no text", name, match[1])
				}
			}
			for _, match := range failure.FindAllStringSubmatch(string(text), -1) {
				for _, part := range []string{".title", ".what", ".now"} {
					if _, ok := have[match[1]+part]; !ok && isFailure(match[1]) {
						t.Errorf("%s: %s%s has no text", name, match[1], part)
					}
				}
			}
		}
	}
	if found < 10 {
		t.Errorf("only %d rules found: the search is broken", found)
	}
}

// TestEveryRuleHasWords: what is kept is told in full, and nothing more than that.
func TestEveryRuleHasWords(t *testing.T) {
	have, said := texts(t, "nl.toml"), map[string]bool{}
	for _, r := range retention.Rules() {
		for _, key := range []string{"what." + string(r.Name), "from." + string(r.From), "why." + string(r.Why), "law." + string(r.Law), "area." + string(r.Area)} {
			said["kept."+key] = true
			if _, ok := have["kept."+key]; !ok && !strings.HasSuffix(key, ".") {
				t.Errorf("%s: kept.%s has no text", r.Name, key)
			}
		}
	}
	for key := range have {
		if parts := strings.Split(key, "."); parts[0] == "kept" && len(parts) == 3 && !said[key] {
			t.Errorf("%s has a text, and no rule", key)
		}
	}
}

// TestEveryKindOfTaskHasName: a coordinator reads what stopped in plain words.
func TestEveryKindOfTaskHasName(t *testing.T) {
	have := texts(t, "nl.toml")
	kind := regexp.MustCompile(`\) Kind\(\) string\s*{ return "([^"]+)" }`)
	found := 0
	for _, folder := range []string{"members", "members/*", "payments", "payments/*", "jobs", "jobs/*", "matching", "matching/*"} {
		files, err := filepath.Glob("../../" + folder + "/*.go")
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range files {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			for _, match := range kind.FindAllStringSubmatch(string(text), -1) {
				found++
				if _, ok := have["tasks.kind."+strings.ReplaceAll(match[1], ".", "_")]; !ok && !strings.HasSuffix(name, "_test.go") {
					t.Errorf("%s: the kind %q has no name", name, match[1])
				}
			}
		}
	}
	if found < 3 {
		t.Errorf("only %d kinds found: the search is broken", found)
	}
}
