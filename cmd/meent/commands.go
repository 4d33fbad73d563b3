package main

import (
	"context"
	"fmt"
	"io"
)

// command is one word after `meent`.
type command struct {
	name    string
	summary string
	beside  bool // may run while the house runs, on the same data
	run     func(*program, context.Context) error
}

func commands() []command {
	return []command{
		{"", "start everything on this machine, with demo data the first time", false, (*program).all},
		{"serve", "the web pages alone", false, (*program).serve},
		{"work", "the background work alone", false, (*program).work},
		{"migrate", "bring the database up to date", true, (*program).migrate},
		{"seed", "fill an empty database with demo data", true, (*program).seed},
		{"reindex", "let the browse index be filled anew", true, (*program).reindex},
		{"doctor", "check each part and say how it is", true, (*program).doctor},
		{"coop", "coop create: a cooperative and its first coordinator", true, (*program).coop},
		{"audit", "audit verify: read the log of deeds, and find what was changed, left out or swapped", true, (*program).audit},
		{"explain", "explain OFFER: why somebody was asked, computed again by the weights of then", true, (*program).explain},
		{"keys", "keys rotate: let the first key of MEENT_KEY seal what the others sealed", true, (*program).rotateKeys},
		{"tasks", "tasks ls, retry, drop: how the background work is, and what to do with what stopped", true, (*program).tasks},
		{"quarantine", "stop all payouts, after a database that was put back", true, (*program).quarantine},
		{"reconcile", "compare the books of Stripe with ours now; -whole: all of them", true, (*program).reconcile},
		{"resume", "let payouts go on that no hand stopped, where the books agree", true, (*program).resume},
		{"stripesim", "a Stripe to practise with, alone", true, (*program).stripesim},
		{"help", "this list", false, nil},
	}
}

func findCommand(name string) (command, bool) {
	for _, c := range commands() {
		if c.name == name || c.name == "help" && (name == "-h" || name == "--help") {
			return c, true
		}
	}
	return command{}, false
}

func usage(out io.Writer) error {
	fmt.Fprintln(out, "Usage: meent [command]")
	for _, c := range commands() {
		fmt.Fprintf(out, "  %-10s %s\n", c.name, c.summary)
	}
	_, err := fmt.Fprintln(out, "Settings are environment variables: see .env.example.")
	return err
}
