package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"golang.org/x/sync/errgroup"

	"meent/members"
)

// playWebhooks lets the same payments be made in several cooperatives. In the
// first, each event comes once and in its order; in each other one events come
// doubled, shuffled, days late, and among forged ones. The books must be the same.
func (r *rig) playWebhooks(ctx context.Context) (v verdict, err error) {
	post, err := newPost(r)
	if err != nil {
		return v, err
	}
	r.onClose(post.server.Close)
	t, err := r.openTill(ctx, tillSize{workers: 1, coops: 1 + r.seeds, members: 10, hooks: post.url})
	if err != nil {
		return v, err
	}
	r.phase("open")
	post.till = t
	for seed := range 1 + r.seeds {
		if err := post.playOrder(ctx, seed); err != nil {
			return v, err
		}
		r.phase(fmt.Sprint("order ", seed))
	}
	if err := post.comeLate(ctx); err != nil {
		return v, err
	}
	if err := t.calmDown(ctx); err != nil {
		return v, err
	}
	return v, errors.Join(post.judge(ctx, &v), t.judge(ctx, &v))
}

// playOrder makes the payments of one cooperative, the same in each.
func (p *post) playOrder(ctx context.Context, seed int) error {
	p.mu.Lock()
	p.orders, p.random = seed == 0, rand.New(rand.NewPCG(p.rig.seed, uint64(100+seed)))
	p.mu.Unlock()
	random := rand.New(rand.NewPCG(p.rig.seed, 100)) // the same for all
	staff := p.till.staff(seed)
	var jobs []*job
	begin := p.arrived()
	for came := 0; came < p.rig.events; came = p.arrived() - begin {
		more := p.rig.payments // as many as in the first order
		if seed == 0 {
			more = (p.rig.events-came)/mostOfOne + 1
			p.rig.payments += more
		}
		for range more {
			jobs = append(jobs, p.till.newJob(random, staff[len(jobs)%len(staff)]))
		}
		if err := p.till.bringAll(ctx, jobs); err != nil {
			return err
		}
		if _, err := p.till.comeToRest(ctx, time.Now().Add(p.rig.calm)); err != nil {
			return err
		}
		if seed > 0 {
			break
		}
	}
	return nil
}

// mostOfOne is how many events one payment brings, about.
const mostOfOne = 7

func (p *post) arrived() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.came
}

// staff are the members of one cooperative, in their order.
func (t *till) staff(coop int) (list []members.Actor) {
	for _, m := range t.members {
		if m.Cooperative == t.office[coop].Cooperative {
			list = append(list, m)
		}
	}
	return list
}

// comeLate lets three days pass, and then what was kept back comes.
func (p *post) comeLate(ctx context.Context) error {
	p.rig.phase("three days later")
	if err := p.till.later(ctx, 72*time.Hour); err != nil {
		return err
	}
	p.mu.Lock()
	late := p.late
	p.late, p.orders = nil, true // what comes now comes as it does
	p.random.Shuffle(len(late), func(i, j int) { late[i], late[j] = late[j], late[i] })
	p.mu.Unlock()
	p.rig.tally["days late"] = len(late)
	var group errgroup.Group
	group.SetLimit(8)
	for _, l := range late {
		group.Go(func() error { p.until200(l); return nil })
	}
	return group.Wait()
}

func (p *post) judge(ctx context.Context, v *verdict) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	var stored int
	if err := p.rig.db.QueryRow(ctx, `SELECT count(*) FROM payments.event WHERE id LIKE 'evt_forged%'`).Scan(&stored); err != nil {
		return err
	}
	p.rig.say(v, p.forged > 0 && stored == 0 && len(p.taken) == 0, "%d forged, %d of them stored, %d not refused%s", p.forged, stored, len(p.taken), some(p.taken))
	p.rig.say(v, p.sent > p.came, "%d events came %d times", p.came, p.sent)
	sizes, err := p.till.orderSizes(ctx)
	if err != nil {
		return err
	}
	p.rig.say(v, slices.Min(sizes) >= p.rig.events, "%d orders of at least %d events, %d were asked", len(sizes), slices.Min(sizes), p.rig.events)
	var want string
	var other []string
	for seed := range 1 + p.rig.seeds {
		digest, err := p.till.digest(ctx, seed)
		if err != nil {
			return err
		}
		if seed == 0 {
			want = digest
		} else if digest != want {
			other = append(other, fmt.Sprint("order ", seed))
		}
	}
	p.rig.say(v, len(other) == 0, "%d orders of events led to other books than the true order%s", len(other), some(other))
	return nil
}

// digest is what is in a cooperative's books, under names that each has.
func (t *till) digest(ctx context.Context, coop int) (string, error) {
	const query = `
		SELECT address, sum(balance_cents)::bigint FROM payments.account WHERE cooperative_id = $1 GROUP BY address HAVING sum(balance_cents) <> 0
		UNION ALL SELECT 'bill ' || b.state || ' ' || b.client_id::text, sum(b.total_cents)::bigint FROM payments.bill b WHERE cooperative_id = $1 GROUP BY b.state, b.client_id
		UNION ALL SELECT 'payout ' || state || ' ' || member_id::text, sum(cents)::bigint FROM payments.payout WHERE cooperative_id = $1 GROUP BY state, member_id`
	rows, err := t.rig.db.Query(ctx, query, t.office[coop].Cooperative)
	if err != nil {
		return "", err
	}
	var pairs, lines []string
	for i, m := range t.staff(coop) {
		pairs = append(pairs, m.Member.String(), fmt.Sprint("member ", i))
	}
	n := 0
	for _, c := range t.clients {
		if c.Cooperative == t.office[coop].Cooperative {
			pairs = append(pairs, c.Client.String(), fmt.Sprint("client ", n))
			n++
		}
	}
	known := strings.NewReplacer(pairs...)
	var what string
	var cents int64
	_, err = pgx.ForEachRow(rows, []any{&what, &cents}, func() error {
		lines = append(lines, fmt.Sprintf("%s %d", known.Replace(what), cents))
		return nil
	})
	slices.Sort(lines)
	return fmt.Sprintf("%x", sha256.Sum256([]byte(strings.Join(lines, "\n")))), err
}
