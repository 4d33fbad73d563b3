// Command meent is the whole marketplace in one program. Without an argument
// and without any setting it starts every part on this machine; each command
// and each setting swaps or runs one part alone. `meent help` lists them.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"
	_ "time/tzdata" // Europe/Amsterdam, also where the machine has no zones
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Environ(), os.Stdout, os.Stderr)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "meent:", err)
		os.Exit(1)
	}
}

// program is one run: what it was given, and nothing global.
type program struct {
	config Config
	args   []string
	beside bool      // a command that may run beside the house
	out    io.Writer // for people
	log    *slog.Logger
	now    func() time.Time
	front  net.Addr                        // where the whole house listens; nil for every other command
	watch  func(http.Handler) http.Handler // a test's, around the house's simulator
}

func run(ctx context.Context, args, environ []string, out, logs io.Writer) error {
	name := ""
	if len(args) > 0 {
		name, args = args[0], args[1:]
	}
	command, ok := findCommand(name)
	if !ok {
		return fmt.Errorf("%q is not a command; `meent help` lists them", name)
	}
	if command.run == nil {
		return usage(out)
	}
	config, err := readConfig(environ)
	if err != nil {
		return oneLine(err)
	}
	p := &program{config: config, args: args, beside: command.beside, out: out, log: newLog(config.Log, logs), now: clock()}
	return oneLine(command.run(p, ctx))
}

func newLog(format string, w io.Writer) *slog.Logger {
	if format == "json" {
		return slog.New(slog.NewJSONHandler(w, nil))
	}
	return slog.New(slog.NewTextHandler(w, nil))
}

// oneLine keeps errors that were joined on one line, and the end of the context
// silent: it is how the program is meant to stop.
func oneLine(err error) error {
	if err == nil || errors.Is(err, context.Canceled) {
		return nil
	}
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		line := ""
		for _, one := range joined.Unwrap() {
			if line != "" {
				line += "; "
			}
			line += oneLine(one).Error()
		}
		return errors.New(line)
	}
	return err
}
