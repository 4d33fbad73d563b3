package payments_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/members"
	"meent/payments"
	"meent/payments/stripesim"
)

// look compares the books now, without waiting for a task.
func (h *house) look(whole bool) {
	h.Helper()
	finish, err := h.Reconcile(h.Context(), "", payments.Reconcile{Whole: whole})
	h.must(err)
	h.tx(func(tx pgx.Tx) error { return finish(h.Context(), tx) })
}

// lookTwice compares them until what differs is sure.
func (h *house) lookTwice() {
	h.Helper()
	h.look(false)
	h.pass(20 * time.Minute)
	h.look(false)
}

func (h *house) differences(want ...string) []payments.Difference {
	h.Helper()
	list, err := h.Differences(h.Context(), h.coordinator)
	h.must(err)
	var open []payments.Difference
	var got []string
	for _, d := range list {
		if d.Open() {
			open, got = append(open, d), append(got, fmt.Sprintf("%s %s %d %d", d.Kind, d.About, d.Ours, d.Theirs))
		}
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		h.Fatalf("the books differ by %q, want %q", got, want)
	}
	return open
}

// paidOut is a house in which one wage went all its way.
func paidOut(t *testing.T) *house {
	h := newHouse(t, nil)
	h.fillIn(h.checkout(h.billed()))
	h.run()
	h.pass(time.Hour)
	h.run()
	h.stage(payments.StagePaid)
	return h
}

func (h *house) sql(query string, args ...any) {
	h.Helper()
	tag, err := h.db.Exec(h.Context(), query, args...)
	h.must(err)
	if tag.RowsAffected() == 0 {
		h.Fatalf("%s changed nothing", query)
	}
}

// TestBooksAgree: of a wage that went all its way nothing differs, at whatever
// point the books are compared.
func TestBooksAgree(t *testing.T) {
	h := newHouse(t, nil)
	h.look(true)
	h.fillIn(h.checkout(h.billed()))
	h.run()
	h.lookTwice()
	h.differences()
	h.pass(time.Hour)
	h.run()
	h.look(true)
	h.pass(30 * time.Minute)
	h.look(true)
	h.differences()
	board, err := h.Board(t.Context(), h.coordinator)
	h.must(err)
	if board.LookedAt.IsZero() || board.WholeAt.IsZero() || !board.Moving() || board.Differ != 0 {
		t.Errorf("the board is %+v", board)
	}
}

