package check_test

import (
	"errors"
	"strings"
	"testing"

	"meent/internal/check"
)

func TestText(t *testing.T) {
	tests := []struct{ name, value, want string }{
		{"fine", "Anna de Vries", ""},
		{"accents count once", "Zoë", ""},
		{"missing", "", "missing"},
		{"only spaces", "   ", "missing"},
		{"too short", "A", "too_short"},
		{"too long", strings.Repeat("é", 21), "too_long"},
		{"longest", strings.Repeat("é", 20), ""},
		{"invalid UTF-8", "Anna\xff", "unreadable"},
		{"zero byte", "An\x00na", "unreadable"},
		{"two lines", "Anna\nBcc: all", "unreadable"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var p check.Problems
			p.Text("name", tt.value, 2, 20)
			got := ""
			if len(p) > 0 {
				got = p[0].Rule
			}
			if got != tt.want || len(p) > 1 {
				t.Errorf("Text(%q) gave %v, want %q", tt.value, p, tt.want)
			}
		})
	}
}

func TestErrIsNilOnlyWhenNothingIsWrong(t *testing.T) {
	var p check.Problems
	p.Between("reach", 5, 1, 9)
	check.OneOf(&p, "travel", "bike", "walk", "bike")
	if err := p.Err(); err != nil {
		t.Fatalf("Err() = %v, want nil", err)
	}
	p.Between("reach", 10, 1, 9)
	check.OneOf(&p, "travel", "plane", "walk", "bike")
	var problems check.Problems
	if !errors.As(p.Err(), &problems) || len(problems) != 2 {
		t.Errorf("Err() = %v, want two problems", p.Err())
	}
}
