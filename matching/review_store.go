package matching

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
	"meent/jobs"
	"meent/members"
)

func findOpenReview(ctx context.Context, tx pgx.Tx, by members.Actor, shift jobs.ShiftID) (review ReviewID, err error) {
	const query = `SELECT id FROM matching.review WHERE cooperative_id = $1 AND member_id = $2 AND shift_id = $3 AND answered_at IS NULL`
	err = tx.QueryRow(ctx, query, by.Cooperative, by.Member, shift).Scan(&review)
	if errors.Is(err, pgx.ErrNoRows) {
		err = nil
	}
	return review, err
}

// findOfferAbout is the offer of the shift to the acting member, zero for none.
func findOfferAbout(ctx context.Context, tx pgx.Tx, by members.Actor, shift jobs.ShiftID) (offer OfferID, err error) {
	const query = `SELECT id FROM matching.offer WHERE cooperative_id = $1 AND member_id = $2 AND shift_id = $3`
	err = tx.QueryRow(ctx, query, by.Cooperative, by.Member, shift).Scan(&offer)
	if errors.Is(err, pgx.ErrNoRows) {
		err = nil
	}
	return offer, err
}

// deciders are the people who did something with an offer (o) of the shift to the
// member: passed it on or held it back, refused what was asked, or chose the member.
func deciders(cooperative, shift, member string) string {
	return `
		SELECT did.person_id FROM matching.offer o
		JOIN members.role did ON did.cooperative_id = o.cooperative_id AND did.id IN (o.coach_id, o.decided_by, o.chosen_by)
		WHERE o.cooperative_id = ` + cooperative + ` AND o.shift_id = ` + shift + ` AND o.member_id = ` + member
}

// here keeps of roles (r) those of people who neither left nor are restricted.
const here = `
	r.ended_at IS NULL
	AND NOT EXISTS (SELECT FROM members.restriction x WHERE x.cooperative_id = r.cooperative_id AND x.person_id = r.person_id AND x.lifted_at IS NULL)`

// follows keeps of roles (r) the coach of the member who may read their offers that day.
func follows(member, day string) string {
	return `r.kind = 'coach' AND EXISTS (SELECT FROM coaching.caseload l
		JOIN members.access_grant a ON a.cooperative_id = l.cooperative_id AND a.member_id = l.member_id AND a.grantee_id = l.coach_id
		WHERE l.cooperative_id = r.cooperative_id AND l.member_id = ` + member + ` AND l.coach_id = r.id
			AND a.scope = 'offers' AND a.revoked_at IS NULL AND a.until >= ` + day + `::date)`
}

// pickLooker finds who looks: nobody who is the member, who left or is restricted; who
// decided last of all; the coach who may read the member's offers first; then who has
// the fewest to look at, then by lot.
func pickLooker(ctx context.Context, tx pgx.Tx, by members.Actor, r Review, now time.Time) (looker members.RoleID, decided bool, err error) {
	query := `
		SELECT r.id, r.person_id IN (` + deciders(`$1`, `$2`, `$3`) + `) AS decided FROM members.role r
		WHERE r.cooperative_id = $1 AND r.person_id <> $4 AND ` + here + ` AND (r.kind = 'coordinator' OR ` + follows(`$3`, `$5`) + `)
		ORDER BY decided, r.kind = 'coach' DESC,
			(SELECT count(*) FROM matching.review v WHERE v.cooperative_id = $1 AND v.looker_id = r.id AND v.answered_at IS NULL),
			sha256(uuid_send(r.id) || uuid_send($6)) LIMIT 1`
	err = tx.QueryRow(ctx, query, by.Cooperative, r.Shift.ID, by.Member, by.Person, string(members.DayOf(now)), r.ID).Scan(&looker, &decided)
	if errors.Is(err, pgx.ErrNoRows) {
		err = ErrNobodyLooks
	}
	return looker, decided, err
}