// TestDifferences plants each kind on one side, sees it named and mended.
func TestDifferences(t *testing.T) {
	h := paidOut(t)
	const out = `INSERT INTO stripesim.txn (id, account, type, amount, fee, net, source, created_at, available_at) VALUES ($1, 'platform', $2, $3, 0, $3, $4, $5, $5)`
	plant := func(id, kind string, amount int, source string) {
		t.Helper()
		h.sql(out, id, kind, amount, source, h.now())
		h.sql(`UPDATE stripesim.balance SET total = total + $1 WHERE account = 'platform'`, amount)
	}
	mend := func(id string) {
		t.Helper()
		h.sql(`UPDATE stripesim.balance SET total = total - (SELECT net FROM stripesim.txn WHERE id = $1) WHERE account = 'platform'`, id)
		h.sql(`DELETE FROM stripesim.txn WHERE id = $1`, id)
		h.sql(`DELETE FROM payments.balance_change WHERE id = $1`, id)
	}
	var charge, account string
	h.must(h.db.QueryRow(t.Context(), `SELECT charge_id FROM payments.bill`).Scan(&charge))
	h.must(h.db.QueryRow(t.Context(), `SELECT account FROM payments.payee`).Scan(&account))
	bill := int(7040 - 131)

	t.Run("money moved there for nobody", func(t *testing.T) {
		plant("txn_1", "payout", -100, "po_unknown")
		h.lookTwice()
		h.differences("unknown payout_of_house 0 -100")
		other := h.actor("jan", members.NewRole{Kind: members.RoleCoordinator})
		if list, err := h.Differences(t.Context(), other); err != nil || len(list) != 1 {
			t.Errorf("the other cooperative reads %v, %v; the account is theirs too", list, err)
		}
		mend("txn_1")
		h.look(false)
		h.differences()
	})
	t.Run("money moved there for a bill, and not here", func(t *testing.T) {
		plant("txn_2", "refund", -50, charge)
		h.lookTwice()
		h.differences(fmt.Sprintf("amount bill %d %d", bill, bill-50))
		mend("txn_2")
		h.look(false)
		h.differences()
	})
	t.Run("booked here, and not there", func(t *testing.T) {
		_, err := h.Post(t.Context(), h.client.Cooperative, payments.Entry{Key: "manual:x", Cause: "other", Subject: payments.Reference(id.New[house](nil).String()),
			Postings: []payments.Posting{{Source: payments.CoopBank, Destination: payments.Fund, Amount: 5000}}})
		h.must(err)
		h.lookTwice()
		h.differences("only_ours manual 5000 0")
		plant("txn_3", "payout_failure", 5000, "tu_brought") // what came in has its change
		h.look(false)
		h.differences()
	})
	t.Run("a member's account", func(t *testing.T) {
		h.sql(`UPDATE stripesim.balance SET total = total + 700 WHERE account = $1`, account)
		h.lookTwice()
		h.differences("account member 0 700")
		h.sql(`UPDATE stripesim.balance SET total = total - 700 WHERE account = $1`, account)
		h.look(false)
		h.differences()
	})
	t.Run("a balance that nothing explains", func(t *testing.T) {
		h.sql(`UPDATE stripesim.balance SET total = total - 1 WHERE account = 'platform'`)
		h.lookTwice()
		list := h.differences("balance balance 5509 5508")
		if list[0].Off() != -1 {
			t.Errorf("it is off by %v", list[0].Off())
		}
		h.sql(`UPDATE stripesim.balance SET total = total + 1 WHERE account = 'platform'`)
		h.look(false)
		h.differences()
	})
}

// TestWhoseTopUp: of two cooperatives that booked the same amount by hand, neither
// gets the one that came, whichever looks first; of one alone it is.
func TestWhoseTopUp(t *testing.T) {
	h := paidOut(t)
	for i, c := range []id.Cooperative{h.elsewhere.Cooperative, h.client.Cooperative} {
		_, err := h.Post(t.Context(), c, payments.Entry{Key: fmt.Sprint("manual:two", i), Cause: "other", Subject: payments.Reference(id.New[house](nil).String()),
			Postings: []payments.Posting{{Source: payments.CoopBank, Destination: payments.Fund, Amount: 1234}}})
		h.must(err)
	}
	comes := func(n int) {
		t.Helper()
		h.sql(`INSERT INTO stripesim.txn (id, account, type, amount, fee, net, source, created_at, available_at)
			VALUES ('txn_' || $1::int, 'platform', 'payout_failure', 1234, 0, 1234, 'tu_' || $1::int, $2, $2)`, n, h.now())
		h.sql(`UPDATE stripesim.balance SET total = total + 1234 WHERE account = 'platform'`)
		h.lookTwice()
	}
	comes(1)
	h.differences("unknown payout_of_house 0 1234", "only_ours manual 1234 0")
	_, err := h.Post(t.Context(), h.elsewhere.Cooperative, payments.Entry{Key: "manual:back", Cause: "other", Subject: h.manualOf(h.elsewhere.Cooperative),
		Postings: []payments.Posting{{Source: payments.Fund, Destination: payments.CoopBank, Amount: 1234}}})
	h.must(err) // the other one booked it by mistake
	h.look(false)
	h.differences()
	comes(2)
	h.differences("unknown payout_of_house 0 1234") // the posting has its change already
}

// manualOf is what a cooperative's entry by hand is about.
func (h *house) manualOf(c id.Cooperative) (ref payments.Reference) {
	h.Helper()
	h.must(h.db.QueryRow(h.Context(), `SELECT subject::text FROM payments.entry WHERE cooperative_id = $1 AND key LIKE 'manual:%'`, c).Scan(&ref))
	return ref
}

