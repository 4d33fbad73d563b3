package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"meent/payments"
)

const (
	singly   = "transfers, one a transaction"
	inBulk   = "transfers, many a statement"
	hotly    = "transfers to one hot account"
	bare     = "inserts without balances"
	anywhere = "random accounts"
	oneRow   = "one account, one row" // what a hot account would be without its shards
	pgledger = "pgledger"

	noPgledger = "pgledger, an open source ledger in SQL: skipped: -pgledger FILE names its script"
	tellers    = 16  // connections that post at once
	bulk       = 250 // entries of one statement
	bulkers    = 4   // connections that send those
)

// runLedger measures the ledger beside the same inserts without balances, and
// beside another ledger in SQL where its script is named.
func runLedger(ctx context.Context, n int, script string, progress io.Writer) (_ report, err error) {
	other, err := readScript(script)
	if err != nil {
		return report{}, err
	}
	h, err := openLedgerHouse(ctx)
	if err != nil {
		return report{}, err
	}
	defer func() { err = errors.Join(err, h.close()) }()
	var figures []figure
	for _, sides := range ledgerSides(n/10, other) {
		more, err := h.inTurns(ctx, sides, progress)
		if err != nil {
			return report{}, err
		}
		figures = append(figures, more...)
	}
	return report{Benchmark: "ledger", N: n, Figures: judge(group(figures), ledgerGoals()), Notes: ledgerNotes(other)}, nil
}

func readScript(name string) (string, error) {
	if name == "" {
		return "", nil
	}
	text, err := os.ReadFile(name)
	return string(text), err
}

func ledgerGoals() []goal {
	return []goal{
		{singly, atLeast, .6, bare},
		{inBulk, atLeast, 3, bare},
		{hotly, atLeast, .7, anywhere},
	}
}

// ledgerSides are measured beside each other, a turn so many transfers. What many a
// statement brings is held against the same inserts one by one, which are therefore
// measured once for both.
func ledgerSides(n int, other string) [][]side {
	gives := func(what ...string) (list []quantity) {
		for _, w := range what {
			list = append(list, quantity{w, "transfers/s"})
		}
		return list
	}
	all := [][]side{{
		{bare, n, gives(singly, inBulk), onBare},
		{ours, n, gives(singly), onBooks((*books).postEach, "")},
		{ours, 10 * n, gives(inBulk), onBooks((*books).postBulk, "")},
	}, {
		{ours, n, gives(hotly), onBooks((*books).postHot, payments.Contribution)},
		{anywhere, n, gives(hotly), onBooks((*books).postEach, "")},
		{oneRow, n, gives(hotly), onBooks((*books).postOneRow, payments.Fund)},
	}}
	if other != "" {
		all = append(all, []side{
			{pgledger, n, gives(singly), onOther(other, (*otherBooks).postEach)},
			{pgledger, 10 * n, gives(inBulk), onOther(other, (*otherBooks).postBulk)},
			{pgledger, n, gives(hotly), onOther(other, (*otherBooks).postHot)},
		})
	}
	return all
}

func ledgerNotes(other string) []string {
	notes := []string{
		fmt.Sprintf("medians of %d short turns, side by side; a goal is the median of the turns' own shares; one Postgres (fsync on, synchronous_commit on); %d connections that post one entry with one posting each in its own transaction, one round trip", turns, tellers),
		fmt.Sprintf("many a statement: %d entries, %d connections, held against the inserts one by one", bulk, bulkers),
		fmt.Sprintf("between %d members' accounts that may not be overdrawn, each chosen at random; the hot account is the cooperative's contribution, in 16 rows", payers),
		"inserts without balances: the same two tables with the same indexes, checks and foreign keys, the same look at the key, as many round trips and connections; the trigger that keeps balances switched off",
		"after all turns of a side: the number of postings and what they moved, that all balances sum to zero, and that each is the sum of its postings",
	}
	if other == "" {
		return append(notes, noPgledger)
	}
	return append(notes, "pgledger: its script as it came; it has no keys, so that a repeated call moves money again, and looks at no account's bottom here")
}
