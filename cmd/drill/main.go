package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"
)

// drill is one kind of trouble.
type drill struct {
	name, summary string
	play          func(*rig, context.Context) (verdict, error) // hurts, calms and judges
}

func drills() []drill {
	return []drill{
		{"queue", "workers killed every second, wrong clocks, polite stops", underLoad((*rig).hurtWorkers)},
		{"redis", "Redis emptied, killed, restarted, away", underLoad((*rig).hurtRedis)},
		{"story", "a gig from post to pay, with a program that is killed again and again", (*rig).playStory},
		{"money", "many bills are paid while copies are killed and answers get lost", (*rig).playMoney},
		{"steps", "the program ends at each point in the moving of money", (*rig).playSteps},
		{"webhooks", "events doubled, shuffled, late, forged, of another version", (*rig).playWebhooks},
		{"stripe", "a gateway that hangs, refuses, breaks off and forgets its keys", (*rig).playStripe},
		{"postgres", "the database is killed under writes that it acknowledges", (*rig).playPostgres},
		{"restore", "the database is put back to an earlier moment", (*rig).playRestore},
	}
}

// options say how much trouble there is.
type options struct {
	name   string // of the drill
	seed   uint64
	last   time.Duration // the trouble
	down   time.Duration // Redis' longest absence
	calm   time.Duration // at most, until everything is done
	kills  int           // of the program, or of the database
	seeds  int           // of the events
	events int           // in each order of webhooks

	payments int    // that clients make
	pairs    bool   // of points, one after the other
	plant    string // a bug that must be found
	built    string // the program; empty: it is built
	cluster  string // the data folder of a Postgres that has nothing yet, to copy; empty: each makes its own
	keep     bool   // the folder, to look at what is left
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	status := run(ctx, os.Args[1:], os.Stdout)
	stop()
	os.Exit(status)
}

// run gives the program's status: 0 when everything held, 1 when something
// did not, 2 when it was called wrongly.
func run(ctx context.Context, args []string, out io.Writer) int {
	if len(args) > 0 && args[0] == "all" {
		return all(ctx, args[1:], out)
	}
	d, o, err := read(args)
	if err != nil {
		fmt.Fprintln(out, err)
		return 2
	}
	verdict, err := d.run(ctx, o, out)
	if err != nil {
		fmt.Fprintln(out, "drill:", err)
		return 1
	}
	fmt.Fprintf(out, "%d passed, %d failed\n", verdict.passed, verdict.failed)
	if verdict.failed > 0 {
		return 1
	}
	return 0
}

func read(args []string) (drill, options, error) {
	var o options
	flags := flag.NewFlagSet("drill", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.Uint64Var(&o.seed, "seed", 1, "of the faults")
	flags.DurationVar(&o.last, "for", 10*time.Second, "how long the trouble lasts")
	flags.DurationVar(&o.down, "down", 5*time.Second, "how long Redis is away")
	flags.DurationVar(&o.calm, "calm", 60*time.Second, "at most, until everything is done")
	flags.IntVar(&o.kills, "kills", 0, "how often the program is killed in story (at least 6) and money, or ended in steps, or the database killed in postgres, or put back in restore")
	flags.IntVar(&o.payments, "payments", 0, "how many payments clients make")
	flags.IntVar(&o.events, "events", 1000, "webhooks: how many events at least are in each order")
	flags.IntVar(&o.seeds, "seeds", 5, "how many orders of events webhooks tries")
	flags.BoolVar(&o.pairs, "pairs", false, "steps: all points one after the other, not only each")
	flags.StringVar(&o.plant, "plant", "", "a bug: double, twice, short, lose, believe or forget")
	flags.BoolVar(&o.keep, "keep", false, "leave the folder with the logs and both databases there")
	flags.StringVar(&o.built, "program", "", "built with -tags drill; none: it is built")
	flags.StringVar(&o.cluster, "cluster", "", "the data folder of a Postgres that has nothing yet, to copy; none: each makes its own")
	for _, d := range drills() {
		if len(args) > 0 && args[0] == d.name {
			o.name = d.name
			if err := flags.Parse(args[1:]); err != nil || flags.NArg() > 0 || !knownPlant(d.name, o.plant) || !o.fill(d.name) {
				return d, o, usage(flags)
			}
			return d, o, nil
		}
	}
	return drill{}, o, usage(flags)
}

// fill sets what was not said to the drill's usual size, and reports what cannot be.
func (o *options) fill(name string) bool {
	kills, payments := map[string]int{"story": 12, "money": 50, "postgres": 10, "restore": 1}, map[string]int{"money": 1000, "restore": 30}
	if o.kills == 0 {
		o.kills = kills[name]
	}
	if o.payments == 0 {
		o.payments = payments[name]
	}
	return o.payments >= 0 && o.kills >= 0 && o.seeds > 0 && o.events > 0 && (name != "story" || o.kills >= fewestKills)
}

func usage(flags *flag.FlagSet) error {
	var text strings.Builder
	fmt.Fprintln(&text, "Usage: drill NAME [flags]")
	for _, d := range drills() {
		fmt.Fprintf(&text, "  %-8s %s\n", d.name, d.summary)
	}
	fmt.Fprintf(&text, "  %-8s %s\n", "all", "the six about money, two at a time, with one build")
	flags.SetOutput(&text)
	flags.PrintDefaults()
	return errors.New(strings.TrimSpace(text.String()))
}

// run sets the drill up and plays it.
func (d drill) run(ctx context.Context, o options, out io.Writer) (verdict, error) {
	r, err := newRig(ctx, o, out)
	if err != nil {
		return verdict{}, err
	}
	defer r.close()
	begin := time.Now()
	v, err := d.play(r, ctx)
	fmt.Fprintf(out, "%s drill, seed %d: %s; %.0f s\n", d.name, o.seed, r.told(), time.Since(begin).Seconds())
	return v, err
}
