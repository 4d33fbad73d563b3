package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
)

// What the command ends with.
const (
	statusGood   = 0
	statusMissed = 1 // a goal was missed, or nothing could be measured
	statusUsage  = 2
)

func main() {
	// SIGPIPE comes when nobody reads on; then too the servers are stopped.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGPIPE)
	defer stop()
	os.Exit(run(ctx, benchmarks(), os.Args[1:], os.Stdout, os.Stderr))
}

// benchmark is something that can be asked for by its name.
type benchmark struct {
	name  string
	about string
	unit  string // the flag that says how much is measured: n, or of what
	n     int    // how much that is unless said
	run   func(ctx context.Context, n int, progress io.Writer) (report, error)
	more  func(*flag.FlagSet) // adds flags of its own; may be nil
}

func benchmarks() []benchmark {
	var script string
	match := matchOptions{lists: matchLists}
	return []benchmark{
		{"queue", "background tasks, beside River and asynq", "n", 10_000, runQueue, nil},
		{"story", "gigs in the pages of a whole Meent, until a member sees the offer", "gigs", 200, runStory, nil},
		{"pages", "pages of a whole Meent after three years, beside psql with their statements", "members", 1000, runPages, nil},
		{"search", "the browse index in the program, beside Postgres' full text", "docs", 100_000, runSearch, nil},
		{"match", "who fits a shift, or which shifts a member, beside one tuned table in Postgres", "n", 100_000,
			func(ctx context.Context, n int, progress io.Writer) (report, error) {
				return runMatch(ctx, n, match, progress)
			},
			func(f *flag.FlagSet) {
				f.BoolVar(&match.remote, "remote", false, "work at home")
				f.BoolVar(&match.reverse, "reverse", false, "work for a member")
				f.BoolVar(&match.throughput, "throughput", false, "lists a second, while members change")
				f.IntVar(&match.gigs, "gigs", 100_000, "how much work there is for -reverse")
			}},
		{"sync", "the engine in step with Postgres: until a change is visible, and what differs", "n", 100_000, runSync, nil},
		{"ledger", "transfers between accounts, beside the same inserts without balances", "n", 10_000,
			func(ctx context.Context, n int, progress io.Writer) (report, error) {
				return runLedger(ctx, n, script, progress)
			},
			func(f *flag.FlagSet) {
				f.StringVar(&script, "pgledger", "", "the SQL script of pgledger, as a further peer")
			}},
	}
}

// run does what the arguments ask for, and gives the status to end with.
func run(ctx context.Context, all []benchmark, args []string, out, errs io.Writer) int {
	chosen, ok := choose(all, args)
	if !ok {
		usage(all, errs)
		return statusUsage
	}
	n, asJSON, err := chosen.options(args[1:], errs)
	if err != nil {
		return statusUsage
	}
	found, err := chosen.run(ctx, n, errs)
	if err == nil {
		err = found.print(out, asJSON)
	}
	if err != nil {
		fmt.Fprintf(errs, "bench %s: %v\n", chosen.name, err)
		return statusMissed
	}
	return found.status()
}

func choose(all []benchmark, args []string) (benchmark, bool) {
	for _, one := range all {
		if len(args) > 0 && args[0] == one.name {
			return one, true
		}
	}
	return benchmark{}, false
}

// options has told errs what is wrong when it returns an error.
func (b benchmark) options(args []string, errs io.Writer) (n int, asJSON bool, err error) {
	flags := flag.NewFlagSet("bench "+b.name, flag.ContinueOnError)
	flags.SetOutput(errs)
	flags.IntVar(&n, b.unit, b.n, "how much to measure, at least 100")
	flags.BoolVar(&asJSON, "json", false, "also print the figures as one last line of JSON")
	if b.more != nil {
		b.more(flags)
	}
	if err := flags.Parse(args); err != nil {
		return 0, false, err
	}
	if n < 100 || flags.NArg() > 0 {
		flags.Usage()
		return 0, false, errors.New("wrong options")
	}
	return n, asJSON, nil
}

func usage(all []benchmark, errs io.Writer) {
	fmt.Fprintln(errs, "usage: bench <name> [-json] [flags]")
	for _, one := range all {
		fmt.Fprintf(errs, "  %-8s %s; -%s is %d unless said\n", one.name, one.about, one.unit, one.n)
	}
}
