package jobs

import (
	"cmp"
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/id"
	"meent/members"
	"meent/payments"
)

// lawfulTx looks whether work of this form may take place on these days: each
// must have a rule, and where somebody lends, their admission. It returns what is
// ErrUnlawful.
func (s *Service) lawfulTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, form members.WorkForm, days []payments.Day) error {
	rules, err := readFormRules()
	if err != nil {
		return err
	}
	for _, day := range days {
		kind, err := rules.lenderOn(form, day)
		if err != nil {
			return err
		}
		if kind == "" {
			continue
		}
		admitted, last, err := s.people.AdmittedTx(ctx, tx, c, kind, day)
		if err != nil {
			return err
		}
		if !admitted {
			return &NoAdmission{Lender: kind, Day: day, Ended: last}
		}
	}
	return nil
}

// floorTx compares the rate with the legal floor of each day, unless nobody pays.
// It returns *BelowFloor.
func (s *Service) floorTx(ctx context.Context, tx pgx.Tx, form members.WorkForm, rate payments.Cents, days []payments.Day) error {
	if PayerOf(form) == NobodyPays {
		return nil
	}
	floors, err := s.floorsTx(ctx, tx, days)
	if err != nil {
		return err
	}
	for _, day := range days {
		if floor, known := floors[day]; !known || rate < floor {
			return &BelowFloor{Day: day, Floor: floor}
		}
	}
	return nil
}

// formProblemsTx is what is wrong with the work form of a gig on these days: it is
// off, it takes too long, or the law has no place for it on one of them.
func (s *Service) formProblemsTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, form members.WorkForm, days []payments.Day, settings members.Settings, p *check.Problems) error {
	check.OneOf(p, "form", form, members.WorkForms()...)
	if p.At("form") {
		return nil
	}
	if !settings.Uses(form) {
		p.Add("form", "form_off", nil)
		return nil
	}
	if err := spanProblem(form, days, p); err != nil || p.At("form") {
		return err
	}
	return formProblem(s.lawfulTx(ctx, tx, c, form, days), p)
}

// spanProblem notes that the gig's own days are further apart than its form allows.
func spanProblem(form members.WorkForm, days []payments.Day, p *check.Problems) error {
	if len(days) == 0 {
		return nil
	}
	first, last := ends(days)
	rules, err := readFormRules()
	if err != nil {
		return err
	}
	end, err := rules.endOf(form, first)
	if err != nil {
		return formProblem(err, p)
	}
	if end != "" && last >= end {
		p.Add("form", "trial_too_long", map[string]any{"Day": string(end.AddDays(-1))})
	}
	return nil
}

// ends are the first and the last of some days.
func ends(days []payments.Day) (first, last payments.Day) {
	first, last = days[0], days[0]
	for _, day := range days {
		first, last = min(first, day), max(last, day)
	}
	return first, last
}

// formProblem turns what the law refuses into a problem at the form.
func formProblem(err error, p *check.Problems) error {
	var none *NoFormRule
	var admission *NoAdmission
	switch {
	case errors.As(err, &none):
		p.Add("form", "no_form_rule", map[string]any{"Day": string(none.Day)})
	case errors.As(err, &admission) && admission.Ended != "":
		p.Add("form", "admission_ends", map[string]any{"Day": string(admission.Ended)})
	case errors.As(err, &admission):
		p.Add("form", "no_admission", map[string]any{"Day": string(admission.Day)})
	default:
		return err
	}
	return nil
}

// Lawful looks whether seats of the gig's shifts to come can be agreed by the law,
// as it is known now, for who runs an open gig. It returns what is ErrUnlawful, and
// members.ErrNotFound to everybody else and for any other gig.
func (s *Service) Lawful(ctx context.Context, by members.Actor, gig GigID) error {
	found, err := s.Gig(ctx, by, gig)
	if err != nil || !runs(by) || found.State != Open {
		return cmp.Or(err, members.ErrNotFound)
	}
	var days []payments.Day
	for _, shift := range found.Shifts {
		if shift.Starts.After(s.now()) {
			days = append(days, shift.Days()...)
		}
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if err := s.lawfulTx(ctx, tx, by.Cooperative, found.Form, days); err != nil {
			return err
		}
		return s.floorTx(ctx, tx, found.Form, found.Rate, days)
	})
}
