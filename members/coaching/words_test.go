package coaching_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/members"
	"meent/members/coaching"
)

// counter counts the queries of a pool.
type counter struct{ queries int }

func (c *counter) TraceQueryStart(ctx context.Context, _ *pgx.Conn, _ pgx.TraceQueryStartData) context.Context {
	c.queries++
	return ctx
}

func (c *counter) TraceQueryEnd(context.Context, *pgx.Conn, pgx.TraceQueryEndData) {}

func (o *office) clock() time.Time { return o.now }

// counted is the domain on a pool that counts.
func (o *office) counted() (*coaching.Service, *counter) {
	o.t.Helper()
	config, count := o.db.Config(), &counter{}
	config.ConnConfig.Tracer = count
	db, err := pgxpool.NewWithConfig(o.t.Context(), config)
	o.must(err)
	o.t.Cleanup(db.Close)
	return coaching.New(db, o.queue, o.people, o.clock, nil), count
}

// rows is what stands in a table, as a dump has it.
func (o *office) rows(table string) (text string) {
	o.t.Helper()
	o.must(o.db.QueryRow(o.t.Context(), `SELECT coalesce(string_agg(t::text, chr(10)), '') FROM `+table+` t`).Scan(&text))
	return text
}

func (o *office) destroys(key members.PersonID) {
	o.t.Helper()
	o.must(pgx.BeginFunc(o.t.Context(), o.db, func(tx pgx.Tx) error { return o.people.DestroyKeyTx(o.t.Context(), tx, key) }))
}

// TestQuestionsAreSealed for who asked: the coach reads those of all members
// with two queries, and of one whose key is gone that there was a question.
func TestQuestionsAreSealed(t *testing.T) {
	o := newOffice(t)
	bea := o.actor(o.c, "bea", members.RoleMember)
	o.must(o.assign(o.c, bea, o.els))
	answered := o.ask(o.anna, "marker: mag mijn moeder mee?")
	o.must(o.Answer(t.Context(), o.els, answered, "marker: ja, neem haar mee"))
	for _, by := range []members.Actor{o.anna, bea, o.anna, bea} {
		o.now = o.now.Add(time.Second)
		o.ask(by, "marker: vraag van "+by.Name)
	}
	if text := o.rows("coaching.question"); strings.Contains(text, "marker") || !strings.Contains(text, "/gigs") {
		t.Errorf("the table holds %s", text)
	}
	counted, count := o.counted()
	list, err := counted.Questions(t.Context(), o.els)
	if err != nil || len(list) != 4 || count.queries != 2 || list[1].Text != "marker: vraag van bea" || list[1].Gone {
		t.Errorf("%d queries gave %+v, %v", count.queries, list, err)
	}
	o.destroys(o.anna.Person)
	list, err = o.Questions(t.Context(), o.els)
	if err != nil || len(list) != 4 || list[0].Text != "" || !list[0].Gone || list[1].Text != "marker: vraag van bea" || list[1].Gone {
		t.Errorf("without Anna's key: %+v, %v", list, err)
	}
	own, err := o.Asked(t.Context(), o.anna, 5)
	if err != nil || len(own) != 3 || own[0].Text+own[2].Text+own[2].Answer != "" || !own[2].Gone {
		t.Errorf("Anna reads %+v, %v", own, err)
	}
}

