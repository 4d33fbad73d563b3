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
	}
}

// options say how much trouble there is.
type options struct {
	seed  uint64
	last  time.Duration // the trouble
	down  time.Duration // Redis' longest absence
	calm  time.Duration // at most, until everything is done
	kills int           // of the program, while the story is played
	plant string        // a bug that must be found
	built string        // the program; empty: it is built
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
	flags.IntVar(&o.kills, "kills", 12, "how often the program is killed in the story, at least 6")
	flags.StringVar(&o.plant, "plant", "", "a bug: double or lose")
	flags.StringVar(&o.built, "program", "", "built with -tags drill; none: it is built")
	for _, d := range drills() {
		if len(args) > 0 && args[0] == d.name {
			if err := flags.Parse(args[1:]); err != nil || flags.NArg() > 0 || !knownPlant(d.name, o.plant) || o.kills < fewestKills {
				return d, o, usage(flags)
			}
			return d, o, nil
		}
	}
	return drill{}, o, usage(flags)
}

func usage(flags *flag.FlagSet) error {
	var text strings.Builder
	fmt.Fprintln(&text, "Usage: drill NAME [flags]")
	for _, d := range drills() {
		fmt.Fprintf(&text, "  %-8s %s\n", d.name, d.summary)
	}
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
