package web_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/jobs"
	"meent/matching"
	"meent/members"
	"meent/members/coaching"
)

// world is a house with two of everybody in one cooperative, somebody who was
// the coach before, and another cooperative; and of all that a path can name one
// that is the first people's, one of the second, one elsewhere and none.
type world struct {
	*house
	second                 map[members.RoleKind]members.Actor
	former, standIn, buddy members.Actor
	people                 []someone
	figures, rails, drafts int
	ids                    map[string][4]string // by parameter
}

func newWorld(t *testing.T) *world {
	w := &world{house: newHouse(t), second: map[members.RoleKind]members.Actor{}, ids: map[string][4]string{}}
	gig := w.secondPeople()
	w.keys()
	w.gigs(gig)
	w.disputed()
	w.afterWork()
	w.money()
	w.coached()
	w.helpers()
	w.agreements()
	w.coachFirst()
	w.office()
	w.enter()
	return w
}

// three keeps what belongs to the first people, the second and the far ones.
func (w *world) three(name, first, second, far string) {
	w.ids[name] = [4]string{first, second, far, "6ba7b810-9dad-41d1-80b4-00c04fd430c8"}
}

// each makes one of the first people's, the second's and the far ones'.
func (w *world) each(name string, of func(map[members.RoleKind]members.Actor) string) {
	w.t.Helper()
	w.three(name, of(w.actors), of(w.second), of(w.far))
}

func (w *world) exec(query string, args ...any) {
	w.t.Helper()
	_, err := w.db.Exec(w.t.Context(), query, args...)
	w.must(err)
}

func (w *world) tx(do func(pgx.Tx) error) {
	w.t.Helper()
	w.must(pgx.BeginFunc(w.t.Context(), w.db, do))
}

func newUUID() string { return id.New[world](nil).String() }

// secondPeople are a member, a coach, a client and its gig beside the first, and
// the first member's former coach.
func (w *world) secondPeople() (gig jobs.GigID) {
	ctx, c := w.t.Context(), w.actors[members.RoleCoordinator].Cooperative
	w.tx(func(tx pgx.Tx) error {
		client, err := w.members.AddClientTx(ctx, tx, members.NewClient{Cooperative: c, Name: "De Berk", Kind: members.Organisation, PlaceCode: "arnhem", Address: "Berkenlaan 2"})
		if err != nil {
			return err
		}
		for _, kind := range members.RoleKinds() {
			who, err := w.members.EnsurePersonTx(ctx, tx, person(kind, "twee"))
			if err == nil {
				err = w.roleTx(ctx, tx, c, who, kind, client)
			}
			if err != nil {
				return err
			}
			w.second[kind] = members.Actor{Person: who}
		}
		who, err := w.members.EnsurePersonTx(ctx, tx, members.NewPerson{Name: "Mens vroeger", Email: "coach.vroeger@meent.example", Locale: members.Dutch})
		if err != nil {
			return err
		}
		w.former = members.Actor{Person: who}
		return w.roleTx(ctx, tx, c, who, members.RoleCoach, client)
	})
	var err error
	for kind, actor := range w.second {
		w.second[kind], err = w.members.Actor(ctx, actor.Person, members.RoleID{})
		w.must(err)
	}
	w.former, err = w.members.Actor(ctx, w.former.Person, members.RoleID{})
	w.must(err)
	return w.post(w.second[members.RoleClient], "Ramen lappen bij De Berk")
}

// keys lets each member be followed by their coach, with every key; the first by
// another before.
func (w *world) keys() {
	w.follow(w.actors[members.RoleMember], w.former)
	w.grant(w.actors[members.RoleMember], w.former)
	for _, people := range []map[members.RoleKind]members.Actor{w.actors, w.second, w.far} {
		w.follow(people[members.RoleMember], people[members.RoleCoach])
		w.grant(people[members.RoleMember], people[members.RoleCoach])
	}
	w.each("grant", func(people map[members.RoleKind]members.Actor) string {
		list, err := w.members.Grants(w.t.Context(), people[members.RoleMember])
		w.must(err)
		return list[len(list)-2].ID.String() // not the first, which other rows need
	})
}