// decidedBy reports whether the actor decided what the review is about, and how many
// other coordinators, who did not, can look.
func decidedBy(ctx context.Context, tx pgx.Tx, by members.Actor, r Review) (decided bool, others int, err error) {
	those := deciders(`$1`, `$2`, `$3`)
	query := `
		SELECT $5 IN (` + those + `), (SELECT count(*) FROM members.role r
			WHERE r.cooperative_id = $1 AND r.person_id <> $4 AND ` + here + ` AND r.kind = 'coordinator' AND r.person_id <> $5 AND r.person_id NOT IN (` + those + `))`
	return decided, others, tx.QueryRow(ctx, query, by.Cooperative, r.Shift.ID, r.Member, r.Person, by.Person).Scan(&decided, &others)
}

func insertReview(ctx context.Context, tx pgx.Tx, r Review) error {
	const query = `
		INSERT INTO matching.review (id, cooperative_id, member_id, shift_id, offer_id, rules, shows, words, asked_at, due_at, looker_id, alone)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`
	_, err := tx.Exec(ctx, query, r.ID, r.Cooperative, r.Member, r.Shift.ID, r.Offer, ruleTexts(r.Rules), r.Shows, r.words, r.Asked, r.Due, r.Looker, r.Alone)
	return err
}

func ruleTexts(rules []Rule) []string {
	texts := make([]string, len(rules))
	for i, rule := range rules {
		texts[i] = string(rule)
	}
	return texts
}

// selectReview reads reviews of a cooperative ($1) as they are on a day ($2).
func selectReview() string {
	return `
	SELECT v.id, v.cooperative_id, v.member_id, who.id, who.name, g.id, g.title, g.language, c.name, p.name, g.rate_cents,
		s.id, s.starts_at, s.ends_at, s.break_minutes, v.offer_id, v.rules, v.shows, v.words, v.asked_at, v.due_at,
		v.looker_id, looks.name,
		` + here + ` AND (r.kind = 'coordinator' OR ` + follows(`v.member_id`, `$2`) + `)
			AND (v.alone OR r.person_id NOT IN (` + deciders(`v.cooperative_id`, `v.shift_id`, `v.member_id`) + `)),
		v.alone, v.reminded_at, v.late_at, coalesce(v.outcome, ''), v.answer, v.answered_at
	FROM matching.review v
	JOIN jobs.shift s ON s.cooperative_id = v.cooperative_id AND s.id = v.shift_id
	JOIN jobs.gig g ON g.cooperative_id = s.cooperative_id AND g.id = s.gig_id
	JOIN members.client c ON c.cooperative_id = g.cooperative_id AND c.id = g.client_id
	JOIN members.place p ON p.code = g.place_code
	JOIN members.member m ON m.cooperative_id = v.cooperative_id AND m.id = v.member_id
	JOIN members.role mr ON mr.cooperative_id = m.cooperative_id AND mr.id = m.role_id
	JOIN members.person who ON who.id = mr.person_id
	JOIN members.role r ON r.cooperative_id = v.cooperative_id AND r.id = v.looker_id
	JOIN members.person looks ON looks.id = r.person_id
	WHERE v.cooperative_id = $1`
}

func scanReview(row pgx.CollectableRow) (r Review, err error) {
	var minutes int
	var reminded, late, answered *time.Time
	err = row.Scan(&r.ID, &r.Cooperative, &r.Member, &r.Person, &r.Name, &r.Gig, &r.Title, &r.Language, &r.ClientName, &r.PlaceName, &r.Rate,
		&r.Shift.ID, &r.Shift.Starts, &r.Shift.Ends, &minutes, &r.Offer, &r.Rules, &r.Shows, &r.words, &r.Asked, &r.Due,
		&r.Looker, &r.Looks, &r.Able, &r.Alone, &reminded, &late, &r.Outcome, &r.answer, &answered)
	r.Shift.Break = time.Duration(minutes) * time.Minute
	r.Reminded, r.LateAt, r.Answered = orNever(reminded), orNever(late), orNever(answered)
	return r, err
}

func orNever(at *time.Time) time.Time {
	if at == nil {
		return time.Time{}
	}
	return *at
}

// querier is a pool or a transaction.
type querier interface {
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
}

func findReview(ctx context.Context, db querier, c id.Cooperative, review ReviewID, now time.Time) (Review, error) {
	return oneReview(ctx, db, selectReview()+` AND v.id = $3`, c, string(members.DayOf(now)), review)
}

