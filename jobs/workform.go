package jobs

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"fmt"
	"strconv"
	"sync"

	"meent/members"
	"meent/payments"
)

// formKey is what a rule of a work form is about.
type formKey string

// The keys: who pays the wage, who must be admitted as a lender, how long it may
// last, and how often one member does it at one client.
const (
	paidBy        formKey = "paid_by"
	lender        formKey = "lender"
	mostMonths    formKey = "most_months"
	timesAtClient formKey = "times_at_client"
)

// Payer is who pays the wage.
type Payer string

// The payers.
const (
	CooperativePays Payer = "cooperative"
	OtherPays       Payer = "other" // the client, or a partner
	NobodyPays      Payer = "nobody"
)

// FormRule is one line of the law about a work form, for a range of days.
type FormRule struct {
	Form        members.WorkForm
	Key         formKey
	Value       string
	From, Until payments.Day // both included; no end is known where Until is empty
	Source      string
}

// FormRules are all lines.
type FormRules []FormRule

//go:embed workforms.csv
var workFormsCSV []byte

// readFormRules reads the program's own list, once.
var readFormRules = sync.OnceValues(func() (FormRules, error) { return parseFormRules(workFormsCSV) })

func parseFormRules(file []byte) (FormRules, error) {
	rows, err := csv.NewReader(bytes.NewReader(file)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("workforms.csv: %w", err)
	}
	rules := make(FormRules, 0, len(rows))
	for _, row := range rows[1:] {
		rules = append(rules, FormRule{Form: members.WorkForm(row[0]), Key: formKey(row[1]), Value: row[2],
			From: payments.Day(row[3]), Until: payments.Day(row[4]), Source: row[5]})
	}
	return rules, nil
}

// at is what the law says on a day. It returns *NoFormRule where no line has an
// answer: nobody guesses.
func (rules FormRules) at(form members.WorkForm, key formKey, day payments.Day) (string, error) {
	for _, r := range rules {
		if r.Form == form && r.Key == key && r.From <= day && (r.Until == "" || day <= r.Until) {
			return r.Value, nil
		}
	}
	return "", &NoFormRule{Form: form, Day: day}
}

func (rules FormRules) number(form members.WorkForm, key formKey, day payments.Day) (int, error) {
	text, err := rules.at(form, key, day)
	if err != nil {
		return 0, err
	}
	return strconv.Atoi(text)
}

// PayerOf is who pays the wage of work of this form. It knows each form: a test
// holds that.
func PayerOf(form members.WorkForm) Payer {
	switch form {
	case members.PartnerAgency, members.ClientEmployee:
		return OtherPays
	case members.TrialPlacement:
		return NobodyPays
	default:
		return CooperativePays
	}
}

// lenderOn is who must be admitted to lend people out on this day; empty: nobody.
func (rules FormRules) lenderOn(form members.WorkForm, day payments.Day) (members.LenderKind, error) {
	kind, err := rules.at(form, lender, day)
	if err != nil || kind == "none" {
		return "", err
	}
	return members.LenderKind(kind), nil
}

// endOf is the first day on which work of the form that began on first may no
// longer take place; empty: it may last.
func (rules FormRules) endOf(form members.WorkForm, first payments.Day) (payments.Day, error) {
	if form != members.TrialPlacement {
		return "", nil
	}
	months, err := rules.number(form, mostMonths, first)
	if err != nil {
		return "", err
	}
	return first.AddMonths(months), nil
}