// follow lets the coach follow the member from now on, also instead of another.
func (w *world) follow(member, coach members.Actor) {
	w.t.Helper()
	w.tx(func(tx pgx.Tx) error {
		return w.coaching.AssignTx(w.t.Context(), tx, member.Cooperative, member.Member, coach.Role)
	})
}

func (w *world) grant(member, coach members.Actor) {
	w.t.Helper()
	w.must(w.coaching.Grant(w.t.Context(), member, members.NewGrant{Grantee: coach.Role, Scopes: coaching.Grantable(), Until: members.DayOf(w.now).AddMonths(1)}))
}

// gigs are what is posted, offered, asked for and done.
func (w *world) gigs(second jobs.GigID) {
	gigs := map[members.MemberID]jobs.GigID{w.actors[members.RoleMember].Member: w.gig, w.second[members.RoleMember].Member: second, w.far[members.RoleMember].Member: w.farGig}
	w.each("cooperative", func(people map[members.RoleKind]members.Actor) string {
		return people[members.RoleClient].Cooperative.String()
	})
	w.each("gig", func(people map[members.RoleKind]members.Actor) string {
		return gigs[people[members.RoleMember].Member].String()
	})
	w.each("photo", func(people map[members.RoleKind]members.Actor) string {
		return w.photo(gigs[people[members.RoleMember].Member], people[members.RoleClient].Cooperative)
	})
	shifts := map[members.MemberID]jobs.ShiftID{}
	w.each("shift", func(people map[members.RoleKind]members.Actor) string {
		gig, err := w.jobs.Gig(w.t.Context(), people[members.RoleClient], gigs[people[members.RoleMember].Member])
		w.must(err)
		shifts[people[members.RoleMember].Member] = gig.Shifts[0].ID
		return gig.Shifts[0].ID.String()
	})
	offer := func(asked bool) func(map[members.RoleKind]members.Actor) string {
		return func(people map[members.RoleKind]members.Actor) string {
			_, ask := w.quiet(people[members.RoleClient], "window-cleaning")
			shift := strings.Split(ask, "/")[4]
			offer := newUUID()
			w.exec(`INSERT INTO matching.offer (id, cooperative_id, shift_id, member_id, state, points, weights_version, explanation, sent_at, until, asked)
				SELECT $1, $2, $3, $4, CASE WHEN $5 THEN 'asked' ELSE 'sent' END, 5, 1, '{"total": 5}', $6, $6::timestamptz + interval '1 day', $5`,
				offer, people[members.RoleMember].Cooperative, shift, people[members.RoleMember].Member, asked, w.now)
			return offer
		}
	}
	w.each("offer", offer(false))
	w.each("ask", offer(true))
	w.each("engagement", func(people map[members.RoleKind]members.Actor) (work string) {
		member := people[members.RoleMember]
		w.tx(func(tx pgx.Tx) error {
			e, err := w.jobs.ConfirmTx(w.t.Context(), tx, member.Cooperative, shifts[member.Member], member.Member)
			work = e.String()
			return err
		})
		return work
	})
}

// disputed is work of which a part of the hours waits for the office.
func (w *world) disputed() {
	w.each("disputes:engagement", func(people map[members.RoleKind]members.Actor) string {
		member, work, shift := people[members.RoleMember], newUUID(), newUUID()
		w.exec(`INSERT INTO jobs.shift (id, cooperative_id, gig_id, starts_at, ends_at, break_minutes, seats)
			SELECT $1, s.cooperative_id, s.gig_id, s.starts_at - interval '9 days', s.ends_at - interval '9 days', 0, 1
			FROM jobs.engagement e JOIN jobs.shift s ON s.id = e.shift_id WHERE e.member_id = $2`, shift, member.Member)
		w.exec(`INSERT INTO jobs.engagement (id, cooperative_id, shift_id, member_id, starts_at, ends_at, state, confirmed_at)
			SELECT $1, cooperative_id, id, $2, starts_at, ends_at, 'finished', starts_at FROM jobs.shift WHERE id = $3`, work, member.Member, shift)
		w.exec(`INSERT INTO jobs.timesheet (id, cooperative_id, engagement_id, state, minutes, round, proposed_at)
			VALUES ($1, $2, $3, 'disputed', 60, 2, $4)`, newUUID(), member.Cooperative, work, w.now)
		w.exec(`INSERT INTO jobs.dispute (id, cooperative_id, engagement_id, state, by_kind, by_role, undisputed_minutes, most_minutes, reason, disputed_at)
			VALUES ($1, $2, $3, 'open', 'client', $4, 60, 180, $5, $6)`, newUUID(), member.Cooperative, work, people[members.RoleClient].Role, make([]byte, 40), w.now)
		return work
	})
}

