package ui_test

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"meent/web/ui"
)

func gallery(t *testing.T) *goquery.Document {
	t.Helper()
	var page bytes.Buffer
	frame := ui.Frame{Lang: "nl", Title: "Onderdelen", Face: "public", Words: ui.FrameWords{Brand: "Meent"},
		Nav: []ui.Link{{Text: "Begin", Path: "/"}}, Menu: &ui.Menu{Name: "Noor", Roles: []ui.RoleChoice{{ID: "1", Text: "coach"}}}}
	if err := ui.Layout(frame, ui.Gallery()).Render(t.Context(), &page); err != nil {
		t.Fatal(err)
	}
	doc, err := goquery.NewDocumentFromReader(&page)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// TestGalleryShowsEveryComponent compares the components with what the gallery
// calls.
func TestGalleryShowsEveryComponent(t *testing.T) {
	source, err := os.ReadFile("gallery.templ")
	if err != nil {
		t.Fatal(err)
	}
	components := exportedComponents(t)
	if len(components) < 25 {
		t.Fatalf("only %d components found", len(components))
	}
	for _, name := range components {
		if name != "Layout" && name != "Gallery" && !strings.Contains(string(source), "@"+name+"(") {
			t.Errorf("the gallery does not show %s", name)
		}
	}
}

func exportedComponents(t *testing.T) (names []string) {
	t.Helper()
	files, err := filepath.Glob("*_templ.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, decl := range file.Decls {
			f, ok := decl.(*ast.FuncDecl)
			if ok && f.Name.IsExported() && f.Recv == nil && f.Type.Results != nil {
				names = append(names, f.Name.Name)
			}
		}
	}
	return names
}

func TestEveryControlHasALabelAndEveryReferenceResolves(t *testing.T) {
	doc := gallery(t)
	seen := map[string]bool{}
	doc.Find("[id]").Each(func(_ int, s *goquery.Selection) {
		id := s.AttrOr("id", "")
		if seen[id] {
			t.Errorf("the id %q stands twice", id)
		}
		seen[id] = true
	})
	for _, attribute := range []string{"for", "aria-describedby", "aria-labelledby", "list", "popovertarget", "data-left"} {
		doc.Find("[" + attribute + "]").Each(func(_ int, s *goquery.Selection) {
			for _, id := range strings.Fields(s.AttrOr(attribute, "")) {
				if !seen[id] {
					t.Errorf("%s=%q leads nowhere", attribute, id)
				}
			}
		})
	}
	doc.Find("input:not([type=hidden]), select, textarea").Each(func(_ int, s *goquery.Selection) {
		if doc.Find(`label[for="`+s.AttrOr("id", "none")+`"]`).Length() != 1 {
			t.Errorf("%s has no label of its own", s.AttrOr("id", "a control"))
		}
	})
	if n := doc.Find(`[aria-invalid="true"]`).Length(); n < 1 {
		t.Error("no field in the gallery is wrong")
	}
}

func TestNothingIsInline(t *testing.T) {
	doc := gallery(t)
	if n := doc.Find("[style], style, script:not([src])").Length(); n > 0 {
		t.Errorf("%d inline styles or scripts: the policy refuses them", n)
	}
	doc.Find("*").Each(func(_ int, s *goquery.Selection) {
		for _, a := range s.Nodes[0].Attr {
			if strings.HasPrefix(a.Key, "on") {
				t.Errorf("an inline handler: %s", a.Key)
			}
		}
	})
}

