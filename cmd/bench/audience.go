package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"html"
	"net/http"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/browse"
)

// kind is what sort of page is looked at.
type kind string

const (
	homeKind     kind = "member's home page"
	profileKind  kind = "member's profile"
	questionKind kind = "one question of it"
	boardKind    kind = "coordinator's board"
	caseloadKind kind = "coach's caseload"
)

func kinds() []kind { return []kind{homeKind, profileKind, questionKind, boardKind, caseloadKind} }

// path is where it is, and what nothing else on the site has.
func (k kind) path() (path, holds string) {
	switch k {
	case profileKind:
		return "/profile", `id="answers"`
	case questionKind:
		return "/profile/skills", `action="/profile/skills"`
	case boardKind:
		return "/home", `id="seats"`
	case caseloadKind:
		return "/caseload", `<ul class="rows cases"`
	default:
		return "/home", `id="week"`
	}
}

// mix is the order of views: of twenty, eleven of a member's home page, five of
// the profile, three of the board, and one of a caseload.
func mix(i int) kind {
	of := []kind{homeKind, profileKind, homeKind, boardKind, homeKind, questionKind, homeKind, caseloadKind, profileKind, homeKind,
		boardKind, homeKind, homeKind, profileKind, homeKind, homeKind, boardKind, homeKind, questionKind, homeKind}
	return of[i%len(of)]
}

// viewer is somebody of the biggest cooperative, signed in.
type viewer struct {
	*browse.Visitor
	name string
}

// audience is who looks at pages.
type audience struct {
	program                  *program
	members, coaches, office []viewer
}

// How many members look, and how many coaches: those who follow most.
const (
	mostViewers = 30
	mostCoaches = 10
)

// seat signs people in, members who are spread over all of them, and lets each
// member confide something.
func seat(ctx context.Context, p *program) (*audience, error) {
	const query = `
		WITH big AS (SELECT cooperative_id AS id FROM members.member GROUP BY 1 ORDER BY count(*) DESC LIMIT 1)
		(SELECT r.id::text, p.id::text, p.name, r.kind FROM members.role r JOIN big ON big.id = r.cooperative_id JOIN members.person p ON p.id = r.person_id
		WHERE r.kind = 'member' ORDER BY md5(r.id::text) LIMIT $1)
		UNION ALL
		(SELECT r.id::text, p.id::text, p.name, r.kind FROM members.role r JOIN big ON big.id = r.cooperative_id JOIN members.person p ON p.id = r.person_id
		WHERE r.kind = 'coach' ORDER BY (SELECT count(*) FROM coaching.caseload l WHERE l.cooperative_id = r.cooperative_id AND l.coach_id = r.id) DESC, r.id LIMIT $2)
		UNION ALL
		SELECT r.id::text, p.id::text, p.name, r.kind FROM members.role r JOIN big ON big.id = r.cooperative_id JOIN members.person p ON p.id = r.person_id
		WHERE r.kind = 'coordinator'`
	rows, err := p.db.Query(ctx, query, mostViewers, mostCoaches)
	if err != nil {
		return nil, err
	}
	type row struct{ Role, Person, Name, Kind string }
	list, err := pgx.CollectRows(rows, pgx.RowToStructByPos[row])
	if err != nil {
		return nil, err
	}
	a := &audience{program: p}
	for i, one := range list {
		v, err := a.enter(ctx, one.Person, one.Role, one.Name, i)
		switch {
		case err != nil:
			return nil, err
		case one.Kind == "coach":
			a.coaches = append(a.coaches, v)
			continue
		case one.Kind != "member":
			a.office = append(a.office, v)
			continue
		}
		a.members = append(a.members, v)
		if err := v.confide(ctx); err != nil {
			return nil, err
		}
	}
	if len(a.office) == 0 || len(a.coaches) == 0 || len(a.members) == 0 {
		return nil, errors.New("there is nobody to look")
	}
	return a, nil
}

func (a *audience) enter(ctx context.Context, person, role, name string, number int) (viewer, error) {
	v, err := browse.New(a.program.url, a.program.transport)
	if err != nil {
		return viewer{}, err
	}
	home, err := v.SignInAs(ctx, person, role)
	if err == nil && home.URL.Path != "/home" {
		err = fmt.Errorf("signing in led to %s, %d", home.URL.Path, home.Status)
	}
	v.Always("X-Forwarded-For", fmt.Sprintf("10.1.%d.%d", number/250, number%250+1))
	return viewer{v, name}, err
}

// confide tells the profile what is kept sealed.
func (v viewer) confide(ctx context.Context) error {
	for question, field := range map[string]string{"learn": "text", "note": "note"} {
		page, err := v.Open(ctx, "/profile/"+question+"?change=yes")
		if err != nil {
			return err
		}
		f, ok := page.FormWith(field)
		if !ok {
			return fmt.Errorf("there is no question %s: %d %s", question, page.Status, page.Text())
		}
		f.Set(field, "Ik werk het liefst rustig, met een pauze.")
		if page, err = v.Press(ctx, f, ""); err != nil || page.URL.Path != "/profile" {
			return errors.Join(fmt.Errorf("the answer to %s led to %d %s", question, page.Status, page.Text()), err)
		}
	}
	return nil
}

// of chooses who looks at the i-th page.
func (a *audience) of(k kind, i int) viewer {
	switch k {
	case boardKind:
		return a.office[i%len(a.office)]
	case caseloadKind:
		return a.coaches[i%len(a.coaches)]
	}
	return a.members[i%len(a.members)]
}

// look reads the whole page, and says how long after begin it was there. A page
// without its person's name, or without what belongs on it, is an error.
func (a *audience) look(ctx context.Context, k kind, who viewer, begin time.Time) (ms float64, err error) {
	path, holds := k.path()
	status, text, err := who.Read(ctx, path)
	took := time.Since(begin)
	if err != nil {
		return 0, err
	}
	if status != http.StatusOK || !bytes.Contains(text, []byte(html.EscapeString(who.name))) || !bytes.Contains(text, []byte(holds)) {
		return 0, fmt.Errorf("the %s is wrong: %d, %d bytes", k, status, len(text))
	}
	return float64(took) / float64(time.Millisecond), nil
}
