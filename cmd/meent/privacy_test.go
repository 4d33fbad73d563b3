package main

import (
	"encoding/json"
	"errors"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/owndata"
	"meent/internal/pg/pgtest"
	"meent/members"
	"meent/web"
)

// keptHouse is a house with weeks of work behind its people, in which much was
// told, asked and decided.
type keptHouse struct {
	*testHouse
	privacy
}

func newKeptHouse(t *testing.T) *keptHouse {
	t.Helper()
	db := pgtest.New(t, schemas()...)
	environ := []string{"DATABASE_URL=" + db.Config().ConnString(), "MEENT_DEMO=yes", "MEENT_DATA=" + t.TempDir()}
	if err := run(t.Context(), []string{"seed"}, environ, t.Output(), t.Output()); err != nil {
		t.Fatal(err)
	}
	config, err := readConfig(environ)
	if err != nil {
		t.Fatal(err)
	}
	keys, err := makeKeyFile(filepath.Join(config.Data, keyFile))
	if err != nil {
		t.Fatal(err)
	}
	p := &program{config: config, now: time.Now, log: slog.New(slog.DiscardHandler)}
	h := &keptHouse{testHouse: &testHouse{program: p, db: db}, privacy: privacy{db, p.newServices(&backends{db: db, keys: keys})}}
	if h.everyone, err = h.members.Everyone(t.Context()); err != nil {
		t.Fatal(err)
	}
	return h
}

// fill lets the people do what the past does not hold.
func (h *keptHouse) fill(t *testing.T) {
	t.Helper()
	for _, far := range []done{worked, proposed, agreed, sentBack} {
		h.workDone(t, far)
	}
	h.shareTimeline(t)
	h.tellProfile(t)
	h.memberAsks(t)
	h.officeActs(t)
	h.officeWork(t)
	h.tellCoach(t)
	h.join = h.invite(t)
	h.wrong, h.ready = h.upload(t)
}

