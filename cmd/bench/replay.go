package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	"meent/internal/pg"
)

// psql is the peer: the same statements with the same values, in one session,
// by a client that does nothing else.
const psql = "psql, its statements"

// errNoPSQL is returned where psql is not installed.
var errNoPSQL = errors.New("psql is not installed")

const (
	warmReplays = 3
	replays     = 20
)

// replay sends a page's statements again and again, and gives how many
// milliseconds all of them took each time.
func (p *program) replay(ctx context.Context, sent []statement) ([]float64, error) {
	name, err := findPSQL()
	if err != nil {
		return nil, err
	}
	address, err := pg.Join(pg.ServerConfig{Dir: p.data()})
	if err != nil {
		return nil, err
	}
	var errs bytes.Buffer
	cmd := exec.CommandContext(ctx, name, "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", address)
	cmd.Stdin, cmd.Stderr = strings.NewReader(script(sent)), &errs
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("psql: %w\n%s", err, &errs)
	}
	return sums(string(out), len(sent))
}

func findPSQL() (string, error) {
	for _, name := range []string{filepath.Join(os.Getenv("PG_BIN"), "psql"), "psql"} {
		if found, err := exec.LookPath(name); err == nil {
			return found, nil
		}
	}
	return "", errNoPSQL
}

// script prepares each statement once, as the program does, and times each.
func script(sent []statement) string {
	var s, once strings.Builder
	s.WriteString("SET plan_cache_mode = force_generic_plan;\nSET timezone = 'UTC';\n")
	for i, one := range sent {
		switch {
		case !one.prepared:
			fmt.Fprintf(&once, "%s;\n", one.text)
			continue
		case one.values == nil:
			fmt.Fprintf(&once, "EXECUTE s%d;\n", i)
		default:
			fmt.Fprintf(&once, "EXECUTE s%d (%s);\n", i, strings.Join(one.values, ", "))
		}
		fmt.Fprintf(&s, "PREPARE s%d AS %s;\n", i, one.text)
	}
	s.WriteString("\\o /dev/null\n\\timing on\n")
	for range warmReplays + replays {
		s.WriteString(once.String())
	}
	return s.String()
}

// sums adds up the times of each round but the first few.
func sums(out string, each int) (list []float64, err error) {
	var took []float64
	for line := range strings.Lines(out) {
		if rest, ok := strings.CutPrefix(line, "Time: "); ok {
			number, _, _ := strings.Cut(rest, " ")
			ms, err := strconv.ParseFloat(number, 64)
			if err != nil {
				return nil, err
			}
			took = append(took, ms)
		}
	}
	if len(took) != each*(warmReplays+replays) {
		return nil, fmt.Errorf("psql timed %d statements, want %d × %d:\n%s", len(took), each, warmReplays+replays, out)
	}
	for i := warmReplays * each; i < len(took); i += each {
		sum := 0.0
		for _, ms := range took[i : i+each] {
			sum += ms
		}
		list = append(list, sum)
	}
	return list, nil
}
