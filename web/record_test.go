package web_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/jobs"
	"meent/members"
)

// provenWork lets the member work, both agree, a coach see a skill, and another
// skill stay the member's own word.
func (h *house) provenWork() jobs.EngagementID {
	h.t.Helper()
	ctx, m, client := h.t.Context(), h.actors[members.RoleMember], h.actors[members.RoleClient]
	e := h.engaged()
	h.now = h.now.Add(48 * time.Hour)
	h.must(h.jobs.ProposeHours(ctx, m, e, jobs.Hours{Worked: 3 * time.Hour}))
	h.must(h.jobs.AgreeHours(ctx, client, e))
	h.do(`INSERT INTO members.member_skill (cooperative_id, member_id, skill_code, level) VALUES ($1, $2, 'mopping', 'can teach')`, m.Cooperative, m.Member)
	h.must(pgx.BeginFunc(ctx, h.db, func(tx pgx.Tx) error {
		_, err := h.members.ConfirmSkillTx(ctx, tx, h.actors[members.RoleCoach], m.Member, "window-cleaning")
		return err
	}))
	return e
}

// paper reads a PDF as programs do, where one is there that can.
func (h *house) paper(got answer) string {
	h.t.Helper()
	if got.status != http.StatusOK || got.header.Get("Content-Type") != "application/pdf" || got.header.Get("Cache-Control") != "no-store" || !strings.HasPrefix(got.body, "%PDF-") {
		h.t.Fatalf("the file came as %d %v", got.status, got.header)
	}
	tool, err := exec.LookPath("pdftotext")
	if err != nil && os.Getenv("CI") != "" {
		h.t.Fatal("pdftotext is missing where it must be there")
	}
	if err != nil {
		h.t.Skip("pdftotext is missing: `make test` installs it")
	}
	file := filepath.Join(h.t.TempDir(), "one.pdf")
	h.must(os.WriteFile(file, []byte(got.body), 0o600))
	if keep := os.Getenv("MEENT_KEEP_PDF"); keep != "" {
		h.must(os.WriteFile(keep+"-"+h.t.Name()+".pdf", []byte(got.body), 0o600))
	}
	out, err := exec.CommandContext(h.t.Context(), tool, "-layout", file, "-").Output()
	h.must(err)
	return string(out)
}

func (h *house) reads(text string, wants ...string) {
	h.t.Helper()
	text = plain(text)
	for _, want := range wants {
		if !strings.Contains(text, want) {
			h.t.Errorf("it does not say %q:\n%s", want, text)
		}
	}
}

// plain is a text with spaces that may break.
func plain(text string) string {
	return strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(text)
}

func (h *house) keepsQuiet(text string, secrets ...string) {
	h.t.Helper()
	for _, secret := range secrets {
		if strings.Contains(text, secret) {
			h.t.Errorf("it says %q:\n%s", secret, text)
		}
	}
}