func TestReportsAreSealed(t *testing.T) {
	o := newOffice(t)
	bea := o.actor(o.c, "bea", members.RoleMember)
	o.must(o.assign(o.c, bea, o.els))
	closed, ref := o.report(o.anna)
	o.must(errors.Join(o.Take(t.Context(), o.els, closed), o.Close(t.Context(), o.els, closed, "marker: er is een nieuwe")))
	o.report(bea)
	if text := o.rows("coaching.report"); strings.Contains(text, "marker") || strings.Contains(text, "ladder") || !strings.Contains(text, ref) {
		t.Errorf("the table holds %s", text)
	}
	counted, count := o.counted()
	list, err := counted.Reports(t.Context(), o.noor)
	if err != nil || len(list) != 2 || count.queries != 2 || list[0].Text != "De ladder is stuk." || list[1].Done != "marker: er is een nieuwe" {
		t.Errorf("%d queries gave %+v, %v", count.queries, list, err)
	}
	o.destroys(o.anna.Person)
	list, err = o.Reports(t.Context(), o.els)
	if err != nil || len(list) != 2 || list[0].Text != "De ladder is stuk." || list[0].Gone || list[1].Text+list[1].Done != "" || !list[1].Gone {
		t.Errorf("without Anna's key: %+v, %v", list, err)
	}
	if own, err := o.OwnReports(t.Context(), o.anna, ref); err != nil || len(own) != 1 || !own[0].Gone {
		t.Errorf("Anna reads %+v, %v", own, err)
	}
}

// TestWordsStayInTheirPlace: put elsewhere, they do not open.
func TestWordsStayInTheirPlace(t *testing.T) {
	for name, move := range map[string]string{
		"another row":       `UPDATE coaching.question q SET text = o.text FROM coaching.question o WHERE q.id = $1 AND o.id <> q.id AND o.member_id = q.member_id`,
		"another member's":  `UPDATE coaching.question q SET text = o.text FROM coaching.question o WHERE q.id = $1 AND o.member_id <> q.member_id`,
		"another table":     `UPDATE coaching.question q SET text = o.text FROM coaching.report o WHERE q.id = $1`,
		"in another's name": `UPDATE coaching.question q SET member_id = o.member_id FROM coaching.question o WHERE q.id = $1 AND o.member_id <> q.member_id`,
	} {
		t.Run(name, func(t *testing.T) {
			o := newOffice(t)
			bea := o.actor(o.c, "bea", members.RoleMember)
			o.must(o.assign(o.c, bea, o.els))
			first := o.ask(o.anna, "eerste")
			o.now = o.now.Add(time.Second)
			o.ask(o.anna, "tweede")
			o.ask(bea, "derde")
			o.report(o.anna)
			if tag, err := o.db.Exec(t.Context(), move, first); err != nil || tag.RowsAffected() != 1 {
				t.Fatal(tag, err)
			}
			list, err := o.Questions(t.Context(), o.els)
			if err != nil || list[0].Text != "" || !list[0].Gone || list[1].Gone || list[2].Gone {
				t.Errorf("%+v, %v", list, err)
			}
		})
	}
}

// TestWithoutAKey nothing is written, and nothing read.
func TestWithoutAKey(t *testing.T) {
	o := newOffice(t)
	question := o.ask(o.anna, "Mag ik later komen?")
	report, ref := o.report(o.anna)
	o.must(o.Take(t.Context(), o.els, report))
	bare := coaching.New(o.db, o.queue, members.New(o.db, o.queue, o.clock, nil), o.clock, nil)
	_, asked := bare.Ask(t.Context(), o.anna, coaching.NewQuestion{Text: "En eerder?"})
	_, reported := bare.Report(t.Context(), o.anna, coaching.NewReport{Ref: newRef(), Kind: coaching.UnsafeElse, Text: "Glad."})
	_, questions := bare.Questions(t.Context(), o.els)
	_, own := bare.Asked(t.Context(), o.anna, 5)
	_, reports := bare.Reports(t.Context(), o.els)
	_, ownReports := bare.OwnReports(t.Context(), o.anna, ref)
	for name, err := range map[string]error{
		"Ask": asked, "Report": reported, "Questions": questions, "Asked": own, "Reports": reports, "OwnReports": ownReports,
		"Answer": bare.Answer(t.Context(), o.els, question, "Ja."), "Close": bare.Close(t.Context(), o.els, report, "Gedaan."),
	} {
		if !errors.Is(err, members.ErrNoKey) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if open, err := bare.OpenReports(t.Context(), o.els); err != nil || len(open) != 1 {
		t.Errorf("that a report is open, needs no key: %+v, %v", open, err)
	}
}
