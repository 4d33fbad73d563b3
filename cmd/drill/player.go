package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"meent/internal/browse"
)

// errLost means that an answer did not come: whoever asked looks again.
var errLost = errors.New("the answer was lost")

// someone is one person of the story, with a browser of their own.
type someone struct {
	role    string
	browser *browse.Visitor
}

func (s *story) meet(role string) (someone, error) {
	browser, err := browse.New(s.house.url, &http.Transport{DisableKeepAlives: true})
	return someone{role, browser}, err
}

// open goes to a page, and signs in first where that is asked.
func (s *story) open(ctx context.Context, who someone, path string) (*browse.Page, error) {
	get := func() (*browse.Page, error) { return who.browser.Open(ctx, path) }
	page, err := s.ask(ctx, get)
	if err != nil || !strings.HasPrefix(page.URL.Path, "/signin") {
		return page, err
	}
	if _, err := s.ask(ctx, func() (*browse.Page, error) { return who.browser.SignIn(ctx, who.role) }); err != nil {
		return nil, err
	}
	return s.ask(ctx, get)
}

// press sends a form.
func (s *story) press(ctx context.Context, who someone, f browse.Form, button string) (*browse.Page, error) {
	return s.ask(ctx, func() (*browse.Page, error) { return who.browser.Press(ctx, f, button) })
}

// ask makes one request, in which a blow may fall, and starts the program again
// when it was killed.
func (s *story) ask(ctx context.Context, request func() (*browse.Page, error)) (*browse.Page, error) {
	s.request++
	struck := make(chan error, 1)
	if b, falls := s.fate.next(s.step, s.request); falls {
		go func() { struck <- s.strike(ctx, b) }()
	} else {
		struck <- nil
	}
	page, lost := request()
	if err := errors.Join(<-struck, s.house.goOn(ctx)); err != nil {
		return nil, err
	}
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case lost != nil:
		s.rig.count("answers lost")
		return nil, errLost
	case page.Status >= http.StatusInternalServerError:
		s.broken = append(s.broken, fmt.Sprintf("%d at %s", page.Status, page.URL.Path))
		return nil, errLost
	}
	return page, nil
}