// TestDifferenceStopsPayouts: after an hour, until a person says so; and what is
// explained stops nothing until it changes.
func TestDifferenceStopsPayouts(t *testing.T) {
	h := paidOut(t)
	h.sql(`UPDATE stripesim.balance SET total = total - 1 WHERE account = 'platform'`)
	h.lookTwice()
	stops := func() []payments.Stopped {
		t.Helper()
		h.must(h.ComeHome(t.Context()))
		list, err := h.StopsOf(t.Context(), h.coordinator)
		h.must(err)
		return list
	}
	if list := stops(); len(list) != 0 {
		t.Fatalf("stopped at once: %+v", list)
	}
	h.pass(40 * time.Minute)
	list := stops()
	if len(list) != 1 || list[0].Cause != payments.StopDifference {
		t.Fatalf("after an hour the stops are %+v", list)
	}
	d := h.differences("balance balance 509 508")[0]
	for _, by := range []members.Actor{h.client, h.member, h.elsewhere} {
		if _, err := h.Resume(t.Context(), by, list[0].ID); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s resumes: %v", by.Kind, err)
		}
		if err := onlyErr(h.ExplainDifference(t.Context(), by, d.ID, "x")); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s explains: %v", by.Kind, err)
		}
		if err := h.StopPayouts(t.Context(), by, "x"); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s stops: %v", by.Kind, err)
		}
	}
	if _, err := h.Resume(t.Context(), h.coordinator, list[0].ID); !errors.Is(err, payments.ErrDiffers) {
		t.Errorf("with a difference: %v", err)
	}
	if _, err := h.ExplainDifference(t.Context(), h.coordinator, d.ID, " "); err == nil {
		t.Error("nothing is no explanation")
	}
	h.must(h.TakeDifference(t.Context(), h.coordinator, d.ID))
	if done, err := h.ExplainDifference(t.Context(), h.coordinator, d.ID, "Een cent rente"); !done || err != nil {
		t.Errorf("explained: %v, %v", done, err)
	}
	if err := h.TakeDifference(t.Context(), h.coordinator, d.ID); !errors.Is(err, payments.ErrDifferenceOver) {
		t.Errorf("an explained one is taken: %v", err)
	}
	if lifted, err := h.Resume(t.Context(), h.coordinator, list[0].ID); !lifted || err != nil {
		t.Errorf("resumed %v, %v", lifted, err)
	}
	h.look(false)
	h.differences()
	h.sql(`UPDATE stripesim.balance SET total = total - 1 WHERE account = 'platform'`)
	h.look(false)
	h.differences("balance balance 509 507")
}

// TestALargeDifference takes two people, also when the first says it twice; and when
// it changes, what the first said counts no more.
func TestALargeDifference(t *testing.T) {
	h := paidOut(t)
	limit := payments.DefaultPolicy().FourEyes
	h.sql(`UPDATE stripesim.balance SET total = total - $1 - 1 WHERE account = 'platform'`, int64(limit))
	h.lookTwice()
	list, err := h.Differences(t.Context(), h.coordinator)
	if err != nil || len(list) != 1 {
		t.Fatalf("differences %+v, %v", list, err)
	}
	d, lot := list[0], h.second("lot")
	for range 2 {
		if done, err := h.ExplainDifference(t.Context(), h.coordinator, d.ID, "Een boeking van de bank"); done || err != nil {
			t.Fatalf("one coordinator alone: %v, %v", done, err)
		}
	}
	h.sql(`UPDATE stripesim.balance SET total = total - 1 WHERE account = 'platform'`)
	h.look(false)
	if done, err := h.ExplainDifference(t.Context(), lot, d.ID, "Akkoord"); done || err != nil {
		t.Fatalf("of another amount the first said nothing: %v, %v", done, err)
	}
	shown := h.oneDifference()
	if err := h.AgreeDifference(t.Context(), lot, d.ID, shown.Version()); !errors.Is(err, payments.ErrOwnBack) {
		t.Errorf("one's own words: %v", err)
	}
	if done, err := h.ExplainDifference(t.Context(), lot, d.ID, "Iets heel anders"); done || err != nil {
		t.Fatalf("in other words: %v, %v", done, err)
	}
	for _, seen := range []string{shown.Version(), "", "x", d.Version()} {
		if err := h.AgreeDifference(t.Context(), h.coordinator, d.ID, seen); !errors.Is(err, members.ErrStale) {
			t.Errorf("agreed to words that were not shown: %v", err)
		}
	}
	if _, err := h.ExplainDifference(t.Context(), lot, d.ID, "Akkoord"); err != nil {
		t.Fatal(err)
	}
	if err := h.AgreeDifference(t.Context(), h.member, d.ID, h.oneDifference().Version()); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("a member agrees: %v", err)
	}
	h.must(h.AgreeDifference(t.Context(), h.coordinator, d.ID, h.oneDifference().Version()))
	if list, err = h.Differences(t.Context(), h.coordinator); err != nil || list[0].Note != "Akkoord" || list[0].Open() || list[0].AskedBy != "lot" {
		t.Errorf("afterwards %+v, %v", list, err)
	}
}

