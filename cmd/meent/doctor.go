package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"meent/internal/id"
	"meent/internal/mail"
	"meent/internal/pg"
	"meent/matching"
)

// finding is one part and how it is, in a sentence.
type finding struct {
	part, sentence string
	err            error
}

// doctor is `meent doctor`: each part checked, one sentence each. It changes
// no data, and fails when a part is ill.
func (p *program) doctor(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	fmt.Fprintln(p.out, "settings:  they can be read.")
	b, err := p.openBackends(ctx)
	if err != nil {
		return err
	}
	ill := p.examine(ctx, b)
	return errors.Join(ill, b.close())
}

func (p *program) examine(ctx context.Context, b *backends) error {
	s := p.newServices(b)
	ill := 0
	for _, f := range []finding{
		checkPostgres(ctx, b), checkTables(ctx, b), checkReference(ctx, s), checkPeople(ctx, s),
		checkRedis(ctx, b), p.checkIndex(ctx, b), p.checkDrift(ctx, s), checkEngine(ctx, s), checkMail(b), checkTexts(b), p.checkPayments(ctx, b), checkBooks(ctx, s), p.checkMoney(ctx, s), checkDeeds(ctx, s), checkTasks(ctx, s),
	} {
		if f.err != nil {
			ill++
			f.sentence = "ill: " + f.err.Error()
		}
		fmt.Fprintf(p.out, "%-10s %s\n", f.part+":", f.sentence)
	}
	if ill > 0 {
		return fmt.Errorf("%d of the parts are ill", ill)
	}
	return nil
}

func checkPostgres(ctx context.Context, b *backends) finding {
	var version string
	err := b.db.QueryRow(ctx, `SHOW server_version`).Scan(&version)
	return finding{"postgres", fmt.Sprintf("it answers, version %s.", version), err}
}

func checkTables(ctx context.Context, b *backends) finding {
	err := pg.Current(ctx, b.db, schemas()...)
	return finding{"tables", "every schema is at the version of this program.", err}
}

func checkReference(ctx context.Context, s *services) finding {
	count, err := s.members.CountReference(ctx)
	if err == nil && (count.Places == 0 || count.Skills == 0) {
		err = errors.New("places and skills are missing; `meent migrate` loads them")
	}
	return finding{"reference", fmt.Sprintf("%d places and %d skills are known.", count.Places, count.Skills), err}
}

func checkPeople(ctx context.Context, s *services) finding {
	list, err := s.members.Cooperatives(ctx)
	sentence := fmt.Sprintf("%d cooperatives are at work.", len(list))
	if len(list) == 0 {
		sentence = "no cooperative yet; `meent coop create` makes one."
	}
	return finding{"people", sentence, err}
}

func checkRedis(ctx context.Context, b *backends) finding {
	return finding{"redis", "it answers.", b.redis.Ping(ctx).Err()}
}

// checkIndex never makes Meent ill: without the index browsing answers from
// Postgres.
func (p *program) checkIndex(ctx context.Context, b *backends) finding {
	switch {
	case p.config.MeiliURL == noIndex:
		return finding{"browse", "there is no index; it answers from Postgres.", nil}
	case b.index == nil:
		return finding{"browse", "its index is inside the program.", nil}
	}
	filled, err := b.index.Filled(ctx)
	switch {
	case err != nil:
		return finding{"browse", "the index does not answer; Postgres does meanwhile.", nil}
	case !filled:
		return finding{"browse", "the index is not filled yet; `meent work` fills it.", nil}
	}
	return finding{"browse", "the index answers and is filled.", nil}
}

// checkDrift tells how the index differed from the gigs when that was last looked
// at. What was wrong has been put right, so that Meent is not ill.
func (p *program) checkDrift(ctx context.Context, s *services) finding {
	last, err := s.jobs.LastIndexCheck(ctx)
	wrong := last.Missing + last.Surplus + last.Stale
	switch {
	case err != nil || last.At.IsZero():
		return finding{"drift", "the index of browsing was not compared with the gigs yet.", err}
	case wrong == 0:
		return finding{"drift", fmt.Sprintf("the index held what it should %v ago, %d gigs.", p.now().Sub(last.At).Round(time.Second), last.Held), nil}
	}
	return finding{"drift", fmt.Sprintf("%v ago the index lacked %d gigs, had %d too many and %d as they were earlier; they were put right.",
		p.now().Sub(last.At).Round(time.Second), last.Missing, last.Surplus, last.Stale), nil}
}

