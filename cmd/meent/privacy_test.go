package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
	"meent/internal/owndata"
	"meent/internal/pg/pgtest"
	"meent/internal/vault"
	"meent/members"
	"meent/web"
)

// toldHouse is a house with weeks of work behind its people, in which much was
// told, asked and decided.
type toldHouse struct {
	*testHouse
	privacy
}

func newToldHouse(t *testing.T) *toldHouse {
	t.Helper()
	db, environ := seeded(t)
	config, err := readConfig(environ)
	if err != nil {
		t.Fatal(err)
	}
	keys, err := vault.ParseKeys(config.Keys)
	if err != nil {
		t.Fatal(err)
	}
	p := &program{config: config, now: time.Now, log: slog.New(slog.DiscardHandler)}
	h := &toldHouse{testHouse: &testHouse{program: p, db: db, keyring: members.Keyring(keys...)}, privacy: privacy{db, p.newServices(&backends{db: db, keys: keys})}}
	if h.everyone, err = h.members.Everyone(t.Context()); err != nil {
		t.Fatal(err)
	}
	return h
}

// seeded is a database that the seed command filled, and its settings.
func seeded(t *testing.T) (*pgxpool.Pool, []string) {
	t.Helper()
	environ := func(address string) []string { // one key: the past is made once, and sealed with it
		return []string{"DATABASE_URL=" + address, "MEENT_DEMO=yes", "MEENT_DATA=" + t.TempDir(), "MEENT_KEY=" + vault.Encode(bytes.Repeat([]byte("told"), vault.Size/4))}
	}
	db := pgtest.Filled(t, "told", func(address string) error {
		var out bytes.Buffer
		err := run(t.Context(), []string{"seed"}, environ(address), &out, t.Output())
		if err == nil && !strings.Contains(out.String(), "Demo data is in") {
			err = fmt.Errorf("seed says %s", out.String())
		}
		return err
	}, schemas()...)
	return db, environ(db.Config().ConnString())
}

// fill lets the people do what the past does not hold.
func (h *toldHouse) fill(t *testing.T) {
	t.Helper()
	for _, far := range []done{worked, proposed, agreed, sentBack} {
		h.workDone(t, far)
	}
	h.shareTimeline(t)
	h.tellProfile(t)
	h.memberAsks(t)
	h.tellFunder(t)
	h.afterTheWork(t) // which keeps the two apart
	h.officeActs(t)
	h.officeWork(t)
	h.tellCoach(t)
	h.tellOfDays(t)
	h.join = h.invite(t)
	h.wrong, h.ready = h.upload(t)
}

// persons are all ids, without those who are there twice.
func (h *toldHouse) persons(t *testing.T) []members.PersonID {
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

func (h *toldHouse) exportOf(t *testing.T, person members.PersonID) []web.OwnPart {
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
		"payments.cursor":           "how far the gateway was read",
	}
}

// TestExport looks at what the people of one house get.
func TestExport(t *testing.T) {
	h := newToldHouse(t)
	h.fill(t)
	t.Run("every table", h.hasEveryTable)
	t.Run("every row", h.hasWhatIsThere)
	t.Run("what was confided", h.opensWhatWasConfided)
	t.Run("one moment", h.isOfOneMoment)
}