// oneDifference is the one that there is.
func (h *house) oneDifference() payments.Difference {
	h.Helper()
	list, err := h.Differences(h.Context(), h.coordinator)
	if err != nil || len(list) != 1 {
		h.Fatalf("differences %+v, %v", list, err)
	}
	return list[0]
}

// TestDifferencesInSlices: what one person explains alone in a day is counted together;
// then a second is needed, and a day later it is theirs again.
func TestDifferencesInSlices(t *testing.T) {
	h := paidOut(t)
	limit, lot := payments.DefaultPolicy().FourEyes, h.second("lot")
	plant := func(name string, cents payments.Cents) (d payments.DifferenceID) {
		h.sql(`INSERT INTO payments.difference (id, cooperative_id, kind, thing, about, outside, ours_cents, theirs_cents, found_at, seen_at, confirmed_at)
			VALUES (gen_random_uuid(), $1, 'unknown', $2, 'something', $2, 0, $3, $4, $4, $4)`, h.coordinator.Cooperative, name, int64(cents), h.now())
		h.must(h.db.QueryRow(t.Context(), `SELECT id FROM payments.difference WHERE thing = $1`, name).Scan(&d))
		return d
	}
	explained := func(by members.Actor, d payments.DifferenceID, want bool) {
		t.Helper()
		if done, err := h.ExplainDifference(t.Context(), by, d, "Een boeking van de bank"); done != want || err != nil {
			t.Errorf("explained %v, %v; want %v", done, err, want)
		}
	}
	explained(h.coordinator, plant("a", limit-100), true)
	explained(h.coordinator, plant("b", -100), true)
	c := plant("c", 1)
	explained(h.coordinator, c, false)
	explained(lot, plant("d", limit), true) // another person
	explained(lot, plant("e", -1), false)
	h.pass(24*time.Hour + time.Minute)
	explained(h.coordinator, c, true)
}

// TestStopByHand holds wages back, and lets them go on when it is lifted.
func TestStopByHand(t *testing.T) {
	h := newHouse(t, nil)
	h.must(h.StopPayouts(t.Context(), h.coordinator, "We kijken iets na"))
	if err := h.StopPayouts(t.Context(), h.coordinator, "nog eens"); !errors.Is(err, payments.ErrStoppedBefore) {
		t.Errorf("a second one: %v", err)
	}
	h.fillIn(h.checkout(h.billed()))
	h.run()
	board, err := h.Board(t.Context(), h.coordinator)
	h.must(err)
	if board.Due.Count != 1 || board.Moving() {
		t.Errorf("the board is %+v", board)
	}
	list, err := h.StopsOf(t.Context(), h.coordinator)
	h.must(err)
	if lifted, err := h.Resume(t.Context(), h.coordinator, list[0].ID); !lifted || err != nil {
		t.Fatalf("resumed %v, %v", lifted, err)
	}
	h.run()
	h.pass(time.Hour)
	h.run()
	h.stage(payments.StagePaid)
}

