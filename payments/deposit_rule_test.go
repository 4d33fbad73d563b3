package payments

import (
	"errors"
	"testing"
	"time"
)

// TestDepositLost: nothing left ends it, and what the bank gives back lets it go on
// where it was. No other end comes of it.
func TestDepositLost(t *testing.T) {
	now := time.Date(2026, 11, 23, 8, 10, 0, 0, time.UTC)
	before := now.Add(-time.Hour)
	for name, tt := range map[string]struct {
		d     Deposit
		lost  Cents
		state DepositState
		ended time.Time
	}{
		"a part of what is held":       {Deposit{State: DepositIsHeld, Amount: 80, Used: 20}, 50, DepositIsHeld, time.Time{}},
		"all that bills left":          {Deposit{State: DepositIsHeld, Amount: 80, Used: 20}, 60, DepositApplied, now},
		"the last part":                {Deposit{State: DepositIsHeld, Amount: 80, Lost: 50}, 30, DepositApplied, now},
		"a part of what goes back":     {Deposit{State: DepositReturned, Amount: 80, EndedAt: before, setApart: true}, 50, DepositReturned, before},
		"all that goes back":           {Deposit{State: DepositReturned, Amount: 80, EndedAt: before, setApart: true}, 80, DepositApplied, now},
		"given back, work goes on":     {Deposit{State: DepositApplied, Amount: 80, Lost: 80, EndedAt: before}, -80, DepositIsHeld, time.Time{}},
		"given back, work is over":     {Deposit{State: DepositApplied, Amount: 80, Lost: 80, EndedAt: before, setApart: true}, -30, DepositReturned, before},
		"a part given back while held": {Deposit{State: DepositIsHeld, Amount: 80, Lost: 30}, -30, DepositIsHeld, time.Time{}},
		"given back while it goes":     {Deposit{State: DepositReturned, Amount: 80, Lost: 30, EndedAt: before, setApart: true}, -30, DepositReturned, before},
		"nothing, and nothing is left": {Deposit{State: DepositApplied, Amount: 80, Used: 80, EndedAt: before}, 0, DepositApplied, before},
	} {
		if state, ended, err := tt.d.lose(tt.lost, now); err != nil || state != tt.state || !ended.Equal(tt.ended) {
			t.Errorf("%s: %s, ended %v, %v; want %s, %v", name, state, ended, err, tt.state, tt.ended)
		}
	}
	var wrong *WrongMove
	if state, _, err := (Deposit{State: DepositAsked, Amount: 80}).lose(80, now); !errors.As(err, &wrong) || state != DepositAsked {
		t.Errorf("what nobody paid is %s, %v", state, err)
	}
}

// TestDepositUsed: a bill takes from what is held, and from nothing else; what is used up
// ends then.
func TestDepositUsed(t *testing.T) {
	now := time.Date(2026, 11, 23, 8, 10, 0, 0, time.UTC)
	for name, tt := range map[string]struct {
		d     Deposit
		takes Cents
		state DepositState
		ended time.Time
	}{
		"a part":                 {Deposit{State: DepositIsHeld, Amount: 80}, 79, DepositIsHeld, time.Time{}},
		"all of it":              {Deposit{State: DepositIsHeld, Amount: 80}, 80, DepositApplied, now},
		"the last part":          {Deposit{State: DepositIsHeld, Amount: 80, Used: 50}, 30, DepositApplied, now},
		"all that the bank left": {Deposit{State: DepositIsHeld, Amount: 80, Used: 20, Lost: 40}, 20, DepositApplied, now},
		"some of what it left":   {Deposit{State: DepositIsHeld, Amount: 80, Lost: 40}, 39, DepositIsHeld, time.Time{}},
	} {
		got, err := tt.d.use(tt.takes, now)
		if err != nil || got.State != tt.state || !got.EndedAt.Equal(tt.ended) || got.Used != tt.d.Used+tt.takes {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
	for _, state := range []DepositState{DepositAsked, DepositPaying, DepositApplied, DepositReturned} {
		var wrong *WrongMove
		if got, err := (Deposit{State: state, Amount: 80}).use(80, now); !errors.As(err, &wrong) || got.State != state || got.Used != 0 {
			t.Errorf("of what is %s: %+v, %v", state, got, err)
		}
	}
}

// TestWhereADepositIs: with the work, apart, or away.
func TestWhereADepositIs(t *testing.T) {
	for name, tt := range map[string]struct {
		d    Deposit
		at   Account
		here bool
	}{
		"the work goes on": {Deposit{Ref: "gig-1"}, DepositHeld("gig-1"), true},
		"the work is over": {Deposit{Ref: "gig-1", setApart: true}, MovingRefund(Deposit{}.about()), true},
		"it left":          {Deposit{setApart: true, refund: "re_1"}, "", false},
		"got it otherwise": {Deposit{setApart: true, byHand: true}, "", false},
	} {
		if at, here := tt.d.where(); at != tt.at || here != tt.here {
			t.Errorf("%s: %q, %v", name, at, here)
		}
	}
}
