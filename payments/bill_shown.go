package payments

// What a bill is called beside its states: it stays paid, and money of it goes or
// went back.
const (
	BillPartRefunded BillState = "part_refunded"
	BillRefunded     BillState = "refunded"
	BillDisputed     BillState = "disputed"
)

// ShownStates lists every word for a bill.
func ShownStates() []BillState {
	return append(BillStates(), BillPartRefunded, BillRefunded, BillDisputed)
}

// Shown is the word for the bill: its state, or what became of the money since.
func (b Bill) Shown() BillState {
	switch back := b.Refunded + b.Lost; {
	case b.Disputed:
		return BillDisputed
	case back >= b.Total:
		return BillRefunded
	case back > 0:
		return BillPartRefunded
	}
	return b.State
}