// persons are all ids, without those who are there twice.
func (h *keptHouse) persons(t *testing.T) []members.PersonID {
	t.Helper()
	rows, err := h.testHouse.db.Query(t.Context(), `SELECT id FROM members.person ORDER BY id`)
	if err != nil {
		t.Fatal(err)
	}
	list, err := pgx.CollectRows(rows, pgx.RowTo[members.PersonID])
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func (h *keptHouse) exportOf(t *testing.T, person members.PersonID) []web.OwnPart {
	t.Helper()
	parts, err := h.Export(t.Context(), person)
	if err != nil {
		t.Fatal(err)
	}
	return parts
}

func tablesOf(parts []web.OwnPart) (list []owndata.Table) {
	for _, part := range parts {
		list = append(list, part.Tables...)
	}
	return list
}

// notExported are the tables that lead to a person and stay out, and why.
func notExported() map[string]string {
	return map[string]string{
		"members.person_key":        "a secret: what it opens is exported",
		"members.passkey_challenge": "a secret of five minutes",
		"members.farewell":          "an address without a person, until the mail is out",
		"members.audit_head":        "how far the log goes, and nobody",
		"mail.message":              "the mailbox of a development house: it stands for other people's computers",
		"payments.event":            "what the gateway said, by its own numbers",
	}
}

// TestExportHasEveryTable: a table with a column that leads to a person is
// exported, or stands in the list above. It fails when somebody adds one.
func TestExportHasEveryTable(t *testing.T) {
	h := newKeptHouse(t)
	exported := map[string]bool{}
	for _, table := range tablesOf(h.exportOf(t, h.someone(t, members.RoleMember).Person)) {
		for _, from := range table.From {
			exported[from] = true
		}
	}
	const leading = `
		SELECT DISTINCT n.nspname || '.' || c.relname
		FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
		WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'public') AND (
			EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'f'
				AND k.confrelid IN ('members.person'::regclass, 'members.role'::regclass, 'members.member'::regclass))
			OR EXISTS (SELECT FROM information_schema.columns i WHERE i.table_schema = n.nspname AND i.table_name = c.relname
				AND i.column_name ~ '(^|_)(person|member|role|coach|email|recipient|asker|grantee|reader|account|phone|address)(_id)?$')) ORDER BY 1`
	rows, err := h.testHouse.db.Query(t.Context(), leading)
	if err != nil {
		t.Fatal(err)
	}
	list, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil || len(list) < 25 {
		t.Fatalf("only %v lead to a person, %v", list, err)
	}
	for _, table := range list {
		if strings.HasPrefix(table, "stripesim.") {
			continue // stands for another company's computer: what remains there is said on the page
		}
		if why := notExported()[table]; exported[table] == (why != "") {
			t.Errorf("%s: exported is %v, and the reason not to is %q", table, exported[table], why)
		}
	}
}

// TestExportHasWhatIsThere: each table that has rows about somebody gives a row
// to one of them; nothing secret is in it, and nobody's id but the person's own.
func TestExportHasWhatIsThere(t *testing.T) {
	h := newKeptHouse(t)
	h.fill(t)
	rows, all := map[string]int{}, h.persons(t)
	for _, person := range all {
		parts := h.exportOf(t, person)
		text, err := json.Marshal(parts)
		if err != nil {
			t.Fatal(err)
		}
		for _, other := range h.idsBut(t, person) {
			if strings.Contains(string(text), other) {
				t.Fatalf("the export of %s has %s, who is somebody else", person, other)
			}
		}
		for _, table := range tablesOf(parts) {
			for _, from := range table.From {
				rows[from] += len(table.Rows)
			}
			for _, column := range table.Columns {
				if strings.Contains(column, "hash") || strings.Contains(column, "secret") || strings.Contains(column, "token") || strings.Contains(column, "wrapped") {
					t.Errorf("%s has %s", table.Name, column)
				}
			}
		}
	}
	for from, n := range rows {
		var there int
		if err := h.testHouse.db.QueryRow(t.Context(), `SELECT count(*) FROM `+from).Scan(&there); err != nil {
			t.Fatal(err)
		}
		if (n > 0) != (there > 0) {
			t.Errorf("%s has %d rows, and the exports of %d people %d", from, there, len(all), n)
		}
	}
}

// idsBut are the ids by which others are known, and their addresses.
func (h *keptHouse) idsBut(t *testing.T, person members.PersonID) []string {
	t.Helper()
	const query = `
		SELECT p.id::text FROM members.person p WHERE p.id <> $1 UNION SELECT p.email FROM members.person p WHERE p.id <> $1
		UNION SELECT r.id::text FROM members.role r WHERE r.person_id <> $1
		UNION SELECT m.id::text FROM members.member m JOIN members.role r ON r.id = m.role_id WHERE r.person_id <> $1`
	rows, err := h.testHouse.db.Query(t.Context(), query, person)
	if err != nil {
		t.Fatal(err)
	}
	list, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil || len(list) == 0 {
		t.Fatalf("%d ids, %v", len(list), err)
	}
	return list
}

// TestExportOpensWhatWasConfided, and is of one moment.
func TestExportOpensWhatWasConfided(t *testing.T) {
	h := newKeptHouse(t)
	h.fill(t)
	coach := h.actor(t, members.RoleCoach)
	follows, err := h.coaching.Caseload(t.Context(), coach)
	if err != nil {
		t.Fatal(err)
	}
	person := h.personOf(t, follows[0].Member)
	var confided []string
	for _, table := range tablesOf(h.exportOf(t, person)) {
		if table.Name != "confided" {
			continue
		}
		for _, row := range table.Rows {
			confided = append(confided, row[0].(string)+" "+owndata.Text(row[2]))
		}
	}
	if want := []string{"coach_note Bel mij liever niet.", "learn Ik wil leren lassen.", "phone 06 12 34 56 78"}; !slices.Equal(confided, want) {
		t.Errorf("confided is %q, want %q", confided, want)
	}
	if _, err := h.Export(t.Context(), members.PersonID{1}); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("the export of nobody gave %v", err)
	}
}

// TestExportIsOfOneMoment: what is written between two domains is not seen.
func TestExportIsOfOneMoment(t *testing.T) {
	h := newKeptHouse(t)
	person := h.someone(t, members.RoleMember).Person
	var early, late []owndata.Table
	snapshot := pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}
	err := pgx.BeginTxFunc(t.Context(), h.testHouse.db, snapshot, func(tx pgx.Tx) (err error) {
		if early, err = h.members.ExportTx(t.Context(), tx, person); err != nil {
			return err
		}
		h.workDone(t, worked) // meanwhile
		late, err = h.jobs().ExportTx(t.Context(), tx, person)
		return err
	})
	if err != nil || len(early) == 0 {
		t.Fatal(err)
	}
	after := tablesOf(h.exportOf(t, person))
	count := func(list []owndata.Table) (n int) {
		for _, table := range list {
			if table.Name == "work" {
				n += len(table.Rows)
			}
		}
		return n
	}
	if count(late)+1 != count(after) {
		t.Errorf("the snapshot saw %d pieces of work, and there are %d now", count(late), count(after))
	}
}
