package jobs

import (
	"errors"
	"testing"

	"meent/members"
	"meent/payments"
)

func rules(t *testing.T) FormRules {
	t.Helper()
	list, err := readFormRules()
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// TestEveryFormHasItsRules: a form without an answer could not be posted.
func TestEveryFormHasItsRules(t *testing.T) {
	r := rules(t)
	for _, form := range members.WorkForms() {
		for _, day := range []payments.Day{"2026-11-26", "2026-12-31", "2027-01-01", "2030-01-01"} {
			payer, err := r.at(form, paidBy, day)
			if err != nil || Payer(payer) != PayerOf(form) {
				t.Errorf("%s on %s is paid by %q (%v); the code says %s", form, day, payer, err, PayerOf(form))
			}
			if _, err := r.lenderOn(form, day); err != nil {
				t.Errorf("%s on %s: %v", form, day, err)
			}
		}
	}
	for _, line := range r {
		if line.Source == "" || !line.From.Real() || line.Until != "" && !line.Until.Real() {
			t.Errorf("%+v has no source or no day", line)
		}
	}
}

// TestLenderFrom2027: the admission is asked from the first day of the Wtta on.
func TestLenderFrom2027(t *testing.T) {
	for _, tt := range []struct {
		form members.WorkForm
		day  payments.Day
		want members.LenderKind
	}{
		{members.PostedEmployee, "2026-12-31", ""}, {members.PostedEmployee, "2027-01-01", members.OwnLender},
		{members.PartnerAgency, "2026-12-31", ""}, {members.PartnerAgency, "2027-01-01", members.PartnerLender},
		{members.MemberEntrepreneur, "2027-01-01", ""}, {members.ClientEmployee, "2027-01-01", ""}, {members.TrialPlacement, "2027-01-01", ""},
	} {
		if got, err := rules(t).lenderOn(tt.form, tt.day); err != nil || got != tt.want {
			t.Errorf("%s on %s: %q, %v; want %q", tt.form, tt.day, got, err, tt.want)
		}
	}
}

// TestTrialEnds: two months from the first day, also from the end of a month.
func TestTrialEnds(t *testing.T) {
	for first, want := range map[payments.Day]payments.Day{
		"2026-12-01": "2027-02-01", "2026-11-30": "2027-01-30", "2026-12-31": "2027-02-28", "2027-12-31": "2028-02-29",
	} {
		if got, err := rules(t).endOf(members.TrialPlacement, first); err != nil || got != want {
			t.Errorf("from %s it ends before %s, %v; want %s", first, got, err, want)
		}
	}
	if got, err := rules(t).endOf(members.ClientEmployee, "2026-12-01"); err != nil || got != "" {
		t.Errorf("another form ends before %q, %v", got, err)
	}
}

// TestRulesNeverGuess: before the first line, in a gap, and for what is no form.
func TestRulesNeverGuess(t *testing.T) {
	gap, err := parseFormRules([]byte("form,key,value,from,until,source\ntrial_placement,most_months,2,2026-01-01,2026-06-30,a\ntrial_placement,most_months,3,2027-01-01,,b\n"))
	if err != nil {
		t.Fatal(err)
	}
	for day, want := range map[payments.Day]payments.Day{"2026-06-30": "2026-08-30", "2027-01-01": "2027-04-01"} {
		if got, err := gap.endOf(members.TrialPlacement, day); err != nil || got != want {
			t.Errorf("from %s: %s, %v", day, got, err)
		}
	}
	for _, tt := range []struct {
		in   FormRules
		form members.WorkForm
		day  payments.Day
	}{{gap, members.TrialPlacement, "2025-12-31"}, {gap, members.TrialPlacement, "2026-07-01"}, {rules(t), members.TrialPlacement, "2014-12-31"}, {rules(t), "barter", "2027-01-01"}} {
		_, err := tt.in.at(tt.form, mostMonths, tt.day)
		var none *NoFormRule
		if !errors.As(err, &none) || none.Day != tt.day || !errors.Is(err, ErrUnlawful) {
			t.Errorf("%s on %s: %v", tt.form, tt.day, err)
		}
	}
}
