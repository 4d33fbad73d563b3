package members_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"meent/members"
)

func TestNamesAreOfTheOwnCooperative(t *testing.T) {
	h := newHouse(t)
	waal, maas := h.cooperative("Waalkracht"), h.cooperative("Maasland")
	anna, bram := h.member(waal, email), h.member(maas, "bram@meent.example")
	nobody := h.person("eva@meent.example")
	tests := []struct {
		name    string
		persons []members.PersonID
		want    map[members.PersonID]string
	}{
		{"none", nil, map[members.PersonID]string{}},
		{"everybody", []members.PersonID{anna.Person, bram.Person, nobody, {1}, {}}, map[members.PersonID]string{anna.Person: "Noor Bakker"}},
		{"one twice", []members.PersonID{anna.Person, anna.Person}, map[members.PersonID]string{anna.Person: "Noor Bakker"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := h.Names(t.Context(), anna, tt.persons)
			if diff := cmp.Diff(tt.want, got); err != nil || diff != "" {
				t.Errorf("Names: %v (-want +got):\n%s", err, diff)
			}
		})
	}
}
