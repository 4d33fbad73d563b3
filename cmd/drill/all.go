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

// all plays the drills about money with one build, to the end of each, with flags that
// all of them know. Its status is the worst of theirs.
func all(ctx context.Context, flags []string, out io.Writer) int {
	for _, name := range aboutMoney() {
		if _, _, err := read(append([]string{name}, flags...)); err != nil {
			fmt.Fprintln(out, err)
			return 2
		}
	}
	begin := time.Now()
	if !slices.Contains(flags, "-program") {
		folder, err := os.MkdirTemp("", "meent-drills-")
		if err != nil {
			fmt.Fprintln(out, "drill:", err)
			return 1
		}
		defer func() { _ = os.RemoveAll(folder) }()
		program := filepath.Join(folder, "meent")
		if err := build(ctx, program); err != nil {
			fmt.Fprintln(out, "drill:", err)
			return 1
		}
		fmt.Fprintf(out, "built in %.0f s\n", time.Since(begin).Seconds())
		flags, begin = append(flags, "-program", program), time.Now()
	}
	status := playAll(ctx, flags, out)
	fmt.Fprintf(out, "all drills about money: %.0f s\n", time.Since(begin).Seconds())
	return status
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