// hasEveryTable: a table with a column that leads to a person is
// exported, or stands in the list above. It fails when somebody adds one.
func (h *toldHouse) hasEveryTable(t *testing.T) {
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

// hasWhatIsThere: each table that has rows about somebody gives a row
// to one of them; nothing secret is in it, and nobody's id but the person's own.
func (h *toldHouse) hasWhatIsThere(t *testing.T) {
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
func (h *toldHouse) idsBut(t *testing.T, person members.PersonID) []string {
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

// opensWhatWasConfided: what is sealed can be read.
func (h *toldHouse) opensWhatWasConfided(t *testing.T) {
	coach := h.actor(t, members.RoleCoach)
	follows := caseloadByName(t, h.coaching, coach)
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

// isOfOneMoment: what is written between two domains is not seen.
func (h *toldHouse) isOfOneMoment(t *testing.T) {
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

// freeMember puts a member first who has worked and waits for nothing but work,
// which fillFree takes away, so that fill fills their days and they can be erased.
func (h *toldHouse) freeMember(t *testing.T) {
	t.Helper()
	home := h.someone(t, members.RoleClient).Role.Cooperative
	for i, one := range h.everyone {
		if one.Role.Kind != members.RoleMember || one.Role.Cooperative != home {
			continue
		}
		var paid int
		const query = `SELECT count(*) FROM jobs.engagement e JOIN members.member m ON m.id = e.member_id WHERE m.role_id = $1 AND e.state = 'paid'`
		if err := h.testHouse.db.QueryRow(t.Context(), query, one.Role.ID).Scan(&paid); err != nil {
			t.Fatal(err)
		}
		holds, err := h.Holds(t.Context(), one.Person)
		if err != nil {
			t.Fatal(err)
		}
		work := func(h members.Hold) bool { return h == members.WorkToCome || h == members.HoursOpen }
		if paid > 0 && len(slices.DeleteFunc(holds, work)) == 0 {
			h.everyone = append([]members.PersonRole{one}, append(slices.Clone(h.everyone[:i]), h.everyone[i+1:]...)...)
			return
		}
	}
	t.Fatal("every member waits for something")
}

// fillFree is fill without what keeps somebody from being erased.
func (h *toldHouse) fillFree(t *testing.T) {
	t.Helper()
	h.freeMember(t)
	h.workDone(t, worked)
	h.shareTimeline(t)
	h.tellProfile(t)
	h.memberAsks(t)
	h.tellFunder(t)
	h.officeWork(t)
	h.tellCoach(t)
	h.tellOfDays(t)
	h.exec(t, `UPDATE jobs.engagement e SET state = 'absent', there_at = NULL, there_role_id = NULL, absent_at = e.starts_at, absent_role_id = (SELECT r.id FROM members.role r WHERE r.cooperative_id = e.cooperative_id LIMIT 1) FROM members.member m
		WHERE m.id = e.member_id AND m.role_id = $1 AND e.state IN ('confirmed', 'started', 'finished')`, h.someone(t, members.RoleMember).Role.ID)
}

func (h *toldHouse) exec(t *testing.T, query string, args ...any) {
	t.Helper()
	if _, err := h.testHouse.db.Exec(t.Context(), query, args...); err != nil {
		t.Fatal(err)
	}
}

func (h *toldHouse) number(t *testing.T, query string, args ...any) (n int) {
	t.Helper()
	if err := h.testHouse.db.QueryRow(t.Context(), query, args...).Scan(&n); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return n
}

// rowsThatSay lists the tables in which a text stands, in whatever column. What
// stands for other companies' computers is not looked at.
func (h *toldHouse) rowsThatSay(t *testing.T, text string) (found []string) {
	t.Helper()
	rows, err := h.testHouse.db.Query(t.Context(), `SELECT table_schema || '.' || table_name FROM information_schema.tables
		WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema', 'stripesim', 'mail') ORDER BY 1`)
	if err != nil {
		t.Fatal(err)
	}
	tables, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil || len(tables) < 40 {
		t.Fatalf("%d tables, %v", len(tables), err)
	}
	for _, table := range tables {
		if n := h.number(t, `SELECT count(*) FROM `+table+` t WHERE position(lower($1) IN lower(t::text)) > 0`, text); n > 0 {
			found = append(found, table)
		}
	}
	return found
}

// TestErase forgets two members of whom much was kept, their coach, and somebody
// who asked to become a client; the books and the log of deeds hold.
func TestErase(t *testing.T) {
	h := newToldHouse(t)
	h.fillFree(t)
	coach := h.actor(t, members.RoleCoach)
	follows := caseloadByName(t, h.coaching, coach)
	subject, other := h.actor(t, members.RoleMember), h.personOf(t, follows[0].Member)
	h.exec(t, `UPDATE jobs.engagement SET state = 'absent', there_at = NULL, there_role_id = NULL, absent_at = starts_at, absent_role_id = (SELECT r.id FROM members.role r WHERE r.cooperative_id = engagement.cooperative_id LIMIT 1) WHERE member_id = $1 AND state IN ('confirmed', 'started', 'finished')`, follows[0].Member)
	var zoe members.PersonID
	if err := h.testHouse.db.QueryRow(t.Context(), `SELECT id FROM members.person WHERE email = 'zoe@eik.example'`).Scan(&zoe); err != nil {
		t.Fatal(err)
	}
	who, err := h.members.Addressee(t.Context(), subject.Person)
	if err != nil {
		t.Fatal(err)
	}
	var sealed []byte
	if err := h.testHouse.db.QueryRow(t.Context(), `SELECT sealed FROM members.sealed WHERE person_id = $1 AND name = 'phone'`, other).Scan(&sealed); err != nil {
		t.Fatal(err)
	}
	const money = `SELECT (SELECT count(*) FROM payments.posting) + (SELECT count(*) FROM payments.bill_line) + (SELECT count(*) FROM payments.payout)
		+ (SELECT count(*) FROM jobs.timesheet)`
	before := h.number(t, money)
	told, err := json.Marshal(append(h.exportOf(t, subject.Person), h.exportOf(t, other)...))
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"Mag ik een uur later beginnen", "Wat moet ik meenemen", "Alleen stevige schoenen", "De ladder is stuk", "Daar wordt geschreeuwd"} {
		if !strings.Contains(string(told), text) {
			t.Errorf("the exports do not say %q, which is sealed", text)
		}
	}
	texts := []string{string(who.Email), who.Name, "zoe@eik.example", "Eikstraat 1"}
	for _, text := range texts {
		if len(h.rowsThatSay(t, text)) == 0 {
			t.Fatalf("nothing says %q before: the test sees nothing", text)
		}
	}

	for _, person := range []members.PersonID{subject.Person, other, coach.Person, zoe} {
		if err := h.Erase(t.Context(), person); err != nil {
			t.Fatalf("erasing %s: %v", person, err)
		}
	}
	h.exec(t, `DELETE FROM members.farewell`) // as the mail does
	if n := h.number(t, `SELECT count(*) FROM members.person_key WHERE person_id IN ($1, $2, $3, $4)`, subject.Person, other, coach.Person, zoe); n != 0 {
		t.Errorf("%d keys of theirs are left", n)
	}
	for _, text := range texts {
		if found := h.rowsThatSay(t, text); found != nil {
			t.Errorf("%q stands in %v", text, found)
		}
	}
	h.expectForgotten(t, subject.Person)
	h.expectForgotten(t, other)
	h.expectForgotten(t, coach.Person)
	const household = `SELECT count(*) FROM members.client c JOIN members.role r ON r.client_id = c.id
		WHERE r.person_id = $1 AND c.name LIKE 'Verwijderd %' AND c.address = ''`
	if h.number(t, household, zoe) != 1 {
		t.Error("the household of who asked to be a client is still known")
	}
	if after := h.number(t, money); after != before {
		t.Errorf("there were %d rows of money and hours, and there are %d", before, after)
	}
	h.expectBooksInOrder(t)
	if _, faults, err := h.members.VerifyAudit(t.Context()); err != nil || len(faults) > 0 {
		t.Errorf("the log of deeds: %v, %v", faults, err)
	}
	err = pgx.BeginFunc(t.Context(), h.testHouse.db, func(tx pgx.Tx) error {
		text, err := h.members.ReadSealedTx(t.Context(), tx, other, "sealed.phone@", sealed)
		if text != nil {
			t.Errorf("a copy of what was sealed opens: %v", text)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
	for _, left := range h.persons(t) { // everybody else's data is still whole, and names nobody who is gone
		parts, err := h.Export(t.Context(), left)
		if errors.Is(err, members.ErrNotFound) {
			continue
		}
		text, jsonErr := json.Marshal(parts)
		if err := errors.Join(err, jsonErr); err != nil || strings.Contains(string(text), who.Name) {
			t.Errorf("the export of %s: %v", left, err)
		}
	}
}

// expectForgotten looks at who is erased from the outside.
func (h *toldHouse) expectForgotten(t *testing.T, person members.PersonID) {
	t.Helper()
	if _, err := h.members.Actor(t.Context(), person, members.RoleID{}); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("they act: %v", err)
	}
	if _, err := h.Export(t.Context(), person); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("their export gave %v", err)
	}
	if err := h.Erase(t.Context(), person); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("erasing them again gave %v", err)
	}
	left := h.number(t, `SELECT (SELECT count(*) FROM members.person_key WHERE person_id = $1) + (SELECT count(*) FROM members.sealed WHERE person_id = $1)
		+ (SELECT count(*) FROM members.session WHERE person_id = $1) + (SELECT count(*) FROM members.role WHERE person_id = $1 AND ended_at IS NULL)
		+ (SELECT count(*) FROM members.audit_why w JOIN members.audit a USING (cooperative_id, seq) WHERE a.for_id = $1)
		+ (SELECT count(*) FROM members.access_grant g JOIN members.member m ON m.id = g.member_id JOIN members.role r ON r.id = m.role_id WHERE r.person_id = $1 AND g.revoked_at IS NULL)
		+ (SELECT count(*) FROM matching.offer o JOIN members.member m ON m.id = o.member_id JOIN members.role r ON r.id = m.role_id
			WHERE r.person_id = $1 AND (o.state IN ('asked', 'sent', 'yes', 'reserve') OR o.reason IS NOT NULL OR o.explanation -> 'points' <> '[]'))`, person)
	if left > 0 {
		t.Errorf("%d rows of %s are left", left, person)
	}
	err := pgx.BeginFunc(t.Context(), h.testHouse.db, func(tx pgx.Tx) error {
		return h.members.ConfideTx(t.Context(), tx, person, id.Cooperative{}, members.Phone, "0612345678")
	})
	if !errors.Is(err, members.ErrNotFound) {
		t.Errorf("something new is confided: %v", err)
	}
}

// TestEraseOneOfTwo: of the last two coordinators who go at once, one stays.
func TestEraseOneOfTwo(t *testing.T) {
	h := newToldHouse(t)
	home := h.someone(t, members.RoleCoordinator).Role.Cooperative
	var all sync.WaitGroup
	var gone, held atomic.Int32
	for _, one := range h.everyone {
		if one.Role.Kind != members.RoleCoordinator || one.Role.Cooperative != home {
			continue
		}
		for range 3 {
			all.Go(func() {
				switch err := h.Erase(t.Context(), one.Person); {
				case err == nil:
					gone.Add(1)
				case errors.Is(err, members.ErrHeld):
					held.Add(1)
				case !errors.Is(err, members.ErrNotFound):
					t.Errorf("erasing gave %v", err)
				}
			})
		}
	}
	all.Wait()
	if gone.Load() != 1 || held.Load() != 3 {
		t.Errorf("%d are gone, and %d times one had to stay", gone.Load(), held.Load())
	}
}

// TestHolds names what must end first, one by one.
func TestHolds(t *testing.T) {
	h := newToldHouse(t)
	h.freeMember(t)
	member := h.actor(t, members.RoleMember)
	expect := func(person members.PersonID, want ...members.Hold) {
		t.Helper()
		holds, err := h.Holds(t.Context(), person)
		if err != nil || !slices.Equal(holds, want) {
			t.Errorf("the holds are %v, %v; want %v", holds, err, want)
		}
		var is *members.Held
		if err := h.Erase(t.Context(), person); len(want) > 0 && (!errors.As(err, &is) || !slices.Equal(is.By, want)) {
			t.Errorf("erasing gave %v, want %v", err, want)
		}
	}
	missed := func() {
		h.exec(t, `UPDATE jobs.engagement SET state = 'absent', there_at = NULL, there_role_id = NULL, absent_at = starts_at, absent_role_id = (SELECT r.id FROM members.role r WHERE r.cooperative_id = engagement.cooperative_id LIMIT 1)
			WHERE member_id = $1 AND state IN ('confirmed', 'started', 'finished')`, member.Member)
	}
	missed() // what the demo has for them
	h.workDone(t, worked)
	expect(member.Person, members.HoursOpen)
	missed()
	h.workDone(t, agreed)
	expect(member.Person, members.MoneyMoving)
	h.officeWork(t)
	other := h.otherCoach(t, h.actor(t, members.RoleCoach))
	expect(other.Person, members.ReviewOpen)
	client := h.actor(t, members.RoleClient)
	expect(client.Person, members.GigsOpen, members.BillsOpen)
	h.exec(t, `UPDATE jobs.gig SET state = 'cancelled' WHERE client_id = $1 AND state <> 'draft'`, client.Client)
	h.exec(t, `UPDATE jobs.engagement e SET state = 'absent', there_at = NULL, there_role_id = NULL, absent_at = e.starts_at, absent_role_id = (SELECT r.id FROM members.role r WHERE r.cooperative_id = e.cooperative_id LIMIT 1) FROM jobs.shift s JOIN jobs.gig g ON g.id = s.gig_id
		WHERE s.id = e.shift_id AND g.client_id = $1 AND e.state IN ('confirmed', 'started', 'finished')`, client.Client)
	expect(client.Person, members.BillsOpen)
}
