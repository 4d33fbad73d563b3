package members

import "testing"

func TestWeekText(t *testing.T) {
	var w Week
	w.Add(0, Span{From: 36, Until: 68})
	w.Add(4, Span{From: 88, Until: 8})
	if got, want := weekText(&w), "1 9:00-17:00, 5 22:00-2:00"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got := weekText(&Week{}); got != "" {
		t.Errorf("an empty week is %q", got)
	}
}

func TestQuartersText(t *testing.T) {
	bits := make([]byte, 12)
	if got := quartersText(bits); got != "" {
		t.Errorf("nothing is %q", got)
	}
	for q := 36; q < 48; q++ {
		bits[q/8] |= 1 << (q % 8)
	}
	bits[11] |= 1 << 7
	if got, want := quartersText(bits), "9:00-12:00, 23:45-24:00"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