// TestRecordOnPaper: in one tap, in the member's language, without pay, names of
// those who saw, or the name of a client that did not say yes.
func TestRecordOnPaper(t *testing.T) {
	h := newHouse(t)
	h.provenWork()
	member, client := h.signedIn(members.RoleMember), h.signedIn(members.RoleClient)
	page := member.get("/record")
	if page.Find(`form[action="/record"] button[formaction="/record/pdf"]`).Length() != 1 || page.Find(`button[formaction="/record/json"]`).Length() != 1 {
		t.Fatalf("the page gave %d %s", page.status, page.Find("main").Text())
	}
	h.reads(page.Find("main").Text(), "Nog niet ondertekend", "Schoonmaken", "Ramen lappen", "een coach", "Organisatie")
	text := h.paper(member.get("/record/pdf"))
	h.reads(text, "Getuigschrift", "Mens member", "Waalkracht", "Nog niet ondertekend", "Keren gewerkt: 1. Samen: 3 uur.", "Schoonmaken", "Organisatie", "Ramen lappen", "kan het", "een coach",
		"bladzijde 1 van", "niets over gezondheid, uitkering of loon")
	h.keepsQuiet(text, "De Linde", "Mens coach", "Mens client", "€", "16,00", "Vloeren dweilen", "van 0")
	text = h.paper(member.get("/record/pdf?period=months&own=yes"))
	h.reads(text, "Wat Mens member zelf zegt", "Niet gecontroleerd", "Vloeren dweilen", "kan het anderen leren")
	h.expect(client.post("/client/record", "named", "yes"), http.StatusSeeOther)
	h.reads(h.paper(member.get("/record/pdf")), "De Linde waal")
	h.expect(client.post("/client/record"), http.StatusSeeOther)
	h.keepsQuiet(h.paper(member.get("/record/pdf")), "De Linde")
	text = h.paper(member.get("/record/pdf?period=last"))
	h.reads(text, "In deze tijd is er geen werk", "1 januari 2025 tot en met 31 december 2025")
	h.expect(member.post("/language", "locale", "en", "lang", "en", "language", "en"), http.StatusSeeOther)
	h.do(`UPDATE members.person SET locale = 'en' WHERE id = $1`, h.actors[members.RoleMember].Person)
	h.reads(h.paper(member.get("/record/pdf?own=yes")), "Work record", "Not signed yet", "Times worked: 1. Together: 3 h.", "Cleaning", "Not checked", "page 1 of")
	if got := client.get("/client/record"); got.Find(`input[name=named][checked]`).Length() != 0 {
		t.Error("the box is ticked where the client said no")
	}
}

// fileKeys is the form of the file, version 1: each key, and what its value is.
// Nothing may stand in the file that is not here; a key that is here stays.
func fileKeys() map[string]string {
	return map[string]string{
		"schema": "text", "version": "number", "made_on": "day", "signed": "bool", "holder.name": "text", "issuer.name": "text",
		"period.from": "day or null", "period.until": "day", "period.first_work": "day or null", "period.last_work": "day or null",
		"work.pieces": "number", "work.minutes": "number", "trial_placements.pieces": "number", "trial_placements.minutes": "number",
		"kinds_of_work[].code": "text", "kinds_of_work[].nl": "text", "kinds_of_work[].en": "text", "kinds_of_work[].pieces": "number", "kinds_of_work[].minutes": "number",
		"clients[].kind": "text", "clients[].count": "number", "clients[].names[]": "text", "clients[].pieces": "number", "clients[].minutes": "number",
		"skills[].code": "text", "skills[].nl": "text", "skills[].en": "text", "skills[].level": "text", "skills[].seen_by[].kind": "text", "skills[].seen_by[].on": "day",
		"feedback[].sentence": "text", "feedback[].client_kind": "text", "feedback[].on": "day",
		"own_claims": "null", "own_claims.checked": "bool",
		"own_claims.skills[].code": "text", "own_claims.skills[].nl": "text", "own_claims.skills[].en": "text", "own_claims.skills[].level": "text",
	}
}

// leaves lists what stands where in a file.
func leaves(into map[string][]any, path string, value any) {
	switch v := value.(type) {
	case map[string]any:
		for key, below := range v {
			leaves(into, strings.TrimPrefix(path+"."+key, "."), below)
		}
	case []any:
		for _, below := range v {
			leaves(into, path+"[]", below)
		}
	default:
		into[path] = append(into[path], v)
	}
}

func isKind(value any, kind string) bool {
	day := regexp.MustCompile(`^\d{4}-\d{2}-\d{2}$`)
	switch v := value.(type) {
	case nil:
		return strings.HasSuffix(kind, "null")
	case bool:
		return kind == "bool"
	case string:
		return kind == "text" || strings.HasPrefix(kind, "day") && day.MatchString(v)
	case json.Number:
		_, err := v.Int64()
		return kind == "number" && err == nil
	default:
		return false
	}
}

