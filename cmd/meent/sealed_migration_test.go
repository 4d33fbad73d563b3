package main

import (
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"meent/internal/pg"
	"meent/internal/pg/pgtest"
)

// sealing are the migrations from which on words are sealed.
func sealing() map[string][]string {
	return map[string][]string{
		"members":  {"0081_sealed_reason.sql", "0082_sealed_decision.sql", "0083_sealed_block.sql"},
		"coaching": {"0081_sealed_words.sql"}, "jobs": {"0021_sealed_reason.sql"}, "matching": {"0021_sealed_text.sql"},
	}
}

// before are the schemas as they were before words were sealed.
func before(t *testing.T) (old []pg.Schema) {
	t.Helper()
	for _, s := range schemas() {
		names, err := fs.Glob(s.Files, "*.sql")
		if err != nil {
			t.Fatal(err)
		}
		files := fstest.MapFS{}
		for _, name := range names {
			if first := sealing()[s.Name]; len(first) > 0 && name >= slices.Min(first) {
				continue
			}
			text, err := fs.ReadFile(s.Files, name)
			if err != nil {
				t.Fatal(err)
			}
			files[name] = &fstest.MapFile{Data: text}
		}
		s.Files = files
		old = append(old, s)
	}
	return old
}

// TestPlainWordsAreNotThrownAway: a database from before, which holds words that
// no migration can seal, is refused and stays as it is; an empty one is not.
func TestPlainWordsAreNotThrownAway(t *testing.T) {
	const id = `'00000000-0000-4000-8000-000000000001'`
	for name, plain := range map[string]string{
		"":                  "",
		"members.audit_why": `INSERT INTO members.audit_why VALUES (` + id + `, 1, '', 'plain words')`,
		"members.restriction": `INSERT INTO members.restriction (id, cooperative_id, person_id, by_id, by_role, by_kind, why, at)
			VALUES (` + id + `, ` + id + `, ` + id + `, gen_random_uuid(), ` + id + `, 'coordinator', 'plain words, twenty of them', now())`,
		"members.client": `INSERT INTO members.client (id, cooperative_id, name, kind, place_code, address, created_at, state, decided_at, decided_by, refused_why)
			VALUES (` + id + `, ` + id + `, 'De Linde', 'household', 'x', '', now(), 'refused', now(), ` + id + `, 'plain words, twenty of them')`,
		"members.client_block": `INSERT INTO members.client_block VALUES (` + id + `, ` + id + `, ` + id + `, now(), 'plain words')`,
		"coaching.question": `INSERT INTO coaching.question (id, cooperative_id, member_id, page, text, state, asked_at, answer_before)
			VALUES (` + id + `, ` + id + `, ` + id + `, '', 'plain words', 'asked', now(), now() + interval '1 day')`,
		"jobs.timesheet": `INSERT INTO jobs.timesheet (id, cooperative_id, engagement_id, state, minutes, reason, proposed_at)
			VALUES (` + id + `, ` + id + `, ` + id + `, 'client_proposed', 60, 'plain words', now())`,
	} {
		t.Run(name, func(t *testing.T) {
			db := pgtest.New(t, before(t)...)
			if name == "" {
				if err := pg.Migrate(t.Context(), db, schemas()...); err != nil {
					t.Fatal(err)
				}
				return
			}
			if _, err := db.Exec(t.Context(), `SET session_replication_role = replica; `+plain+`; SET session_replication_role = origin`); err != nil {
				t.Fatal(err)
			}
			err := pg.Migrate(t.Context(), db, schemas()...)
			if err == nil || !strings.Contains(err.Error(), "which this version keeps sealed") {
				t.Errorf("Migrate gave %v", err)
			}
			var kept bool
			if err := db.QueryRow(t.Context(), `SELECT EXISTS (SELECT FROM `+name+` t WHERE t::text LIKE '%plain words%')`).Scan(&kept); err != nil || !kept {
				t.Errorf("the words are gone, or %v", err)
			}
		})
	}
}
