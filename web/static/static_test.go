package static_test

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"meent/web/static"
)

func files(t *testing.T) *static.Files {
	t.Helper()
	f, err := static.New()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func ask(f *static.Files, path string) *httptest.ResponseRecorder {
	answer := httptest.NewRecorder()
	f.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, path, nil))
	return answer
}

func TestHashedAddressIsKeptForGood(t *testing.T) {
	f := files(t)
	for name, kind := range map[string]string{"app.css": "text/css; charset=utf-8", "js/app.js": "text/javascript; charset=utf-8", "icon.svg": "image/svg+xml"} {
		answer := ask(f, f.URL(name))
		if answer.Code != http.StatusOK || answer.Header().Get("Content-Type") != kind {
			t.Errorf("%s gave %d, %s", name, answer.Code, answer.Header().Get("Content-Type"))
		}
		if !strings.Contains(answer.Header().Get("Cache-Control"), "immutable") {
			t.Errorf("%s may not be kept: %s", name, answer.Header().Get("Cache-Control"))
		}
	}
}

func TestNoOtherAddressAnswers(t *testing.T) {
	f := files(t)
	for _, path := range []string{"/static/app.css", "/static/", "/static/../static.go", "/static/static.go", "/static/app.000000000000.css"} {
		if answer := ask(f, path); answer.Code != http.StatusNotFound {
			t.Errorf("%s gave %d", path, answer.Code)
		}
	}
}

func TestModulesImportHashedAddressesThatExist(t *testing.T) {
	f := files(t)
	content := ask(f, f.URL("js/app.js")).Body.Bytes()
	imports := regexp.MustCompile(`from "([^"]+)"`).FindAllSubmatch(content, -1)
	if len(imports) < 3 || bytes.Contains(content, []byte(`"./`)) {
		t.Fatalf("app.js imports %q", imports)
	}
	for _, one := range imports {
		if answer := ask(f, string(one[1])); answer.Code != http.StatusOK {
			t.Errorf("app.js imports %s, which gives %d", one[1], answer.Code)
		}
	}
}

// TestScriptsStaySmall: every page works without them, so they stay few. What a
// phone needs to work without internet is counted by itself.
func TestScriptsStaySmall(t *testing.T) {
	names, err := filepath.Glob("js/*.js")
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	lines, offline := 0, 0
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		switch n := bytes.Count(text, []byte("\n")); filepath.Base(name) {
		case "offline.js", "sw.js":
			offline += n
		default:
			lines += n
		}
	}
	if lines > 240 || offline > 180 {
		t.Errorf("%d lines of script and %d for no internet, want at most 240 and 180", lines, offline)
	}
}
