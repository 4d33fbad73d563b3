package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"meent/members"
)

// axePages lists the pages that each of the four people can reach, "" for a
// visitor. TestAxeCoversEveryPage holds it against the routes.
func axePages() map[members.RoleKind][]string {
	common := []string{"/home", "/account"}
	return map[members.RoleKind][]string{
		"":                      {"/", "/signin", "/signin/sent", "/signin/link/none", "/nowhere", "/dev/people", "/dev/mailbox", "/dev/components"},
		members.RoleMember:      append(common, "/gigs", "/profile", "/caseload"),
		members.RoleClient:      append(common, "/gigs"),
		members.RoleCoach:       append(common, "/gigs", "/caseload"),
		members.RoleCoordinator: append(common, "/gigs", "/members", "/clients"),
	}
}

// TestAxe looks at every page in both themes, on a phone and a desktop, and
// finds nothing against WCAG 2.2 A and AA, nor anything wider than the screen.
func TestAxe(t *testing.T) {
	script := readAxe(t)
	house := newTestHouse(t)
	browser := newBrowser(t)
	for kind, paths := range axePages() {
		t.Run("as "+string(kind), func(t *testing.T) {
			v := &visitor{t: t, ctx: newTab(t, browser), house: house}
			v.run(addScript(script))
			if kind != "" {
				v.signIn(house.someone(t, kind), "code")
			}
			for _, path := range paths {
				v.lookAt(path)
			}
		})
	}
}

func addScript(source string) chromedp.Action {
	return chromedp.ActionFunc(func(ctx context.Context) error {
		_, err := page.AddScriptToEvaluateOnNewDocument(source).Do(ctx)
		return err
	})
}

func (v *visitor) lookAt(path string) {
	v.t.Helper()
	for _, theme := range []string{"light", "dark"} {
		for _, width := range []int64{390, 1280} {
			v.run(
				emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: theme}}),
				chromedp.EmulateViewport(width, 900),
				chromedp.Navigate(v.house.config.URL+path),
			)
			where := fmt.Sprintf("%s, %s, %d px", path, theme, width)
			v.picture(where)
			v.noFindings(where)
			v.fits(where)
		}
	}
}

const runAxe = `axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]})
	.then(r => JSON.stringify(r.violations.map(v => ({id: v.id, help: v.help, nodes: v.nodes.map(n => n.html).slice(0, 3)}))))`

func awaitPromise(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }

func (v *visitor) noFindings(where string) {
	v.t.Helper()
	var found string
	v.run(chromedp.Evaluate(runAxe, &found, awaitPromise))
	var violations []struct {
		ID, Help string
		Nodes    []string
	}
	if err := json.Unmarshal([]byte(found), &violations); err != nil {
		v.t.Fatalf("%s: axe gave %q", where, found)
	}
	for _, one := range violations {
		v.t.Errorf("%s: %s (%s)\n%s", where, one.Help, one.ID, strings.Join(one.Nodes, "\n"))
	}
}

func (v *visitor) fits(where string) {
	v.t.Helper()
	var wide bool
	v.run(chromedp.Evaluate(`document.documentElement.scrollWidth > document.documentElement.clientWidth`, &wide))
	if wide {
		v.t.Errorf("%s: the page is wider than the screen", where)
	}
}

// picture keeps a screenshot where MEENT_PICTURES names a folder.
func (v *visitor) picture(where string) {
	folder := os.Getenv("MEENT_PICTURES")
	if folder == "" {
		return
	}
	var png []byte
	v.run(chromedp.FullScreenshot(&png, 100))
	name := strings.NewReplacer("/", "_", ", ", "-", " ", "").Replace(v.t.Name() + "-" + where)
	if err := os.WriteFile(filepath.Join(folder, name+".png"), png, 0o644); err != nil {
		v.t.Fatal(err)
	}
}

func readAxe(t *testing.T) string {
	t.Helper()
	path := os.Getenv("MEENT_AXE")
	if path == "" {
		found, _ := filepath.Glob("../../.cache/axe/node_modules/axe-core/axe.min.js")
		if len(found) == 0 {
			absent(t, "axe-core")
		}
		path = found[0]
	}
	script, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(script)
}