// money is a bill that waits, and pay that came back.
func (w *world) money() {
	w.each("bill", func(people map[members.RoleKind]members.Actor) string {
		bill, line, client := newUUID(), newUUID(), people[members.RoleClient]
		w.exec(`INSERT INTO payments.bill (id, cooperative_id, client_id, ref, title, language, worked_on, minutes, rate_cents, total_cents, state, billed_at)
			VALUES ($1::uuid, $2, $3, $1::uuid::text, 'Ramen', 'nl', '2026-11-20', 60, 1600, 1600, 'due', $4)`, bill, client.Cooperative, client.Client, w.now)
		w.exec(`INSERT INTO payments.bill_line (id, cooperative_id, bill_id, kind, member_id, cents) VALUES ($1, $2, $3, 'wage', $4, 1600)`,
			line, client.Cooperative, bill, people[members.RoleMember].Member)
		return bill
	})
	w.each("payout", func(people map[members.RoleKind]members.Actor) string {
		payout, member := newUUID(), people[members.RoleMember]
		w.exec(`INSERT INTO payments.payout (id, cooperative_id, line_id, member_id, cents, state, due_at)
			SELECT $1, $2, id, $3, 1600, 'failed', $4 FROM payments.bill_line WHERE cooperative_id = $2 AND member_id = $3`,
			payout, member.Cooperative, member.Member, w.now)
		return payout
	})
	w.moneyBack()
	w.heldMoney()
	w.payPages()
	w.each("difference", func(people map[members.RoleKind]members.Actor) string {
		difference := newUUID()
		w.exec(`INSERT INTO payments.difference (id, cooperative_id, kind, thing, about, outside, ours_cents, theirs_cents, found_at, seen_at, confirmed_at)
			VALUES ($1::uuid, $2, 'unknown', $1::uuid::text, 'topup', 'po_1', 0, 100, $3, $3, $3)`, difference, people[members.RoleCoordinator].Cooperative, w.now)
		return difference
	})
	w.each("stop", func(people map[members.RoleKind]members.Actor) string {
		stop := newUUID() // over: of each cause one lasts at a time, and the first and the second people share a cooperative
		w.exec(`INSERT INTO payments.stop (id, cooperative_id, cause, since, lifted_at) VALUES ($1, $2, 'difference', $3, $3)`,
			stop, people[members.RoleCoordinator].Cooperative, w.now)
		return stop
	})
	for _, key := range []string{"/figures/:figure/approve:figure", "/figures/:figure/back:figure"} {
		w.each(key, w.figure)
	}
}

// figure is proposed by the office of these people, each for a day of its own.
func (w *world) figure(people map[members.RoleKind]members.Actor) string {
	figure := newUUID()
	w.figures++
	w.exec(`INSERT INTO payments.legal_figure (id, kind, cents, valid_from, valid_until, source, example, added_at, state, added_by)
		VALUES ($1, 'adult_minimum_wage', 1520, $2::date, $2::date, 'Staatscourant', false, $3, 'proposed', $4)`,
		figure, fmt.Sprintf("2030-01-%02d", w.figures), w.now, people[members.RoleCoordinator].Person)
	return figure
}

// coached is what stands between a member and who helps them.
func (w *world) coached() {
	ctx := w.t.Context()
	w.each("member", func(people map[members.RoleKind]members.Actor) string {
		return people[members.RoleMember].Member.String()
	})
	w.each("skill", func(map[members.RoleKind]members.Actor) string { return "window-cleaning" })
	w.each("profile:question", func(map[members.RoleKind]members.Actor) string { return "travel" })
	w.each("question", func(people map[members.RoleKind]members.Actor) string {
		question, err := w.coaching.Ask(ctx, people[members.RoleMember], coaching.NewQuestion{Text: "Mag dat?"})
		w.must(err)
		return question.String()
	})
	w.each("report", func(people map[members.RoleKind]members.Actor) string {
		report, err := w.coaching.Report(ctx, people[members.RoleMember], coaching.NewReport{Ref: newUUID(), Kind: coaching.UnsafePlace, Text: "Er is geen licht."})
		w.must(err)
		w.must(w.coaching.Take(ctx, people[members.RoleCoordinator], report))
		return report.String()
	})
}

