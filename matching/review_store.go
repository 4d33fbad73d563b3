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

// deciders are the people who did something with the offer: passed it on or held it
// back, refused what was asked, or chose the member.
const deciders = `
	SELECT r.person_id FROM matching.offer o
	JOIN members.role r ON r.cooperative_id = o.cooperative_id AND r.id IN (o.coach_id, o.decided_by, o.chosen_by)
	WHERE o.cooperative_id = $1 AND o.id = $2`

// canLook keeps of the roles those of people who may look: who neither is the member,
// nor left, nor is restricted.
const canLook = `
	r.cooperative_id = $1 AND r.ended_at IS NULL AND r.person_id <> $3
	AND NOT EXISTS (SELECT FROM members.restriction x WHERE x.cooperative_id = $1 AND x.person_id = r.person_id AND x.lifted_at IS NULL)`

// pickLooker finds who looks: nobody who is the member, who left or is restricted; who
// decided last of all; the coach who may read the member's offers first; then who has
// the fewest to look at, then by lot.
func pickLooker(ctx context.Context, tx pgx.Tx, by members.Actor, r Review, now time.Time) (looker members.RoleID, decided bool, err error) {
	const query = `
		SELECT r.id, r.person_id IN (` + deciders + `) AS decided FROM members.role r
		WHERE ` + canLook + `
			AND (r.kind = 'coordinator' OR r.kind = 'coach' AND EXISTS (
				SELECT FROM coaching.caseload l
				JOIN members.access_grant a ON a.cooperative_id = l.cooperative_id AND a.member_id = l.member_id AND a.grantee_id = l.coach_id
				WHERE l.cooperative_id = $1 AND l.member_id = $4 AND l.coach_id = r.id
					AND a.scope = 'offers' AND a.revoked_at IS NULL AND a.until >= $5::date))
		ORDER BY decided, r.kind = 'coach' DESC,
			(SELECT count(*) FROM matching.review v WHERE v.cooperative_id = $1 AND v.looker_id = r.id AND v.answered_at IS NULL),
			sha256(uuid_send(r.id) || uuid_send($6)) LIMIT 1`
	err = tx.QueryRow(ctx, query, by.Cooperative, r.Offer, by.Person, by.Member, string(members.DayOf(now)), r.ID).Scan(&looker, &decided)
	if errors.Is(err, pgx.ErrNoRows) {
		err = ErrNobodyLooks
	}
	return looker, decided, err
}

// decidedBy reports whether the actor decided what the review is about, and how many
// other coordinators, who did not, can look.
func decidedBy(ctx context.Context, tx pgx.Tx, by members.Actor, r Review) (decided bool, others int, err error) {
	const query = `
		SELECT $4 IN (` + deciders + `), (SELECT count(*) FROM members.role r
			WHERE ` + canLook + ` AND r.kind = 'coordinator' AND r.person_id <> $4 AND r.person_id NOT IN (` + deciders + `))`
	return decided, others, tx.QueryRow(ctx, query, by.Cooperative, r.Offer, r.Person, by.Person).Scan(&decided, &others)
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

const selectReview = `
	SELECT v.id, v.cooperative_id, v.member_id, who.id, who.name, g.id, g.title, g.language, c.name, p.name, g.rate_cents,
		s.id, s.starts_at, s.ends_at, s.break_minutes, v.offer_id, v.rules, v.shows, v.words, v.asked_at, v.due_at,
		v.looker_id, looks.name, lr.ended_at IS NOT NULL, v.alone, v.reminded_at, v.late_at, coalesce(v.outcome, ''), v.answer, v.answered_at
	FROM matching.review v
	JOIN jobs.shift s ON s.cooperative_id = v.cooperative_id AND s.id = v.shift_id
	JOIN jobs.gig g ON g.cooperative_id = s.cooperative_id AND g.id = s.gig_id
	JOIN members.client c ON c.cooperative_id = g.cooperative_id AND c.id = g.client_id
	JOIN members.place p ON p.code = g.place_code
	JOIN members.member m ON m.cooperative_id = v.cooperative_id AND m.id = v.member_id
	JOIN members.role mr ON mr.cooperative_id = m.cooperative_id AND mr.id = m.role_id
	JOIN members.person who ON who.id = mr.person_id
	JOIN members.role lr ON lr.cooperative_id = v.cooperative_id AND lr.id = v.looker_id
	JOIN members.person looks ON looks.id = lr.person_id
	WHERE v.cooperative_id = $1`

func scanReview(row pgx.CollectableRow) (r Review, err error) {
	var minutes int
	var reminded, late, answered *time.Time
	err = row.Scan(&r.ID, &r.Cooperative, &r.Member, &r.Person, &r.Name, &r.Gig, &r.Title, &r.Language, &r.ClientName, &r.PlaceName, &r.Rate,
		&r.Shift.ID, &r.Shift.Starts, &r.Shift.Ends, &minutes, &r.Offer, &r.Rules, &r.Shows, &r.words, &r.Asked, &r.Due,
		&r.Looker, &r.Looks, &r.Left, &r.Alone, &reminded, &late, &r.Outcome, &r.answer, &answered)
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

func findReview(ctx context.Context, db querier, c id.Cooperative, review ReviewID) (Review, error) {
	return oneReview(ctx, db, selectReview+` AND v.id = $2`, c, review)
}

func lockReview(ctx context.Context, tx pgx.Tx, c id.Cooperative, review ReviewID) (Review, error) {
	return oneReview(ctx, tx, selectReview+` AND v.id = $2 FOR UPDATE OF v`, c, review)
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

// reviewsOf keeps those that the actor sees in a list: the member who asked, the coach
// who looks, and the office without what its coordinator asked as a member. It is empty
// for everybody else.
func reviewsOf(by members.Actor) (where string, who any) {
	switch {
	case by.Kind == members.RoleCoordinator:
		return ` AND v.member_id NOT IN (SELECT m.id FROM members.member m JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id
			WHERE m.cooperative_id = v.cooperative_id AND r.person_id = $2)`, by.Person
	case by.Kind == members.RoleCoach:
		return ` AND v.looker_id = $2`, by.Role
	case by.Kind == members.RoleMember && !by.Helped():
		return ` AND v.member_id = $2`, by.Member
	}
	return "", nil
}

func listReviews(ctx context.Context, db *pgxpool.Pool, where string, args ...any) ([]Review, error) {
	rows, err := db.Query(ctx, selectReview+where, args...)
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
		UPDATE matching.review SET outcome = $3, answer = $4, answered_at = $5, offer_id = $6
		WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, r.Cooperative, r.ID, string(r.Outcome), r.answer, r.Answered, r.Offer)
	return err
}

// listHearers are people by who looks or asked, or all coordinators.
func listHearers(ctx context.Context, db *pgxpool.Pool, r Review, news ReviewNews) ([]members.Person, error) {
	const query = `
		SELECT p.id, p.email, p.name, p.locale FROM members.person p
		WHERE p.id IN (SELECT role.person_id FROM members.role role WHERE role.cooperative_id = $1 AND role.ended_at IS NULL
			AND (role.id = $2 OR $3 AND role.kind = 'coordinator') AND role.person_id <> $4) ORDER BY p.id`
	rows, err := db.Query(ctx, query, r.Cooperative, r.Looker, news == ReviewLate, r.Person)
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