// checkEngine tells how the programs that keep the engine of matching are. Without one
// the tables choose the same people, only slower: what makes Meent ill is that one did
// not hold what the tables say, since that is a fault of the program.
func checkEngine(ctx context.Context, s *services) finding {
	list, err := s.matching.Engines(ctx)
	if err != nil || len(list) == 0 {
		return finding{"engine", "no program keeps it now; `meent work` does, and the tables choose meanwhile.", err}
	}
	kept, members, wrong, faults, behind, age := 0, int64(0), int64(0), int64(0), 0, time.Duration(0)
	for _, h := range list {
		if h.State == matching.EngineKept {
			kept++
		}
		members, wrong, faults, behind, age = max(members, h.Members), wrong+h.Wrong, faults+h.Faults, max(behind, h.Behind), max(age, h.Age)
	}
	if wrong > 0 {
		err = fmt.Errorf("%d members were not as the tables say; they were put right, and this should never be", wrong)
	}
	sentence := fmt.Sprintf("%d of %d copies are in step with %d members, and none drifted; %d changes wait, the oldest for %v.", kept, len(list), members, behind, age.Round(time.Second))
	if faults > 0 {
		sentence += fmt.Sprintf(" It failed %s since its start; the log says why.", times(int(faults), "time"))
	}
	return finding{"engine", sentence, err}
}

func checkMail(b *backends) finding {
	if b.smtp == nil {
		return finding{"mail", "it stays here, on the mailbox page.", nil}
	}
	return finding{"mail", "it goes to the server of SMTP_URL.", nil}
}

func checkTexts(b *backends) finding {
	switch b.texter.(type) {
	case nil:
		return finding{"texts", "there are none; codes and news go by mail.", nil}
	case *mail.Mailbox:
		return finding{"texts", "they stay here, on the mailbox page.", nil}
	}
	return finding{"texts", "they go to the service of SMS_URL.", nil}
}

func checkBooks(ctx context.Context, s *services) finding {
	faults, err := s.payments.Audit(ctx)
	if err == nil && len(faults) > 0 {
		err = fmt.Errorf("the books are wrong: %v", faults)
	}
	return finding{"books", "the ledger sums to zero, and bills and payouts agree with it.", err}
}

// checkMoney says whether money can leave, and whether the books of Stripe and ours
// agree. Only what nobody explained makes Meent ill: a stop does its work.
func (p *program) checkMoney(ctx context.Context, s *services) finding {
	h, err := s.payments.Health(ctx)
	sentence := "payouts can leave"
	switch {
	case err != nil:
		return finding{"money", "", err}
	case h.Differ > 0:
		err = fmt.Errorf("the books of Stripe and ours differ %s, the oldest for %v", times(h.Differ, "time"), p.now().Sub(h.OldestDiff).Round(time.Second))
	case !h.Home:
		sentence = "the database is another one than before: payouts wait until `meent work` has seen that"
	case h.Stops > 0:
		sentence = "payouts are stopped for " + times(h.Stops, "reason")
	}
	if h.Unknown > 0 {
		sentence += fmt.Sprintf("; Stripe's answer is not known to %s, the oldest for %v", times(h.Unknown, "call"), p.now().Sub(h.OldestAsk).Round(time.Second))
	}
	if h.LookedAt.IsZero() {
		return finding{"money", sentence + "; the books were not compared yet.", err}
	}
	return finding{"money", fmt.Sprintf("%s; the books were compared %v ago.", sentence, p.now().Sub(h.LookedAt).Round(time.Second)), err}
}

func times(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

func checkDeeds(ctx context.Context, s *services) finding {
	read, faults, err := s.members.VerifyAudit(ctx)
	if len(faults) > 0 {
		err = fmt.Errorf("the log of deeds does not hold: %v", faults)
	}
	return finding{"deeds", fmt.Sprintf("all %d of the log hold together.", read), err}
}

// checkPayments asks a configured Stripe for the cooperative's balance, and says
// nothing about how much that is.
func (p *program) checkPayments(ctx context.Context, b *backends) finding {
	if p.config.StripeKey == "" {
		return finding{"payments", "the house simulates Stripe; no real money moves.", nil}
	}
	if _, err := b.gateway.Balance(ctx, ""); err != nil {
		return finding{"payments", "", named(err, "STRIPE_KEY", true)}
	}
	sentence := "it answers; no real money moves."
	if p.config.stripeLive() {
		sentence = "it answers; real money moves."
	}
	return finding{"payments", sentence, nil}
}

func checkTasks(ctx context.Context, s *services) finding {
	lanes, err := s.queue.Counts(ctx, id.Cooperative{})
	waiting, dead, oldest := 0, 0, time.Duration(0)
	for _, lane := range lanes {
		waiting, dead, oldest = waiting+lane.Waiting, dead+lane.Dead, max(oldest, lane.Oldest)
	}
	return finding{"tasks", fmt.Sprintf("%d wait, the oldest for %v; %d are dead.", waiting, oldest.Round(time.Second), dead), err}
}