// office is what coordinators handle.
func (w *world) office() {
	ctx := w.t.Context()
	w.each("client", func(people map[members.RoleKind]members.Actor) string {
		return people[members.RoleClient].Client.String()
	})
	w.each("role", func(people map[members.RoleKind]members.Actor) string { return people[members.RoleCoach].Role.String() })
	w.each("subject", func(people map[members.RoleKind]members.Actor) string {
		return people[members.RoleClient].Person.String()
	})
	w.ids["person"] = w.ids["subject"]
	w.each("admission", func(people map[members.RoleKind]members.Actor) (found string) {
		by := people[members.RoleCoordinator]
		w.must(w.members.AddAdmission(ctx, by, members.Admission{Kind: members.OwnLender, Name: "Eigen", Number: by.Role.String(), From: "2027-01-01", Until: "2027-12-31"}))
		w.must(w.db.QueryRow(ctx, `SELECT id FROM members.lender_admission WHERE number = $1`, by.Role.String()).Scan(&found))
		return found
	})
	w.each("municipality", func(people map[members.RoleKind]members.Actor) (found string) {
		by := people[members.RoleCoordinator]
		name := map[string]string{w.actors[members.RoleCoordinator].Name: "Nijmegen"}[by.Name]
		if by.Role == w.second[members.RoleCoordinator].Role {
			name = "Arnhem"
		} else if name == "" {
			name = "Tiel"
		}
		w.must(w.members.AddMunicipality(ctx, by, members.NewMunicipality{Name: name}))
		w.must(w.db.QueryRow(ctx, `SELECT id FROM members.municipality WHERE cooperative_id = $1 ORDER BY added_at DESC, id LIMIT 1`, by.Cooperative).Scan(&found))
		return found
	})
	w.each("invitation", func(people map[members.RoleKind]members.Actor) string {
		i, err := w.members.Invite(ctx, people[members.RoleCoach], members.NewInvitation{Card: true, Locale: members.Dutch})
		w.must(err)
		return i.String()
	})
	for _, key := range []string{"task", "/tasks/:task/drop:task"} {
		w.each(key, func(people map[members.RoleKind]members.Actor) string {
			return w.dead(people[members.RoleCoordinator].Cooperative, "jobs.gig_posted", "failed", "x").String()
		})
	}
	w.each("import", func(people map[members.RoleKind]members.Actor) string {
		upload := newUUID()
		by := people[members.RoleCoordinator]
		w.exec(`INSERT INTO members.import (id, cooperative_id, kind, made_by, rows, expires_at) VALUES ($1, $2, 'members', $3, '[]', $4)`, upload, by.Cooperative, by.Role, w.now.Add(time.Hour))
		return upload
	})
	w.each("passkey", func(people map[members.RoleKind]members.Actor) string {
		key := newUUID()
		w.exec(`INSERT INTO members.passkey (id, person_id, name, credential_id, public_key, sign_count, backup_eligible, backup_state, added_at)
			VALUES ($1::uuid, $2, 'Telefoon', decode(replace($1::uuid::text, '-', ''), 'hex'), 'x', 0, false, false, $3)`, key, people[members.RoleMember].Person, w.now)
		return key
	})
	w.each("session", func(people map[members.RoleKind]members.Actor) string {
		session := newUUID()
		w.exec(`INSERT INTO members.session (token_hash, data, expires_at) VALUES ($1::text, jsonb_build_object('person', $2::text, 'id', $1::text, 'since', '2026-11-20T09:00:00Z', 'seen', '2026-11-20', 'device', 'phone'), now() + interval '1 day')`,
			session, people[members.RoleMember].Person.String())
		return session
	})
	w.each("client:invitation", func(people map[members.RoleKind]members.Actor) string {
		invitation, client := newUUID(), people[members.RoleClient]
		w.exec(`INSERT INTO members.client_invitation (id, cooperative_id, client_id, email, name, duty, invited_by, invited_at, expires_at)
			VALUES ($1::uuid, $2, $3, $1::uuid::text || '@meent.example', 'Kees', 'contact', $4, $5, $5::timestamptz + interval '168 hours')`,
			invitation, client.Cooperative, client.Client, client.Role, w.now)
		return invitation
	})
	w.each("client:role", func(people map[members.RoleKind]members.Actor) string {
		role, client := newUUID(), people[members.RoleClient]
		w.exec(`INSERT INTO members.person (id, email, name, locale, created_at) VALUES ($1::uuid, $1::uuid::text || '@meent.example', 'Wim', 'nl', $2)`, role, w.now)
		w.exec(`INSERT INTO members.role (id, cooperative_id, person_id, kind, client_id, duty, created_at) VALUES ($1, $2, $1, 'client', $3, 'contact', $4)`,
			role, client.Cooperative, client.Client, w.now)
		return role
	})
	w.each("why", func(people map[members.RoleKind]members.Actor) string {
		by := people[members.RoleMember]
		var shift jobs.ShiftID
		w.must(w.db.QueryRow(w.t.Context(), `SELECT id FROM jobs.shift WHERE cooperative_id = $1 ORDER BY starts_at DESC, id LIMIT 1`, by.Cooperative).Scan(&shift))
		review, err := w.matching.AskReview(w.t.Context(), by, matching.NewReview{Shift: shift})
		w.must(err)
		return review.String()
	})
	w.restricted()
}