// TestRecordForPrograms holds the file against its form, with and without work.
func TestRecordForPrograms(t *testing.T) {
	h := newHouse(t)
	member := h.signedIn(members.RoleMember)
	read := func(query string) map[string][]any {
		t.Helper()
		got := member.get("/record/json" + query)
		if got.status != http.StatusOK || got.header.Get("Content-Type") != "application/json" || got.header.Get("Cache-Control") != "no-store" ||
			!regexp.MustCompile(`^attachment; filename="getuigschrift-\d{4}-\d{2}-\d{2}\.json"$`).MatchString(got.header.Get("Content-Disposition")) {
			t.Fatalf("the file came as %d %v", got.status, got.header)
		}
		if found := regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-`).FindString(got.body); found != "" {
			t.Errorf("an id stands in the file: %s", found)
		}
		var file any
		decoder := json.NewDecoder(strings.NewReader(got.body))
		decoder.UseNumber()
		h.must(decoder.Decode(&file))
		found := map[string][]any{}
		leaves(found, "", file)
		for key, values := range found {
			for _, value := range values {
				if !isKind(value, fileKeys()[key]) {
					t.Errorf("%s%s: %v is not %q", query, key, value, fileKeys()[key])
				}
			}
		}
		return found
	}
	empty := read("")
	for _, key := range []string{"schema", "version", "made_on", "signed", "holder.name", "issuer.name", "work.pieces", "own_claims"} {
		if len(empty[key]) != 1 {
			t.Errorf("without work the file has no %s", key)
		}
	}
	h.provenWork()
	h.expect(h.signedIn(members.RoleClient).post("/client/record", "named", "yes"), http.StatusSeeOther)
	member = h.signedIn(members.RoleMember) // a code of now
	full := read("?own=yes")
	for key := range fileKeys() {
		if _, is := full[key]; !is && key != "own_claims" && !strings.HasPrefix(key, "feedback") {
			t.Errorf("the file has no %s", key)
		}
	}
	for key, want := range map[string]string{"schema": "meent.record", "version": "1", "signed": "false", "work.minutes": "180", "clients[].names[]": "De Linde waal", "skills[].code": "window-cleaning",
		"skills[].seen_by[].kind": "coach", "own_claims.checked": "false", "own_claims.skills[].code": "mopping", "own_claims.skills[].level": "can_teach"} {
		if got := full[key]; len(got) != 1 || !slices.Equal([]string{want}, []string{toText(got[0])}) {
			t.Errorf("%s is %v, want %s", key, got, want)
		}
	}
}

func toText(v any) string { return fmt.Sprint(v) }

// TestRecordTakesAnyChoice: what is none of the choices is the first of them.
func TestRecordTakesAnyChoice(t *testing.T) {
	h := newHouse(t)
	member := h.signedIn(members.RoleMember)
	for _, query := range []string{"?period=", "?period=x", "?period=%ff", "?own=no", "?period=this&own=yes"} {
		h.expect(member.get("/record"+query), http.StatusOK)
	}
	if member.get("/profile").Find(`a[href="/record"]`).Length() != 1 {
		t.Error("the profile does not lead to the record")
	}
}

// TestRecordShowsWhatTheMemberChose, and nothing else that clients said: on the
// page, on paper and for programs.
func TestRecordShowsWhatTheMemberChose(t *testing.T) {
	h := newHouse(t)
	e := h.provenWork()
	const said = "Wat een doorzetter."
	h.must(h.jobs.GiveFeedback(t.Context(), h.actors[members.RoleClient], e, jobs.NewFeedback{Sentence: said}))
	b := h.signedIn(members.RoleMember)
	h.keepsQuiet(b.get("/record").body, said)
	h.keepsQuiet(b.get("/record/json").body, said)
	h.must(h.jobs.ChooseFeedback(t.Context(), h.actors[members.RoleMember], e, true))
	h.reads(b.get("/record").body, said)
	var file struct {
		Feedback []struct {
			Sentence string `json:"sentence"`
			By       string `json:"client_kind"`
			On       string `json:"on"`
		} `json:"feedback"`
	}
	h.must(json.Unmarshal([]byte(b.get("/record/json").body), &file))
	if len(file.Feedback) != 1 || file.Feedback[0].Sentence != said || file.Feedback[0].By == "" || file.Feedback[0].On == "" {
		t.Errorf("programs read %+v", file.Feedback)
	}
	h.reads(h.paper(b.get("/record/pdf")), said)
}
