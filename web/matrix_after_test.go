package web_test

import (
	"github.com/jackc/pgx/v5"

	"meent/jobs"
	"meent/members"
)

// afterWork is what there is between a member and a client after the work: a
// sentence, a favourite, a refusal and a job.
func (w *world) afterWork() {
	ctx, n := w.t.Context(), 0
	engagement := func() (e string) {
		e = w.ids["engagement"][n%3]
		n++
		return e
	}
	seal := func(of map[members.RoleKind]members.Actor, column string, keep func(tx pgx.Tx, sealed []byte) error) {
		w.tx(func(tx pgx.Tx) error {
			sealed, err := w.members.SealTx(ctx, tx, of[members.RoleMember].Person, column, "Kom gerust bij ons langs.")
			if err != nil {
				return err
			}
			return keep(tx, sealed)
		})
	}
	w.each("feedback", func(people map[members.RoleKind]members.Actor) string {
		said, e, client := newUUID(), engagement(), people[members.RoleClient]
		seal(people, "feedback.sentence@"+said, func(tx pgx.Tx, sealed []byte) error {
			_, err := tx.Exec(ctx, `INSERT INTO jobs.feedback (id, cooperative_id, engagement_id, side, by_role_id, sentence, given_at)
				VALUES ($1, $2, $3, 'client', $4, $5, $6)`, said, client.Cooperative, e, client.Role, sealed, w.now)
			return err
		})
		return said
	})
	w.each("favourite", func(people map[members.RoleKind]members.Actor) string {
		favourite, client := newUUID(), people[members.RoleClient]
		w.exec(`INSERT INTO jobs.favourite (id, cooperative_id, member_id, client_id, engagement_id, state, asked_by, asked_at)
			VALUES ($1, $2, $3, $4, $5, 'asked', $6, $7)`, favourite, client.Cooperative, people[members.RoleMember].Member, client.Client, engagement(), client.Role, w.now)
		return favourite
	})
	w.each("search", func(people map[members.RoleKind]members.Actor) string {
		search, err := w.jobs.SaveSearch(ctx, people[members.RoleMember], jobs.Saved{})
		if err != nil {
			w.t.Fatal(err)
		}
		return search.String()
	})
	w.each("refusal", func(people map[members.RoleKind]members.Actor) string {
		refusal, client := newUUID(), people[members.RoleClient]
		seal(people, "client_refusal.why@"+refusal, func(tx pgx.Tx, sealed []byte) error {
			_, err := tx.Exec(ctx, `INSERT INTO members.client_refusal (id, cooperative_id, member_id, client_id, by_id, by_role, by_kind, code, why, at, until)
				VALUES ($1, $2, $3, $4, $5, $6, 'client', 'contact', $7, $8, ($8::timestamptz + interval '60 days')::date)`,
				refusal, client.Cooperative, people[members.RoleMember].Member, client.Client, client.Person, client.Role, sealed, w.now)
			return err
		})
		return refusal
	})
	w.each("job", func(people map[members.RoleKind]members.Actor) string {
		job, e, client := newUUID(), engagement(), people[members.RoleClient]
		seal(people, "job_offer.words@"+job, func(tx pgx.Tx, sealed []byte) error {
			_, err := tx.Exec(ctx, `INSERT INTO jobs.job_offer (id, cooperative_id, member_id, client_id, engagement_id, title, hours_week, starts_on, words, state, offered_by, offered_at, due_at)
				VALUES ($1, $2, $3, $4, $5, 'Medewerker groen', 24, '2027-01-04', $6, 'coach_first', $7, $8, $8::timestamptz + interval '30 days')`,
				job, client.Cooperative, people[members.RoleMember].Member, client.Client, e, sealed, client.Role, w.now)
			return err
		})
		return job
	})
}