// restricted are people about whom an office decided, and what they asked then.
func (w *world) restricted() {
	ctx := w.t.Context()
	w.each("restriction", func(people map[members.RoleKind]members.Actor) string {
		who := people[members.RoleClient].Person
		w.must(w.members.Restrict(ctx, people[members.RoleCoordinator], who, "Er is ruzie over de uren van vorige week."))
		about, err := w.members.Restrictable(ctx, people[members.RoleCoordinator], who)
		w.must(err)
		return about.Now().ID.String()
	})
	of := w.ids["restriction"]
	for i := range of {
		of[i] = "restriction:" + of[i]
	}
	w.ids["decision"] = of
	n := 0
	w.each("review", func(people map[members.RoleKind]members.Actor) string {
		d, err := members.ParseDecision(of[n])
		w.must(err)
		n++
		review, err := w.members.AskReview(ctx, people[members.RoleClient], d, "Klopt dit wel? Ik zie het anders.")
		w.must(err)
		return review.String()
	})
	for _, people := range []map[members.RoleKind]members.Actor{w.actors, w.second, w.far} {
		w.must(w.members.Restore(ctx, people[members.RoleCoordinator], people[members.RoleClient].Person, "We hebben gepraat, het is nu goed."))
	}
}

// enter signs everybody in.
func (w *world) enter() {
	w.people = append(w.people, someone{name: "a visitor", browser: w.browser(), role: zeroID, person: zeroID},
		someone{name: "a person without a role", browser: w.enters(person("", "waal").Email), role: zeroID, person: w.actors[""].Person.String()})
	for _, of := range []struct {
		name, short string
		people      map[members.RoleKind]members.Actor
	}{{"the first", "waal", w.actors}, {"the second", "twee", w.second}, {"the far", "noord", w.far}} {
		for _, kind := range members.RoleKinds() {
			by := of.people[kind]
			w.people = append(w.people, someone{name: of.name + " " + string(kind), kind: kind, role: by.Role.String(), person: by.Person.String(), browser: w.enters(person(kind, of.short).Email)})
		}
	}
	w.people = append(w.people, someone{name: "who stands in", kind: members.RoleCoach, role: w.standIn.Role.String(), person: w.standIn.Person.String(), browser: w.enters(person(members.RoleCoach, "inval").Email)},
		someone{name: "the buddy", kind: members.RoleMember, role: w.buddy.Role.String(), person: w.buddy.Person.String(), browser: w.enters(person(members.RoleMember, "maat").Email)})
	w.people = append(w.people, someone{name: "the former coach", kind: members.RoleCoach, role: w.former.Role.String(), person: w.former.Person.String(), browser: w.enters("coach.vroeger@meent.example")})
}

const zeroID = "00000000-0000-0000-0000-000000000000"
