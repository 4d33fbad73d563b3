package payments_test

import (
	"slices"
	"testing"

	"meent/payments"
)

func TestBillMoves(t *testing.T) {
	allowed := map[payments.BillState][]payments.BillState{
		payments.BillDue:    {payments.BillPaying},
		payments.BillPaying: {payments.BillPaying, payments.BillPaid, payments.BillFailed, payments.BillDue},
		payments.BillFailed: {payments.BillPaying},
	}
	for _, from := range payments.BillStates() {
		for _, to := range payments.BillStates() {
			got, err := from.To(to)
			if want := slices.Contains(allowed[from], to); (err == nil) != want || want && got != to || !want && got != from {
				t.Errorf("%q to %q gave %q, %v", from, to, got, err)
			}
		}
	}
}

func TestPayoutMoves(t *testing.T) {
	allowed := map[payments.PayoutStep][]payments.PayoutStep{
		payments.PayoutIsHeld: {payments.PayoutIsDue},
		payments.PayoutIsDue:  {payments.PayoutIsSent, payments.PayoutIsHeld, payments.PayoutHasNot, payments.PayoutIsReversed},
		payments.PayoutIsSent: {payments.PayoutIsPaid, payments.PayoutHasNot},
		payments.PayoutIsPaid: {payments.PayoutHasNot},
		payments.PayoutHasNot: {payments.PayoutIsDue, payments.PayoutIsReversed},
	}
	for _, from := range payments.PayoutSteps() {
		for _, to := range payments.PayoutSteps() {
			got, err := from.To(to)
			if want := slices.Contains(allowed[from], to); (err == nil) != want || want && got != to || !want && got != from {
				t.Errorf("%q to %q gave %q, %v", from, to, got, err)
			}
		}
	}
}

func TestDepositMoves(t *testing.T) {
	allowed := map[payments.DepositState][]payments.DepositState{
		payments.DepositAsked:    {payments.DepositPaying},
		payments.DepositPaying:   {payments.DepositPaying, payments.DepositIsHeld, payments.DepositAsked},
		payments.DepositIsHeld:   {payments.DepositApplied, payments.DepositReturned},
		payments.DepositApplied:  {payments.DepositIsHeld, payments.DepositReturned},
		payments.DepositReturned: {payments.DepositApplied},
	}
	for _, from := range payments.DepositStates() {
		for _, to := range payments.DepositStates() {
			got, err := from.To(to)
			if want := slices.Contains(allowed[from], to); (err == nil) != want || want && got != to || !want && got != from {
				t.Errorf("%q to %q gave %q, %v", from, to, got, err)
			}
		}
	}
}