// TestFillGaps: nothing arrives, and the gateway is asked.
func TestFillGaps(t *testing.T) {
	h := newHouse(t, nil)
	h.deaf = true
	h.fillIn(h.checkout(h.billed()))
	h.run()
	fill := func() {
		t.Helper()
		_, err := h.FillGaps(t.Context(), "", payments.FillGaps{})
		h.must(err)
		h.run()
	}
	fill()
	h.stage(payments.StageMoving)
	h.pass(2 * time.Hour)
	fill()
	h.stage(payments.StagePaid)
	var before, after int
	const count = `SELECT count(*) FROM payments.event`
	h.must(h.db.QueryRow(t.Context(), count).Scan(&before))
	fill()
	h.must(h.db.QueryRow(t.Context(), count).Scan(&after))
	if before == 0 || before != after {
		t.Errorf("%d events, and %d after asking again", before, after)
	}
}

// TestPutBack: a database of before a wage was paid forgets it, stops, finds again
// what was done, and pays nothing twice.
func TestPutBack(t *testing.T) {
	h := paidOut(t)
	h.must(h.ComeHome(t.Context()))
	h.tx(func(tx pgx.Tx) error { return h.BillTx(t.Context(), tx, h.client.Cooperative, h.agreed("work-2")) })
	bills, err := h.Bills(t.Context(), h.client)
	h.must(err)
	address := h.checkout(bills[0].ID)
	h.run()
	h.remember()
	h.fillIn(address)
	h.run()
	twice := stripesim.Book{Charged: 14080, Fees: 262, Transferred: 12800, PaidOut: 6400, Platform: 1018}
	h.balanced(twice)
	h.pass(10 * time.Minute)
	h.putBack()
	if h.bill(bills[0].ID).State == payments.BillPaid {
		t.Fatal("nothing was forgotten")
	}
	h.sql(`UPDATE payments.home SET timeline = timeline - 1`) // as after recovery to a point in time
	h.must(h.ComeHome(t.Context()))
	list, err := h.StopsOf(t.Context(), h.coordinator)
	h.must(err)
	if len(list) != 1 || list[0].Cause != payments.StopRestored {
		t.Fatalf("the stops are %+v", list)
	}
	stop := list[0].ID
	if _, err := h.Resume(t.Context(), h.coordinator, stop); !errors.Is(err, payments.ErrNotLooked) {
		t.Errorf("resumed before anybody looked: %v", err)
	}
	h.run() // the gaps are filled: the client had paid
	if h.bill(bills[0].ID).State != payments.BillPaid {
		t.Error("the client's payment was not found again")
	}
	h.pass(2 * time.Minute)
	h.run() // and what had left is adopted
	h.pass(20 * time.Minute)
	h.run()
	h.differences()
	if list, err = h.StopsOf(t.Context(), h.coordinator); err != nil || list[0].Adopted != 2 {
		t.Errorf("%+v, %v; want the transfer and the payout adopted", list, err)
	}
	if _, err := h.Resume(t.Context(), h.coordinator, stop); !errors.Is(err, payments.ErrNotLooked) {
		t.Errorf("resumed before what differs was sure: %v", err)
	}
	h.look(true)
	if lifted, err := h.Resume(t.Context(), h.coordinator, stop); lifted || err != nil {
		t.Fatalf("one coordinator alone resumed %v, %v", lifted, err)
	}
	if _, err := h.Resume(t.Context(), h.coordinator, stop); !errors.Is(err, payments.ErrOwnResume) {
		t.Errorf("resumed on one's own wish: %v", err)
	}
	if lifted, err := h.Resume(t.Context(), h.second("lot"), stop); !lifted || err != nil {
		t.Fatalf("resumed %v, %v", lifted, err)
	}
	h.run()
	h.pass(time.Hour)
	h.run()
	twice.PaidOut = 12800
	h.balanced(twice)
}

