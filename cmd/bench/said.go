package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

// statement is what the program sent to Postgres, with its values as Postgres
// would write them.
type statement struct {
	text     string
	values   []string // SQL: 'quoted', or NULL
	prepared bool     // unlike begin and commit
}

// scribe reads what Postgres notes of every statement.
type scribe struct {
	program *program
	log     string
	idle    map[string]bool // what is sent while nobody looks
}

// listen lets the program's Postgres note all it is asked.
func listen(ctx context.Context, p *program) (*scribe, error) {
	for _, set := range []string{
		`ALTER SYSTEM SET log_line_prefix = 'bench|'`, `ALTER SYSTEM SET log_min_duration_statement = 0`, `SELECT pg_reload_conf()`,
	} {
		if _, err := p.db.Exec(ctx, set); err != nil {
			return nil, err
		}
	}
	var data string
	err := p.db.QueryRow(ctx, `SHOW data_directory`).Scan(&data)
	s := &scribe{p, filepath.Join(filepath.Dir(data), "log"), map[string]bool{}}
	if err == nil {
		err = s.waitHeard(ctx)
	}
	if err != nil {
		return nil, err
	}
	behind, err := s.heard(func() error { return sleepUntil(ctx, time.Now().Add(upkeep)) })
	for _, one := range behind {
		s.idle[one.text] = true
	}
	return s, err
}

// upkeep is how long the work behind the pages needs to say all that it says
// again and again.
const upkeep = 4 * time.Second

// heard gives all statements that were sent meanwhile.
func (s *scribe) heard(meanwhile func() error) ([]statement, error) {
	before, err := os.Stat(s.log)
	if err == nil {
		err = meanwhile()
	}
	if err != nil {
		return nil, err
	}
	text, err := os.ReadFile(s.log)
	if err != nil {
		return nil, err
	}
	return statements(string(text[before.Size():])), nil
}

// waitHeard waits until sessions have heard of it.
func (s *scribe) waitHeard(ctx context.Context) error {
	for late := time.Now().Add(10 * time.Second); time.Now().Before(late); {
		if _, err := s.program.db.Exec(ctx, `SELECT 'do you hear me'`); err != nil {
			return err
		}
		if text, err := os.ReadFile(s.log); err != nil || strings.Contains(string(text), "do you hear me") {
			return err
		}
		if err := sleepUntil(ctx, time.Now().Add(50*time.Millisecond)); err != nil {
			return err
		}
	}
	return fmt.Errorf("%s says nothing", s.log)
}

// stop lets Postgres be silent again.
func (s *scribe) stop(ctx context.Context) error {
	for _, set := range []string{`ALTER SYSTEM RESET log_min_duration_statement`, `SELECT pg_reload_conf()`} {
		if _, err := s.program.db.Exec(ctx, set); err != nil {
			return err
		}
	}
	return nil
}

// sure is how often a statement must come back to be the page's, and not of the
// work behind it.
const sure = 6

// during gives the statements that look sends each time, as it sent them last.
func (s *scribe) during(look func() error) ([]statement, error) {
	times := map[string]int{}
	var last []statement
	for range sure {
		var err error
		if last, err = s.heard(look); err != nil {
			return nil, err
		}
		seen := map[string]bool{}
		for _, one := range last {
			if !seen[one.text] {
				times[one.text]++
			}
			seen[one.text] = true
		}
	}
	var sent []statement
	for _, one := range last {
		if times[one.text] == sure && !s.idle[one.text] {
			sent = append(sent, one)
		}
	}
	if len(sent) < 3 {
		return nil, fmt.Errorf("only %d statements were heard of a page", len(sent))
	}
	return sent, nil
}

// statements reads them out of a log. A line that goes on begins with a tab.
func statements(log string) (list []statement) {
	said := regexp.MustCompile(`(?s)^LOG:  duration: [0-9.]+ ms  (statement|execute [^:]*): (.*)$`)
	var last *statement // of which details may follow at once
	for _, entry := range strings.Split(strings.ReplaceAll(log, "\n\t", "\n"), "bench|") {
		entry = strings.TrimSpace(entry)
		if details, ok := strings.CutPrefix(entry, "DETAIL:  parameters: "); ok && last != nil {
			last.values = values(details)
		}
		last = nil
		if found := said.FindStringSubmatch(entry); found != nil {
			list = append(list, statement{text: found[2], prepared: found[1] != "statement" && !strings.Contains(found[1], "<unnamed>")})
			last = &list[len(list)-1]
		}
	}
	return list
}

// values reads $1 = 'quoted', $2 = NULL.
func values(details string) (list []string) {
	one := regexp.MustCompile(`\$\d+ = (NULL|'(?:[^']|'')*')(?:, |$)`)
	for _, found := range one.FindAllStringSubmatch(details, -1) {
		list = append(list, found[1])
	}
	return list
}
