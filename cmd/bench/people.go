package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync/atomic"

	"github.com/jackc/pgx/v5"
	"golang.org/x/sync/errgroup"

	"meent/internal/browse"
)

// someone is signed in, with a browser and a network of their own.
type someone struct {
	*browse.Visitor
	cooperative string
}

// town is everybody of the demo, and how many requests they made.
type town struct {
	program  *program
	clients  []someone
	members  map[string]someone // by role
	office   someone
	requests atomic.Int64
}

// RoundTrip counts.
func (t *town) RoundTrip(r *http.Request) (*http.Response, error) {
	t.requests.Add(1)
	return t.program.transport.RoundTrip(r)
}

// settle lets all members go as far as there are clients, answers what they
// were asked before, and signs everybody in.
func settle(ctx context.Context, p *program) (*town, error) {
	const ready = `
		UPDATE members.member SET reach_m = 100000;
		UPDATE matching.offer SET state = 'no', answered_at = sent_at WHERE state = 'sent';`
	if err := p.calm(ctx); err != nil {
		return nil, err
	}
	if _, err := p.db.Exec(ctx, ready); err != nil {
		return nil, err
	}
	rows, err := p.db.Query(ctx, `SELECT id::text, kind, cooperative_id::text FROM members.role WHERE kind <> 'coach' ORDER BY id`)
	if err != nil {
		return nil, err
	}
	list, err := pgx.CollectRows(rows, pgx.RowToStructByPos[role])
	if err != nil {
		return nil, err
	}
	t := &town{program: p, members: map[string]someone{}}
	return t, t.signIn(ctx, list)
}

type role struct{ ID, Kind, Cooperative string }

func (t *town) signIn(ctx context.Context, list []role) error {
	all := make([]someone, len(list))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(4)
	for i, one := range list {
		group.Go(func() (err error) {
			all[i], err = t.enter(ctx, one, i)
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	for i, one := range list {
		switch one.Kind {
		case "client":
			t.clients = append(t.clients, all[i])
		case "member":
			t.members[one.ID] = all[i]
		default:
			t.office = all[i]
		}
	}
	if len(t.clients) == 0 || len(t.members) == 0 {
		return errors.New("there is nobody in the demo")
	}
	return nil
}

// enter signs in at this machine, and from then on comes through a proxy.
func (t *town) enter(ctx context.Context, one role, number int) (someone, error) {
	v, err := browse.New(t.program.url, t)
	if err != nil {
		return someone{}, err
	}
	home, err := v.SignIn(ctx, one.ID)
	if err == nil && home.URL.Path != "/home" {
		err = fmt.Errorf("signing in led to %s, %d", home.URL.Path, home.Status)
	}
	v.Always("X-Forwarded-For", fmt.Sprintf("10.0.%d.%d", number/250, number%250+1))
	return someone{v, one.Cooperative}, err
}
