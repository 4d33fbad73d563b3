package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// aboutMoney are the drills that stand on a till, those that take long first.
func aboutMoney() []string {
	return []string{"money", "webhooks", "steps", "stripe", "postgres", "restore"}
}

// beside is how many of them play at once: each waits a good deal for what is started,
// and for what comes by the clock.
const beside = 2

// all plays the drills about money with one build and one new database to copy, to the end
// of each, with flags that all of them know. Its status is the worst of theirs.
func all(ctx context.Context, flags []string, out io.Writer) int {
	for _, name := range aboutMoney() {
		if _, _, err := read(append([]string{name}, flags...)); err != nil {
			fmt.Fprintln(out, err)
			return 2
		}
	}
	folder, err := os.MkdirTemp("", "meent-drills-")
	if err == nil {
		defer func() { _ = os.RemoveAll(folder) }()
		flags, err = ready(ctx, flags, folder, out)
	}
	if err != nil {
		fmt.Fprintln(out, "drill:", err)
		return 1
	}
	begin := time.Now()
	status := playAll(ctx, flags, out)
	fmt.Fprintf(out, "all drills about money: %.0f s\n", time.Since(begin).Seconds())
	return status
}

// ready makes in a folder what all of them need, and says so in flags.
func ready(ctx context.Context, flags []string, folder string, out io.Writer) ([]string, error) {
	begin := time.Now()
	if err := os.Chmod(folder, 0o755); err != nil { // the server's own user must get in
		return nil, err
	}
	for _, thing := range []struct {
		flag string
		make func(context.Context, string) error
	}{{"program", build}, {"cluster", makeCluster}} {
		if slices.Contains(flags, "-"+thing.flag) {
			continue
		}
		made := filepath.Join(folder, thing.flag)
		if err := thing.make(ctx, made); err != nil {
			return nil, err
		}
		flags = append(flags, "-"+thing.flag, made)
	}
	fmt.Fprintf(out, "ready in %.0f s\n", time.Since(begin).Seconds())
	return flags, nil
}

// playAll lets them play beside each other, and each say its words when all before it
// have said theirs.
func playAll(ctx context.Context, flags []string, out io.Writer) (status int) {
	names := aboutMoney()
	words, statuses := make([]turn, len(names)), make([]chan int, len(names))
	next := make(chan int, len(names))
	for i := range names {
		statuses[i] = make(chan int, 1)
		next <- i
	}
	close(next)
	for range beside {
		go func() {
			for i := range next {
				statuses[i] <- run(ctx, append([]string{names[i]}, flags...), &words[i])
			}
		}()
	}
	for i := range names {
		words[i].comes(out)
		status = max(status, <-statuses[i])
	}
	return status
}
