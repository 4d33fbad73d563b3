package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"meent/members"
	"meent/web"
)

// TestMatrix asks for every route that routes.go declares as everybody, for what
// is theirs, somebody else's, another cooperative's and nobody's, and compares
// each answer with a second judge: the SQL of matrix_rules_test.go, which knows
// nothing of the code. A route, parameter or relation without its line there
// fails, so a new page cannot be left out.
func TestMatrix(t *testing.T) {
	w := newWorld(t)
	lines := slices.DeleteFunc(web.Lines(), func(l web.Line) bool { return notInMatrix(l) != "" })
	slices.SortStableFunc(lines, func(a, b web.Line) int { return strings.Compare(a.Method, b.Method) }) // looking first
	cells, open := 0, map[string]int{}                                                                   // to how many
	for _, line := range slices.Concat(pick(lines, false), pick(lines, true)) {
		for _, thing := range w.things(line) {
			var may []someone // who may comes last, so that the others have something to find
			for _, who := range w.people {
				if w.judge(line, who, thing) {
					may = append(may, who)
					continue
				}
				w.compare(line, who, thing, false)
			}
			for _, who := range may {
				w.compare(line, who, thing, w.judge(line, who, thing)) // some may no more, after the one before
			}
			cells += len(w.people)
			open[line.Method+" "+line.Path] += len(may)
		}
	}
	for route, count := range open {
		if count == 0 && !slices.Contains(neverOpen(), route) {
			t.Errorf("%s was open to nobody: the world lacks what it is about", route)
		}
	}
	t.Logf("%d cells of %d routes", cells, len(lines))
}

// pick takes the routes after which something is no longer there, or the others.
func pick(lines []web.Line, ending bool) (picked []web.Line) {
	for _, l := range lines {
		if slices.Contains(endings(), l.Method+" "+l.Path) == ending {
			picked = append(picked, l)
		}
	}
	return picked
}

// thing is what a path names, and whose it is.
type thing struct {
	whose string
	ids   map[string]string // by parameter
}

func (th thing) in(path string) string {
	for name, id := range th.ids {
		path = regexp.MustCompile(`:`+name+`\b`).ReplaceAllString(path, id)
	}
	return path
}

var parameter = regexp.MustCompile(`:(\w+)`)

// things gives what the route can be asked for.
func (w *world) things(line web.Line) (things []thing) {
	names := parameter.FindAllStringSubmatch(line.Path, -1)
	if len(names) == 0 {
		return []thing{{whose: "nothing"}}
	}
	for i, whose := range []string{"one's own", "somebody else's", "another cooperative's", "nobody's"} {
		th := thing{whose: whose, ids: map[string]string{}}
		for _, name := range names {
			ids, ok := w.named(line.Path, name[1])
			if !ok {
				w.t.Fatalf("the world has no :%s of %s", name[1], line.Path)
			}
			th.ids[name[1]] = ids[i]
		}
		things = append(things, th)
	}
	return things
}

// named finds what a word means in this path, on these pages, or everywhere.
func (w *world) named(path, name string) (ids [4]string, ok bool) {
	for _, key := range []string{path + ":" + name, strings.Split(path, "/")[1] + ":" + name, name} {
		if ids, ok = w.ids[key]; ok {
			return ids, true
		}
	}
	return ids, false
}

// judge says by SQL alone whether the person may.
func (w *world) judge(line web.Line, who someone, th thing) (may bool) {
	w.t.Helper()
	if !line.All && (who.visitor() || !slices.Contains(line.Kinds, who.kind)) {
		return false
	}
	rule, ok := rules()[line.Relation]
	if !ok {
		w.t.Fatalf("no second judge knows the relation %q of %s", line.Relation, line.Path)
	}
	rules := []string{rule}
	if also, ok := alsoNeeds()[line.Method+" "+line.Path]; ok {
		rules = append(rules, also)
	}
	for _, rule := range rules {
		for name, id := range th.ids {
			rule = strings.ReplaceAll(rule, "@"+name, "'"+id+"'")
		}
		rule = strings.NewReplacer("@me", "'"+who.role+"'::uuid", "@self", "'"+who.person+"'::uuid", "@now", "'"+w.now.UTC().Format("2006-01-02 15:04:05Z")+"'::timestamptz").Replace(rule)
		// Asked once as it is, so nothing of it is prepared.
		if err := w.db.QueryRow(w.t.Context(), "SELECT coalesce(("+rule+"), false)", pgx.QueryExecModeSimpleProtocol).Scan(&may); err != nil {
			w.t.Fatalf("%s: %v\n%s", line.Relation, err, rule)
		}
		if !may {
			return false
		}
	}
	return true
}

// compare asks for the page and holds the answer against the judge.
func (w *world) compare(line web.Line, who someone, th thing, want bool) {
	w.t.Helper()
	w.redis.FlushAll() // so many forms a minute would be refused
	form := url.Values{}
	for field, value := range forms()[line.Method+" "+line.Path] {
		if value == anewID {
			value = newUUID()
		}
		form.Set(th.in(field), th.in(value))
	}
	got := who.browser.do(line.Method, th.in(line.Path), form.Encode())
	admitted := !isRefused(got) && got.status != http.StatusNotFound
	if got.status == http.StatusInternalServerError {
		w.t.Errorf("%s %s as %s, %s: %d\n%s", line.Method, line.Path, who.name, th.whose, got.status, w.log)
	}
	if admitted != want {
		w.t.Errorf("%s %s as %s, %s: the house says %v (%d %s), SQL says %v", line.Method, line.Path, who.name, th.whose, admitted, got.status, got.location, want)
	}
}

// someone is a person in one role, with a browser.
type someone struct {
	name         string
	kind         members.RoleKind
	role, person string
	browser      *browser
}

func (s someone) visitor() bool { return s.name == "a visitor" }

func (s someone) String() string { return fmt.Sprintf("%s (%s)", s.name, s.kind) }