// lockReview locks first and reads then: who looks may have become another meanwhile.
func lockReview(ctx context.Context, tx pgx.Tx, c id.Cooperative, review ReviewID, now time.Time) (Review, error) {
	if _, err := tx.Exec(ctx, `SELECT FROM matching.review WHERE cooperative_id = $1 AND id = $2 FOR UPDATE`, c, review); err != nil {
		return Review{}, err
	}
	return findReview(ctx, tx, c, review, now)
}

func oneReview(ctx context.Context, db querier, query string, args ...any) (Review, error) {
	rows, err := db.Query(ctx, query, args...)
	if err != nil {
		return Review{}, err
	}
	r, err := pgx.CollectExactlyOneRow(rows, scanReview)
	if errors.Is(err, pgx.ErrNoRows) {
		err = members.ErrNotFound
	}
	return r, err
}

// mostReviews is how many are listed at once.
const mostReviews = 200

// reviewsOf keeps those that the actor ($3) sees in a list: the member who asked, the
// coach who looks and may still read, and the office without what its coordinator asked
// as a member. It is empty for everybody else.
func reviewsOf(by members.Actor) (where string, who any) {
	switch {
	case by.Kind == members.RoleCoordinator:
		return ` AND mr.person_id <> $3`, by.Person
	case by.Kind == members.RoleCoach:
		return ` AND v.looker_id = $3 AND ` + follows(`v.member_id`, `$2`), by.Role
	case by.Kind == members.RoleMember && !by.Helped():
		return ` AND v.member_id = $3`, by.Member
	}
	return "", nil
}

func listReviews(ctx context.Context, db *pgxpool.Pool, where string, args ...any) ([]Review, error) {
	rows, err := db.Query(ctx, selectReview()+where, args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanReview)
}

func updateReviewClock(ctx context.Context, tx pgx.Tx, r Review) error {
	const query = `
		UPDATE matching.review SET reminded_at = nullif($3, '0001-01-01 00:00:00Z'::timestamptz), late_at = nullif($4, '0001-01-01 00:00:00Z'::timestamptz)
		WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, r.Cooperative, r.ID, r.Reminded, r.LateAt)
	return err
}

func updateReviewLooker(ctx context.Context, tx pgx.Tx, r Review) error {
	_, err := tx.Exec(ctx, `UPDATE matching.review SET looker_id = $3, alone = $4 WHERE cooperative_id = $1 AND id = $2`, r.Cooperative, r.ID, r.Looker, r.Alone)
	return err
}

func updateReviewAnswered(ctx context.Context, tx pgx.Tx, r Review) error {
	const query = `
		UPDATE matching.review SET outcome = $3, answer = $4, answered_at = $5, offer_id = $6, alone = $7
		WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, r.Cooperative, r.ID, string(r.Outcome), r.answer, r.Answered, r.Offer, r.Alone)
	return err
}

// listHearers are who looks, or all coordinators: when it is late, or who looks cannot.
func listHearers(ctx context.Context, db *pgxpool.Pool, r Review, news ReviewNews) ([]members.Person, error) {
	const query = `
		SELECT p.id, p.email, p.name, p.locale FROM members.person p
		WHERE p.id IN (SELECT role.person_id FROM members.role role WHERE role.cooperative_id = $1 AND role.ended_at IS NULL
			AND (role.id = $2 OR $3 AND role.kind = 'coordinator') AND role.person_id <> $4) ORDER BY p.id`
	rows, err := db.Query(ctx, query, r.Cooperative, r.Looker, news == ReviewLate || !r.Able, r.Person)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (p members.Person, err error) {
		return p, row.Scan(&p.ID, &p.Email, &p.Name, &p.Locale)
	})
}

func findAsker(ctx context.Context, db *pgxpool.Pool, r Review) (p members.Person, err error) {
	return p, db.QueryRow(ctx, `SELECT id, email, name, locale FROM members.person WHERE id = $1`, r.Person).Scan(&p.ID, &p.Email, &p.Name, &p.Locale)
}

func eraseReviews(ctx context.Context, tx pgx.Tx, person members.PersonID) error {
	const query = `
		DELETE FROM matching.review t USING members.member m JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id
		WHERE m.cooperative_id = t.cooperative_id AND m.id = t.member_id AND r.person_id = $1`
	_, err := tx.Exec(ctx, query, person)
	return err
}
