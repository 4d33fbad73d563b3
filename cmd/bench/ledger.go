package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
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
	figures, err := h.measure(ctx, ledgerTrials(n, other), progress)
	if err != nil {
		return report{}, err
	}
	return report{Benchmark: "ledger", N: n, Figures: judge(figures, ledgerGoals()), Notes: ledgerNotes(other)}, nil
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

// ledgerTrials hold what many a statement brings against the same inserts one by
// one, which are therefore measured once for both.
func ledgerTrials(n int, other string) []trial {
	rate := func(what string) quantity { return quantity{what, "transfers/s"} }
	trials := []trial{
		{bare, false, n, []quantity{rate(singly), rate(inBulk)}, twice(onBooks((*books).insertBare))},
		{ours, false, n, []quantity{rate(singly)}, onBooks((*books).postEach)},
		{ours, false, 10 * n, []quantity{rate(inBulk)}, onBooks((*books).postBulk)},
		{ours, false, n, []quantity{rate(hotly)}, onBooks((*books).postHot)},
		{anywhere, false, n, []quantity{rate(hotly)}, onBooks((*books).postEach)},
		{oneRow, false, n, []quantity{rate(hotly)}, onBooks((*books).postOneRow)},
	}
	if other != "" {
		trials = append(trials,
			trial{pgledger, false, n, []quantity{rate(singly)}, onOther(other, (*otherBooks).postEach)},
			trial{pgledger, false, 10 * n, []quantity{rate(inBulk)}, onOther(other, (*otherBooks).postBulk)},
			trial{pgledger, false, n, []quantity{rate(hotly)}, onOther(other, (*otherBooks).postHot)})
	}
	return trials
}

type measuring = func(ctx context.Context, r *room, n int) ([]float64, error)

// twice gives one figure for two quantities.
func twice(measure measuring) measuring {
	return func(ctx context.Context, r *room, n int) ([]float64, error) {
		rate, err := measure(ctx, r, n)
		return append(rate, rate...), err
	}
}

func ledgerNotes(other string) []string {
	notes := []string{
		fmt.Sprintf("medians of %d rounds; one Postgres (fsync on, synchronous_commit on); %d connections that post one entry with one posting each in its own transaction, one round trip", rounds, tellers),
		fmt.Sprintf("many a statement: %d entries, %d connections, held against the inserts one by one", bulk, bulkers),
		fmt.Sprintf("between %d members' accounts that may not be overdrawn, each chosen at random; the hot account is the cooperative's contribution, in 16 rows", payers),
		"inserts without balances: the same two tables with the same indexes, checks and foreign keys, the trigger that keeps balances switched off, the shortest statement that does it",
		"after each measurement: the number of postings and what they moved, that all balances sum to zero, and that each is the sum of its postings",
	}
	if other == "" {
		return append(notes, noPgledger)
	}
	return append(notes, "pgledger: its script as it came; it has no keys, so that a repeated call moves money again, and looks at no account's bottom here")
}
