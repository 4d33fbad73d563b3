package web

import (
	"strconv"
	"strings"

	"meent/payments"
)

// cents reads an amount of euros; anything else is a problem at the field.
func (f *form) cents(field string) payments.Cents {
	amount, ok := parseCents(f.text(field))
	if !ok {
		rule := "not_an_amount"
		if f.text(field) == "" {
			rule = "missing"
		}
		f.problems.Add(field, rule, nil)
	}
	return amount
}

// parseCents reads an amount as people write it: 15, 15,5, 15,50, 15.50, 15,-,
// with or without a euro sign before it. It refuses what could mean two things,
// so there are no separators of thousands: 1.000 is neither one nor a thousand.
func parseCents(text string) (payments.Cents, bool) {
	text = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(text), "€"))
	euros, part, split := strings.Cut(strings.Replace(text, ",", ".", 1), ".")
	if part == "-" {
		part = "00"
	}
	if split && part == "" || len(part) > 2 || len(euros) > 7 || !digits(euros) || !digits(part+"0") {
		return 0, false
	}
	amount, err := strconv.ParseInt(euros+(part + "00")[:2], 10, 64)
	return payments.Cents(amount), err == nil
}

// digits reports a text of digits alone, at least one.
func digits(text string) bool {
	return text != "" && strings.Trim(text, "0123456789") == ""
}
