//go:build drill

package main

import (
	"context"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/jackc/pgx/v5"

	"meent/payments"
)

// points are the places in the moving of money at which a drill may end the
// program: before and after each call that makes or moves something, and each
// commit of what payments writes. They are known by their names; each name is
// written down once, in a file of the drill's.
type points struct {
	exit string // the name of the point at which the program ends
	file string

	mu   sync.Mutex
	seen map[string]bool
}

// exitStatus tells the drill that the program ended at its point.
const exitStatus = 86

func newPoints() *points {
	return &points{exit: os.Getenv("MEENT_DRILL_EXIT"), file: os.Getenv("MEENT_DRILL_POINTS"), seen: map[string]bool{}}
}

// on reports whether a drill wants points.
func (p *points) on() bool { return p.exit != "" || p.file != "" }

func (p *points) pass(name string) {
	if strings.Contains(name, "goose_version") { // a migration, not money
		return
	}
	if name == p.exit {
		os.Exit(exitStatus)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.file == "" || p.seen[name] {
		return
	}
	p.seen[name] = true
	if f, err := os.OpenFile(p.file, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600); err == nil {
		_, _ = f.WriteString(name + "\n")
		_ = f.Close()
	}
}

// watchers see each commit where a drill wants that.
func watchers() []pgx.QueryTracer {
	p := newPoints()
	if !p.on() {
		return nil
	}
	return []pgx.QueryTracer{commits{p}}
}

// commits names a commit by the tables of payments in which its transaction wrote rows.
type commits struct{ *points }

const wroteKey = "meent: drill wrote"

// queryKey holds what is asked, for when its answer is there.
type queryKey struct{}

var (
	writes = regexp.MustCompile(`(?:INSERT INTO|UPDATE|DELETE FROM) (payments\.[a-z_]+)`)
	only   = regexp.MustCompile(`^\s*(?:INSERT|UPDATE|DELETE) `) // its count is of the rows it wrote
)

func (c commits) TraceQueryStart(ctx context.Context, conn *pgx.Conn, data pgx.TraceQueryStartData) context.Context {
	wrote, _ := conn.PgConn().CustomData()[wroteKey].([]string)
	if strings.EqualFold(data.SQL, "commit") && len(wrote) > 0 {
		c.pass("before commit of " + strings.Join(wrote, "+"))
	}
	return context.WithValue(ctx, queryKey{}, data.SQL)
}

func (c commits) TraceQueryEnd(ctx context.Context, conn *pgx.Conn, data pgx.TraceQueryEndData) {
	query, _ := ctx.Value(queryKey{}).(string)
	wrote, _ := conn.PgConn().CustomData()[wroteKey].([]string)
	wrote = wroteToo(wrote, query, data.CommandTag.RowsAffected())
	conn.PgConn().CustomData()[wroteKey] = wrote
	if conn.PgConn().TxStatus() != 'I' {
		return
	}
	delete(conn.PgConn().CustomData(), wroteKey)
	if len(wrote) > 0 && data.Err == nil && data.CommandTag.String() != "ROLLBACK" {
		c.pass("after commit of " + strings.Join(wrote, "+"))
	}
}

// wroteToo adds the tables of one more query, unless it found nothing to write.
func wroteToo(wrote []string, query string, rows int64) []string {
	if rows == 0 && only.MatchString(query) {
		return wrote
	}
	for _, found := range writes.FindAllStringSubmatch(query, -1) {
		if !slices.Contains(wrote, found[1]) {
			wrote = append(wrote, found[1])
		}
	}
	return wrote
}

// pointGateway passes a point before and after each call that makes something.
type pointGateway struct {
	payments.Gateway
	*points
}

func around[T any](p *points, name string, call func() (T, error)) (T, error) {
	p.pass("before " + name)
	answer, err := call()
	if err == nil {
		p.pass("after " + name)
	}
	return answer, err
}

// told is around for a call that answers nothing.
func told(p *points, name string, call func() error) error {
	_, err := around(p, name, func() (struct{}, error) { return struct{}{}, call() })
	return err
}

func (g pointGateway) OpenCheckout(ctx context.Context, key string, c payments.Checkout) (payments.CheckoutPage, error) {
	return around(g.points, "OpenCheckout", func() (payments.CheckoutPage, error) { return g.Gateway.OpenCheckout(ctx, key, c) })
}

func (g pointGateway) OpenAccount(ctx context.Context, key string, payee payments.Reference) (string, error) {
	return around(g.points, "OpenAccount", func() (string, error) { return g.Gateway.OpenAccount(ctx, key, payee) })
}

func (g pointGateway) Transfer(ctx context.Context, key string, t payments.Transfer) (string, error) {
	return around(g.points, "Transfer", func() (string, error) { return g.Gateway.Transfer(ctx, key, t) })
}

func (g pointGateway) PayOut(ctx context.Context, key string, o payments.PayoutOrder) (string, error) {
	return around(g.points, "PayOut", func() (string, error) { return g.Gateway.PayOut(ctx, key, o) })
}

func (g pointGateway) Refund(ctx context.Context, key string, r payments.RefundOrder) (payments.RefundThere, error) {
	return around(g.points, "Refund", func() (payments.RefundThere, error) { return g.Gateway.Refund(ctx, key, r) })
}

func (g pointGateway) Reverse(ctx context.Context, key string, r payments.ReversalOrder) (string, error) {
	return around(g.points, "Reverse", func() (string, error) { return g.Gateway.Reverse(ctx, key, r) })
}

func (g pointGateway) AnswerDispute(ctx context.Context, key string, a payments.DisputeAnswer) error {
	return told(g.points, "AnswerDispute", func() error { return g.Gateway.AnswerDispute(ctx, key, a) })
}

func (g pointGateway) AcceptDispute(ctx context.Context, key, id string) error {
	return told(g.points, "AcceptDispute", func() error { return g.Gateway.AcceptDispute(ctx, key, id) })
}

func (g pointGateway) CheckoutPage(ctx context.Context, id string) (payments.CheckoutPage, error) {
	return around(g.points, "CheckoutPage", func() (payments.CheckoutPage, error) { return g.Gateway.CheckoutPage(ctx, id) })
}

func (g pointGateway) PayoutState(ctx context.Context, account, id string) (payments.PayoutState, error) {
	return around(g.points, "PayoutState", func() (payments.PayoutState, error) { return g.Gateway.PayoutState(ctx, account, id) })
}
