package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
)

// chrome is the Chromium that all tests share; TestMain ends it.
var chrome struct {
	sync.Mutex
	ctx context.Context
	end context.CancelFunc
}

func TestMain(m *testing.M) {
	status := m.Run()
	if chrome.ctx != nil {
		if err := chromedp.Cancel(chrome.ctx); err != nil { // waits for its end, and removes its folder
			fmt.Fprintln(os.Stderr, "closing the browser:", err)
			status = max(status, 1)
		}
		chrome.end()
	}
	os.Exit(status)
}

// newBrowser is a browser of the test's own, without any window: it shares nothing
// with others but the process. Where no Chromium is installed the test is skipped,
// but fails in CI.
func newBrowser(t *testing.T) context.Context {
	t.Helper()
	process := theChromium(t)
	own := cdp.WithExecutor(process, chromedp.FromContext(process).Browser)
	apart, err := target.CreateBrowserContext().Do(own)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := target.DisposeBrowserContext(apart).Do(own); err != nil {
			t.Errorf("closing the browser: %v", err)
		}
	})
	window, err := target.CreateTarget("about:blank").WithBrowserContextID(apart).WithNewWindow(true).Do(own)
	if err != nil {
		t.Fatal(err)
	}
	ctx, closeWindow := chromedp.NewContext(process, chromedp.WithTargetID(window))
	t.Cleanup(closeWindow)
	chromedp.FromContext(ctx).BrowserContextID = apart // of its tabs too
	if err := chromedp.Run(ctx); err != nil {
		t.Fatal(err)
	}
	return ctx
}

// theChromium is started by the first test that needs it.
func theChromium(t *testing.T) context.Context {
	t.Helper()
	path := chromium(t)
	chrome.Lock()
	defer chrome.Unlock()
	if chrome.ctx != nil {
		return chrome.ctx
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path),
		chromedp.NoSandbox, // tests often run as root; every page is our own
		chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true),
		chromedp.Flag("accept-lang", "nl"),
		chromedp.WSURLReadTimeout(60*time.Second),
	)
	ctx, end := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, _ = chromedp.NewContext(ctx, chromedp.WithErrorf(func(string, ...any) {}))
	if err := chromedp.Run(ctx); err != nil {
		end()
		t.Fatal(err)
	}
	chrome.ctx, chrome.end = ctx, end
	return ctx
}

// newTab opens a tab without any cookies, with a deadline. Tabs share their
// cookies, so that only one visitor at a time uses the browser.
func newTab(t *testing.T, browser context.Context) context.Context {
	t.Helper()
	ctx, closeTab := chromedp.NewContext(browser)
	t.Cleanup(closeTab)
	ctx, cancel := context.WithTimeout(ctx, 300*time.Second)
	t.Cleanup(cancel)
	if err := chromedp.Run(ctx, network.ClearBrowserCookies(), emulation.SetFocusEmulationEnabled(true)); err != nil {
		t.Fatal(err)
	}
	return ctx
}

func chromium(t *testing.T) string {
	for _, name := range []string{"/usr/lib/chromium/chromium-headless-shell" /* Debian's command starts it behind a shell, which alone would be ended */, "chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "/Applications/Chromium.app/Contents/MacOS/Chromium", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	absent(t, "Chromium")
	return ""
}

// absent skips a test whose tool is missing, by name; in CI it fails.
func absent(t *testing.T, tool string) {
	t.Helper()
	if os.Getenv("CI") != "" {
		t.Fatalf("%s is missing, and CI says that it must be there", tool)
	}
	t.Skipf("%s is missing: `make test` installs it", tool)
}
