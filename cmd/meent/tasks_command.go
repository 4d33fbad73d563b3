package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"
	"unicode"

	"meent/internal/check"
	"meent/internal/id"
	"meent/internal/tasks"
)

const tasksUsage = `say what to do: meent tasks ls, meent tasks retry ID, or meent tasks drop ID -reason "the gig is gone"`

// tasksWish is what the operator asks.
type tasksWish struct {
	act    tasks.Act // empty: list
	task   tasks.ID
	reason string
}

// tasks is `meent tasks`: the operator looks at the background work of
// everybody, and decides about what stopped.
func (p *program) tasks(ctx context.Context) error {
	wish, err := readTasks(p.args)
	if err != nil {
		return err
	}
	return p.withServices(ctx, func(_ *backends, s *services) error {
		switch wish.act {
		case tasks.Retry:
			return p.decided(s.queue.Retry(ctx, tasks.By{}, wish.task), "It will be tried again.")
		case tasks.Drop:
			return p.decided(s.queue.Drop(ctx, tasks.By{}, wish.task, wish.reason), "It will not be done.")
		default:
			return p.listTasks(ctx, s.queue)
		}
	})
}

// readTasks reads a verb, an ID and a reason; flags stand before or after the ID.
func readTasks(args []string) (wish tasksWish, err error) {
	flags := flag.NewFlagSet("tasks", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	if len(args) > 0 && args[0] == string(tasks.Drop) {
		flags.StringVar(&wish.reason, "reason", "", "")
	}
	words, err := readWords(flags, args)
	switch {
	case err != nil:
		return wish, errors.New(tasksUsage)
	case len(words) == 1 && words[0] == "ls":
		return wish, nil
	case len(words) == 2 && (words[0] == string(tasks.Retry) || words[0] == string(tasks.Drop)):
		wish.act = tasks.Act(words[0])
	default:
		return wish, errors.New(tasksUsage)
	}
	if wish.task, err = id.Parse[tasks.Task](words[1]); err != nil {
		return wish, fmt.Errorf("%q is not the id of a task; `meent tasks ls` lists them", words[1])
	}
	return wish, nil
}

// readWords takes the flags out of the arguments, wherever they stand.
func readWords(flags *flag.FlagSet, args []string) (words []string, err error) {
	for {
		if err := flags.Parse(args); err != nil {
			return nil, err
		}
		if flags.NArg() == 0 {
			return words, nil
		}
		words, args = append(words, flags.Arg(0)), flags.Args()[1:]
	}
}

// decided says what comes of a decision, or why nothing does.
func (p *program) decided(err error, sentence string) error {
	if problems := (check.Problems)(nil); errors.As(err, &problems) {
		return fmt.Errorf("-%s: %s", problems[0].Field, problemSentence(problems[0]))
	}
	if errors.Is(err, tasks.ErrNotFound) {
		return errors.New("no dead task has this id; `meent tasks ls` lists them")
	}
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(p.out, sentence)
	return err
}

// listTasks prints what each lane holds, and every task that stopped.
func (p *program) listTasks(ctx context.Context, queue *tasks.Queue) error {
	counts, err := queue.Counts(ctx, id.Cooperative{})
	if err != nil {
		return err
	}
	dead, err := queue.Dead(ctx, id.Cooperative{})
	if err != nil {
		return err
	}
	all := printLanes(p.out, counts)
	if len(dead) == 0 {
		_, err := fmt.Fprintln(p.out, "\nNo task is dead.")
		return err
	}
	fmt.Fprintln(p.out)
	printDead(p.out, dead)
	if all > len(dead) {
		_, err = fmt.Fprintf(p.out, "These are the newest %d of %d.\n", len(dead), all)
	}
	return err
}

// printLanes says how many tasks are dead in all.
func printLanes(out io.Writer, counts []tasks.Count) (dead int) {
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "LANE\tWAITING\tLATER\tRUNNING\tDEAD\tOLDEST")
	for _, c := range counts {
		fmt.Fprintf(table, "%s\t%d\t%d\t%d\t%d\t%s\n", c.Lane, c.Waiting, c.Later, c.Running, c.Dead, c.Oldest.Round(time.Second))
		dead += c.Dead
	}
	table.Flush()
	return dead
}

func printDead(out io.Writer, dead []tasks.Dead) {
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "ID\tKIND\tDIED\tTRIES\tPROBLEM\tERROR")
	for _, d := range dead {
		fmt.Fprintf(table, "%s\t%s\t%s\t%d\t%s\t%s\n", d.ID, onLine(d.Kind), d.Died.Local().Format("2006-01-02 15:04"),
			d.Failures+d.Lost, d.Problem, onLine(d.Error))
	}
	table.Flush()
}

// onLine keeps a text on its line of the table, and a terminal from obeying it.
func onLine(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, text)
}
