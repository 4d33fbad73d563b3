package main

import (
	"context"
	"fmt"
	"net"

	"meent/members"
)

// all is `meent` alone: every part in one process, with demo data the first time.
func (p *program) all(ctx context.Context) error {
	listener, err := p.listen() // before anything slow: a taken port is the likeliest trouble
	if err != nil {
		return err
	}
	return p.houseOn(ctx, listener)
}

// houseOn runs the house behind this listener, and closes it.
func (p *program) houseOn(ctx context.Context, listener net.Listener) error {
	defer listener.Close()
	p.front = listener.Addr()
	return p.withServices(ctx, func(b *backends, s *services) error {
		if err := p.welcome(ctx, b, s); err != nil {
			return err
		}
		return p.runTogether(ctx, b, s, listener)
	})
}

// welcome fills an empty demo house and prints how to get in.
func (p *program) welcome(ctx context.Context, b *backends, s *services) error {
	fmt.Fprintf(p.out, "\n  Meent is at %s\n", p.config.URL)
	if !p.config.demo() {
		_, err := fmt.Fprintln(p.out)
		return err
	}
	if _, err := p.fillDemo(ctx, b, s); err != nil {
		return fmt.Errorf("demo data: %w", err)
	}
	everyone, err := s.members.Everyone(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(p.out, "  Sign in as anybody: %s/dev/people, or by mail (it lands in %s/dev/mailbox):\n", p.config.URL, p.config.URL)
	for _, kind := range members.RoleKinds() {
		printFirst(p, everyone, kind)
	}
	_, err = fmt.Fprintln(p.out)
	return err
}

func printFirst(p *program, everyone []members.PersonRole, kind members.RoleKind) {
	for _, one := range everyone {
		if one.Role.Kind == kind {
			fmt.Fprintf(p.out, "    %-12s %-36s %s, %s\n", kind, one.Email, one.Name, one.Role.CooperativeName)
			return
		}
	}
}

func (p *program) listen() (net.Listener, error) {
	listener, err := net.Listen("tcp", p.config.Addr)
	if err != nil {
		return nil, fmt.Errorf("MEENT_ADDR: cannot listen on %s: %w", p.config.Addr, reason(err))
	}
	return listener, nil
}
