package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/internal/tasks"
	"meent/internal/vault"
	"meent/members"
	"meent/payments"
	"meent/payments/stripegateway"
)

// openOffice joins the domain in this process, as one more client of both
// databases, and fills the cooperatives.
func (t *till) openOffice(ctx context.Context, size tillSize) error {
	t.queue = tasks.New(t.rig.db, tasks.Config{Now: t.now, Mute: muted()})
	keys, err := vault.ParseKeys(tillVault)
	if err != nil {
		return err
	}
	t.people = members.New(t.rig.db, t.queue, t.now, nil, members.Keyring(keys...))
	t.payments = payments.New(t.rig.db, t.queue, t.people, stripegateway.New(stripegateway.Config{Key: tillKey, URL: t.sim, Now: t.now}), t.now, nil)
	for i := range size.coops {
		if err := t.found(ctx, i, size.members); err != nil {
			return err
		}
	}
	const policy = `
		INSERT INTO payments.policy (cooperative_id, four_eyes_cents, payout_cents, hour_cents, member_day_cents, advance_cents, refund_hour_cents)
		SELECT id, 50000, 100000000, 1000000000000, 1000000000000, 1000000, 1000000000000 FROM members.cooperative`
	_, err = t.rig.db.Exec(ctx, policy) // the breakers are tried elsewhere
	return err
}

// found makes a cooperative with a coordinator, its members and a client for
// every four of them.
func (t *till) found(ctx context.Context, i, many int) error {
	name := func(kind string, n int) members.NewPerson {
		return members.NewPerson{Name: kind, Email: fmt.Sprintf("%s-%d-%d@meent.example", kind, i, n), Locale: members.Dutch}
	}
	coop, err := t.people.Found(ctx, members.NewCooperative{Name: fmt.Sprint("Oefening ", i+1), Coordinator: name("noor", 0)})
	if err != nil {
		return err
	}
	office, err := t.actor(ctx, name("noor", 0))
	if err != nil {
		return err
	}
	t.office = append(t.office, office)
	if err := t.joinOffice(ctx, coop.ID, name("truus", 0)); err != nil {
		return err
	}
	for range many {
		if _, err := t.newMember(ctx, coop.ID); err != nil {
			return err
		}
	}
	for n := range max(1, many/4) {
		err := pgx.BeginFunc(ctx, t.rig.db, func(tx pgx.Tx) error {
			client, err := t.people.AddClientTx(ctx, tx, members.NewClient{Cooperative: coop.ID, Name: "Piet", Kind: members.Organisation, PlaceCode: "nijmegen"})
			if err != nil {
				return err
			}
			who, err := t.people.EnsurePersonTx(ctx, tx, name("piet", n))
			if err != nil {
				return err
			}
			_, err = t.people.AddRoleTx(ctx, tx, members.NewRole{Person: who, Cooperative: coop.ID, Kind: members.RoleClient, Client: client})
			return err
		})
		if err != nil {
			return err
		}
		client, err := t.actor(ctx, name("piet", n))
		if err != nil {
			return err
		}
		t.clients = append(t.clients, client)
	}
	return nil
}

// joinOffice adds the second of two people.
func (t *till) joinOffice(ctx context.Context, coop id.Cooperative, p members.NewPerson) error {
	err := pgx.BeginFunc(ctx, t.rig.db, func(tx pgx.Tx) error {
		who, err := t.people.EnsurePersonTx(ctx, tx, p)
		if err != nil {
			return err
		}
		_, err = t.people.AddRoleTx(ctx, tx, members.NewRole{Person: who, Cooperative: coop, Kind: members.RoleCoordinator})
		return err
	})
	if err != nil {
		return err
	}
	second, err := t.actor(ctx, p)
	t.second = append(t.second, second)
	return err
}

// newMember is somebody who was never paid.
func (t *till) newMember(ctx context.Context, coop id.Cooperative) (a members.Actor, err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	p := members.NewPerson{Name: "anna", Email: fmt.Sprintf("anna-%d@meent.example", len(t.members)), Locale: members.Dutch}
	err = pgx.BeginFunc(ctx, t.rig.db, func(tx pgx.Tx) error {
		who, err := t.people.EnsurePersonTx(ctx, tx, p)
		if err != nil {
			return err
		}
		_, err = t.people.AddMemberTx(ctx, tx, members.NewMember{Person: who, Cooperative: coop, PlaceCode: "nijmegen", ReachMetres: 5000, Travel: members.Bike})
		return err
	})
	if err == nil {
		a, err = t.actor(ctx, p)
	}
	if err == nil {
		t.members = append(t.members, a)
	}
	return a, err
}

func (t *till) actor(ctx context.Context, p members.NewPerson) (a members.Actor, err error) {
	var who members.PersonID
	err = pgx.BeginFunc(ctx, t.rig.db, func(tx pgx.Tx) error {
		who, err = t.people.EnsurePersonTx(ctx, tx, p)
		return err
	})
	if err != nil {
		return a, err
	}
	return t.people.Actor(ctx, who, members.RoleID{})
}

// newJob is agreed work of somebody for somebody of the same cooperative.
func (t *till) newJob(random *rand.Rand, member members.Actor) *job {
	n := int(t.number.Add(1))
	var clients []members.Actor
	for _, c := range t.clients {
		if c.Cooperative == member.Cooperative {
			clients = append(clients, c)
		}
	}
	j := &job{ref: fmt.Sprintf("work-%06d", n), client: clients[random.IntN(len(clients))], member: member, card: goodCard}
	j.work = payments.Work{Ref: payments.Reference(j.ref), Client: j.client.Client, Member: member.Member, Title: "Ramen lappen", Language: members.Dutch,
		Day: "2026-11-20", Worked: time.Duration(15+random.IntN(105)) * time.Minute, Rate: payments.Cents(1600 + random.IntN(600))}
	j.work.Contribution = 100 + j.work.Wage()/5
	j.total = j.work.Wage() + j.work.Contribution
	t.mu.Lock()
	t.jobs = append(t.jobs, j)
	t.mu.Unlock()
	return j
}
