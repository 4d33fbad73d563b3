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

// aboutMoney are the drills that stand on a till.
func aboutMoney() []string {
	return []string{"money", "steps", "webhooks", "stripe", "postgres", "restore"}
}

// all plays the drills about money with one build, to the end of each, with flags that
// all of them know. Its status is the worst of theirs.
func all(ctx context.Context, flags []string, out io.Writer) (status int) {
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
	for _, name := range aboutMoney() {
		status = max(status, run(ctx, append([]string{name}, flags...), out))
		if status == 2 {
			return status
		}
	}
	fmt.Fprintf(out, "all drills about money: %.0f s\n", time.Since(begin).Seconds())
	return status
}
