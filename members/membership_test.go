package members_test

import (
	"errors"
	"fmt"
	"testing"

	"meent/members"
)

// TestMembershipMoves is the whole table: what is not named is refused.
func TestMembershipMoves(t *testing.T) {
	allowed := map[string]bool{
		"referred trial": true, "referred alumni": true,
		"trial member": true, "trial alumni": true,
		"member alumni": true,
		"alumni trial":  true,
	}
	for _, from := range append(members.Memberships(), "", "banned") {
		for _, to := range append(members.Memberships(), "", "banned") {
			got, err := from.To(to)
			if allowed[fmt.Sprint(from, " ", to)] {
				if err != nil || got != to {
					t.Errorf("%q to %q gave %q, %v", from, to, got, err)
				}
				continue
			}
			if !errors.Is(err, members.ErrWrongMove) || got != from {
				t.Errorf("%q to %q gave %q, %v; want ErrWrongMove", from, to, got, err)
			}
		}
	}
}

func TestOnlyTrialAndMemberWork(t *testing.T) {
	for _, one := range append(members.Memberships(), "") {
		if want := one == members.OnTrial || one == members.Joined; one.Works() != want {
			t.Errorf("%q works: %v", one, one.Works())
		}
	}
}
