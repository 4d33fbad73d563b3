package web

import (
	"testing"

	"meent/payments"
)

func TestParseCents(t *testing.T) {
	for text, want := range map[string]payments.Cents{
		"15": 1500, "15,5": 1550, "15,50": 1550, "15.50": 1550, "15.5": 1550, "€ 15,50": 1550, "€15": 1500, "€\u00a015,50": 1550,
		"  15,50  ": 1550, "15,-": 1500, "0": 0, "0,01": 1, "007": 700, "14,99": 1499, "9999999,99": 999_999_999,
	} {
		if got, ok := parseCents(text); !ok || got != want {
			t.Errorf("parseCents(%q) = %v, %v; want %v", text, got, ok, want)
		}
	}
	for _, text := range []string{
		"", " ", "€", ",", ".", "15,", "15.", ",50", "1.000,00", "1,000.00", "1.000", "15,505", "-1", "+1", "- 1", "1-", "-,-", "15,--", "15,5,-",
		"vijftien", "15 euro", "1e3", "0x10", "1 5", "15, 50", "€€15", "15€", "15,5,0", "10000000", "99999999999999999999999", "١٥", "1\x005", "\xff",
	} {
		if got, ok := parseCents(text); ok {
			t.Errorf("parseCents(%q) = %v, want none", text, got)
		}
	}
}
