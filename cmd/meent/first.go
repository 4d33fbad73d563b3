package main

import (
	"context"

	"meent/web"
)

// firstCode lets whoever reads the log make the first cooperative in a browser,
// while there is none. The code stands in the log of this process and nowhere
// else; each copy has its own, and a new start makes it anew.
func (p *program) firstCode(ctx context.Context, s *services) (web.FirstCode, error) {
	founded, err := s.members.Founded(ctx)
	if err != nil || founded {
		return web.FirstCode{}, err
	}
	code, first := web.NewFirstCode()
	p.log.Warn("there is no cooperative yet: make the first one in a browser, with this code", "address", p.config.URL+"/first", "code", code)
	return first, nil
}
