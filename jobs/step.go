package jobs

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/members"
	"meent/payments"
)

// A gig is described in three steps, of which each may be done again.

// What is the first: what the work is and whom it suits. Nil is not answered.
type What struct {
	Title, Description string
	Language           members.Locale // of title and description
	Load               Load
	Support, Others    *bool    // on site; to work with
	Skills             []string // codes of useful ones
	Needs              Asks
}

// When is the second: where and when the work is.
type When struct {
	PlaceCode string
	Place     string // its name, where there is no code
	Address   string
	Shifts    []NewShift
	Keep      []ShiftID // that the draft has and that stay as they are, beside Shifts
}

// Rates is the third: what somebody earns.
type Rates struct {
	Rate payments.Cents // an hour; 0 in a trial placement
	Form members.WorkForm
}

// what is the first step of a gig that is posted at once.
func (n NewGig) what() What {
	return What{Title: n.Title, Description: n.Description, Language: n.Language, Load: n.Load,
		Support: &n.SupportOnSite, Others: &n.WithOthers, Skills: n.Skills, Needs: n.Needs}
}

func (n NewGig) when() When {
	return When{PlaceCode: n.PlaceCode, Place: n.Place, Address: n.Address, Shifts: n.Shifts}
}

func (n NewGig) rates() Rates { return Rates{Rate: n.Rate, Form: n.Form} }

// problemsTx is all that is wrong with the step.
func (w What) problemsTx(ctx context.Context, tx pgx.Tx) (check.Problems, error) {
	p := w.problems()
	return p, w.skillProblemsTx(ctx, tx, &p)
}

func (w What) problems() (p check.Problems) {
	p.Text("title", w.Title, 1, 80)
	p.Paragraphs("description", w.Description, 1, 2000)
	check.OneOf(&p, "language", w.Language, members.Dutch, members.English)
	check.OneOf(&p, "load", w.Load, Loads()...)
	for _, one := range []struct {
		field  string
		answer *bool
	}{{"support", w.Support}, {"others", w.Others}} {
		if one.answer == nil {
			p.Add(one.field, "not_a_choice", nil)
		}
	}
	w.skillProblems(&p)
	w.Needs.problems(&p)
	return p
}

func (w What) skillProblems(p *check.Problems) {
	if len(w.Skills) > MostSkills {
		p.Add("skills", "too_many", map[string]any{"Max": MostSkills})
	}
	for _, code := range w.Skills {
		p.Text("skills", code, 1, 80)
	}
}

// skillProblemsTx asks for skills of the vocabulary.
func (w What) skillProblemsTx(ctx context.Context, tx pgx.Tx, p *check.Problems) error {
	if p.At("skills") {
		return nil
	}
	known, err := knowsSkills(ctx, tx, w.Skills)
	if err == nil && !known {
		p.Add("skills", "not_a_choice", nil)
	}
	return err
}

// problemsTx is all that is wrong with the step of this client's gig. It also
// finds the place that w names.
func (w *When) problemsTx(ctx context.Context, tx pgx.Tx, by members.Actor, client members.ClientID, now time.Time) (check.Problems, error) {
	p := w.problems(now)
	return p, w.findPlaceTx(ctx, tx, by, client, &p)
}

func (w When) problems(now time.Time) (p check.Problems) {
	p.Text("place", w.PlaceCode+w.Place, 1, 80)
	p.Text("address", w.Address, 0, 200)
	w.shiftProblems(&p, now)
	return p
}

func (w When) shiftProblems(p *check.Problems, now time.Time) {
	switch {
	case len(w.Shifts) == 0:
		p.Add("shifts", "no_shift", nil)
	case len(w.Shifts) > mostShifts:
		p.Add("shifts", "too_many", map[string]any{"Max": mostShifts})
		return // each would be compared with each
	}
	for i, shift := range w.Shifts {
		shift.Shift().problems(p, i, now)
	}
	w.overlapProblems(p)
}

// overlapProblems notes each shift at whose time an earlier one of the list is:
// a gig's shifts follow each other, and more people at once are more seats.
func (w When) overlapProblems(p *check.Problems) {
	for i, shift := range w.Shifts {
		for _, other := range w.Shifts[:i] {
			if date := ShiftField(i, "date"); shift.Shift().Overlaps(other.Shift()) && !p.At(date) {
				p.Add(date, "overlaps", nil)
			}
		}
	}
}

// sound are the shifts with which nothing is wrong.
func (w When) sound(p check.Problems) (sound []NewShift) {
	if p.At("shifts") {
		return nil
	}
	for i, shift := range w.Shifts {
		wrong := slices.ContainsFunc(p, func(one check.Problem) bool { return strings.HasPrefix(one.Field, ShiftField(i, "")) })
		if !wrong {
			sound = append(sound, shift)
		}
	}
	return sound
}

// findPlaceTx finds the code of the place that w names, where it has none. Of
// places that share a name the client's own counts; otherwise none does.
func (w *When) findPlaceTx(ctx context.Context, tx pgx.Tx, by members.Actor, client members.ClientID, p *check.Problems) error {
	if w.PlaceCode != "" || p.At("place") {
		return nil
	}
	found, err := findPlaces(ctx, tx, by.Cooperative, client, w.Place)
	switch {
	case err != nil:
		return err
	case len(found) == 0:
		p.Add("place", "unknown_place", nil)
	case len(found) == 1 || found[0].own:
		w.PlaceCode = found[0].code
	default:
		p.Add("place", "several_places", map[string]any{"Names": names(found)})
	}
	return nil
}

func (r Rates) problems() (p check.Problems) {
	if r.Rate > MostRate {
		p.Add("rate", "too_much", map[string]any{"Cents": int64(MostRate)})
	}
	return p
}