// TestAnotherDatabase: until somebody saw that it is another one nothing leaves, and
// resuming much needs two people.
func TestAnotherDatabase(t *testing.T) {
	h := newHouse(t, nil)
	h.must(h.ComeHome(t.Context()))
	h.must(h.ComeHome(t.Context()))
	if list, err := h.StopsOf(t.Context(), h.coordinator); err != nil || len(list) > 0 {
		t.Fatalf("at home the stops are %+v, %v", list, err)
	}
	for _, what := range []string{"cluster", "timeline", "database", "ledger"} {
		h.sql(`UPDATE payments.home SET ` + what + ` = ` + what + ` - 1`)
		if home, err := h.Health(t.Context()); err != nil || home.Home {
			t.Errorf("with another %s it is at home, %v", what, err)
		}
		h.sql(`UPDATE payments.home SET ` + what + ` = ` + what + ` + 1`)
	}
	h.sql(`UPDATE payments.home SET cluster = cluster - 1`)
	h.fillIn(h.checkout(h.billed()))
	h.run()
	h.balanced(stripesim.Book{Charged: 7040, Fees: 131, Platform: 6909})
	h.must(h.ComeHome(t.Context()))
	h.sql(`INSERT INTO payments.policy VALUES ($1, 100, 1000000, 1000000, 1000000, 0)`, h.client.Cooperative)
	h.look(true)
	h.pass(20 * time.Minute)
	h.look(true)
	list, err := h.StopsOf(t.Context(), h.coordinator)
	h.must(err)
	if lifted, err := h.Resume(t.Context(), h.coordinator, list[0].ID); lifted || err != nil {
		t.Fatalf("one person resumed: %v, %v", lifted, err)
	}
	if _, err := h.Resume(t.Context(), h.coordinator, list[0].ID); !errors.Is(err, payments.ErrOwnResume) {
		t.Errorf("the same person agreed: %v", err)
	}
	var role members.Actor
	h.tx(func(tx pgx.Tx) error {
		who, err := h.people.EnsurePersonTx(t.Context(), tx, person("els"))
		if err == nil {
			_, err = h.people.AddRoleTx(t.Context(), tx, members.NewRole{Person: who, Cooperative: h.client.Cooperative, Kind: members.RoleCoordinator})
		}
		return err
	})
	role = h.actor("els", members.NewRole{Cooperative: h.client.Cooperative, Kind: members.RoleCoordinator})
	if lifted, err := h.Resume(t.Context(), role, list[0].ID); !lifted || err != nil {
		t.Fatalf("two people resumed %v, %v", lifted, err)
	}
	h.run()
	h.balanced(stripesim.Book{Charged: 7040, Fees: 131, Transferred: 6400, Platform: 509})
}

// remember keeps what is in the program's tables, but not the gateway's book.
func (h *house) remember() {
	h.Helper()
	h.must(onlyErr(h.db.Exec(h.Context(), `CREATE SCHEMA kept`)))
	for _, table := range h.tables() {
		h.must(onlyErr(h.db.Exec(h.Context(), fmt.Sprintf(`CREATE TABLE kept.%s_%s AS TABLE %[1]s.%[2]s`, table[0], table[1]))))
	}
}

// putBack brings that moment back, past all triggers, as a restored backup does.
func (h *house) putBack() {
	h.Helper()
	h.tx(func(tx pgx.Tx) error {
		if _, err := tx.Exec(h.Context(), `SET LOCAL session_replication_role = replica`); err != nil {
			return err
		}
		for _, table := range h.tables() {
			const put = `DELETE FROM %[1]s.%[2]s; INSERT INTO %[1]s.%[2]s OVERRIDING SYSTEM VALUE SELECT * FROM kept.%[1]s_%[2]s`
			if _, err := tx.Exec(h.Context(), fmt.Sprintf(put, table[0], table[1])); err != nil {
				return err
			}
		}
		return nil
	})
}

func (h *house) tables() (list [][2]string) {
	h.Helper()
	rows, err := h.db.Query(h.Context(), `SELECT schemaname, tablename FROM pg_tables
		WHERE schemaname IN ('payments', 'tasks') AND tablename NOT LIKE '%version%' ORDER BY 1, 2`)
	h.must(err)
	list, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (t [2]string, err error) {
		err = row.Scan(&t[0], &t[1])
		return t, err
	})
	h.must(err)
	return list
}

func onlyErr[T any](_ T, err error) error { return err }