// TestContrast computes WCAG 2.2's contrast (1.4.3, 1.4.11) of the tokens.
func TestContrast(t *testing.T) {
	light, dark := tokens(t)
	tests := []struct {
		text, ground string
		least        float64
	}{
		{"ink", "paper", 7}, {"ink", "card", 7}, {"soft", "paper", 4.5}, {"soft", "card", 4.5},
		{"field", "paper", 4.5}, {"field", "card", 4.5}, {"field", "field-soft", 4.5}, {"field-deep", "field-soft", 4.5},
		{"on-field", "field", 4.5}, {"on-field", "field-deep", 4.5}, {"ink", "field-soft", 7}, {"ink", "ochre-soft", 7},
		{"ochre", "ochre-soft", 4.5}, {"heather", "heather-soft", 4.5}, {"brick", "brick-soft", 4.5},
		{"brick", "paper", 4.5}, {"brick", "card", 4.5}, {"edge", "card", 3}, {"edge", "paper", 3},
	}
	for theme, colours := range map[string]map[string]string{"light": light, "dark": dark} {
		for _, tt := range tests {
			if got := contrast(t, colours[tt.text], colours[tt.ground]); got < tt.least {
				t.Errorf("%s: %s on %s is %.2f, want at least %.1f", theme, tt.text, tt.ground, got, tt.least)
			}
		}
	}
}

// tokens reads the two sets of colours out of the style sheet.
func tokens(t *testing.T) (light, dark map[string]string) {
	t.Helper()
	css, err := os.ReadFile("../static/app.css")
	if err != nil {
		t.Fatal(err)
	}
	blocks := regexp.MustCompile(`:root {([^}]*)}`).FindAllStringSubmatch(string(css), 2)
	if len(blocks) != 2 {
		t.Fatal("the style sheet has no two sets of tokens")
	}
	return colours(blocks[0][1]), colours(blocks[1][1])
}

func colours(block string) map[string]string {
	found := map[string]string{}
	for _, match := range regexp.MustCompile(`--([a-z-]+): (#[0-9A-F]{6})`).FindAllStringSubmatch(block, -1) {
		found[match[1]] = match[2]
	}
	return found
}

func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	x, y := luminance(t, a), luminance(t, b)
	return (math.Max(x, y) + .05) / (math.Min(x, y) + .05)
}

func luminance(t *testing.T, colour string) (sum float64) {
	t.Helper()
	if len(colour) != 7 {
		t.Fatalf("no colour: %q", colour)
	}
	for i, weight := range []float64{.2126, .7152, .0722} {
		n, err := strconv.ParseUint(colour[1+2*i:3+2*i], 16, 8)
		if err != nil {
			t.Fatal(err)
		}
		c := float64(n) / 255
		if c <= .04045 {
			sum += weight * c / 12.92
		} else {
			sum += weight * math.Pow((c+.055)/1.055, 2.4)
		}
	}
	return sum
}

// TestColoursStandInOnePlace: nothing but the style sheet names a colour. The
// browser's own icon, which knows no style sheet, is the exception.
func TestColoursStandInOnePlace(t *testing.T) {
	colour := regexp.MustCompile(`#[0-9a-fA-F]{6}\b|rgba?\(|hsla?\(`)
	err := filepath.WalkDir("..", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.HasSuffix(path, "_test.go") {
			return err
		}
		if name := filepath.Base(path); name == "app.css" || name == "icon.svg" {
			return nil
		}
		text, err := os.ReadFile(path)
		if at := colour.FindString(string(text)); at != "" {
			t.Errorf("%s names the colour %s", path, at)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestEveryIconHasADrawing(t *testing.T) {
	for _, icon := range ui.Icons() {
		var drawn bytes.Buffer
		if err := ui.Picture(icon).Render(t.Context(), &drawn); err != nil || !strings.Contains(drawn.String(), "<path") {
			t.Errorf("%s is drawn as %q, %v", icon, drawn.String(), err)
		}
	}
}

func TestTextIsEscaped(t *testing.T) {
	var page bytes.Buffer
	evil := `"><script>alert(1)</script>`
	if err := ui.Text(ui.Field{Name: "x", Label: evil, Value: evil, Wrong: evil}).Render(t.Context(), &page); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(page.String(), "<script") {
		t.Errorf("what was typed became a script: %s", page.String())
	}
}
