package main

import (
	"context"
	"math/rand/v2"
	"slices"
	"time"
)

// blow is a kill, or an emptying of Redis, at one request of one step of the
// story. Request 0 is the moment before the first.
type blow struct {
	request int
	after   time.Duration // since the request was sent
	empties bool          // Redis; otherwise the program is killed
}

// fate is every blow of a story, by step, in the order of the requests.
type fate [][]blow

// outside are the tables of the simulator that grow by a call of the program's.
// In each of these calls the program is killed once, after it had its effect.
func outside() []string {
	return []string{"stripesim.session", "stripesim.account", "stripesim.transfer", "stripesim.payout"}
}

// fewestKills are those in the calls, and one at each jump of the clock.
const fewestKills = 4 + 2

// drawFate spreads the other kills, and half as many emptyings of Redis, over
// the steps.
func drawFate(random *rand.Rand, kills, steps int) fate {
	f := make(fate, steps)
	for i := range kills - fewestKills + kills/2 {
		step, b := random.IntN(steps), blow{request: random.IntN(4), empties: i >= kills-fewestKills}
		if b.request > 0 {
			u := random.Float64()
			b.after = time.Duration(u * u * float64(150*time.Millisecond)) // mostly before the answer
		}
		f[step] = append(f[step], b)
	}
	for _, blows := range f {
		slices.SortStableFunc(blows, func(a, b blow) int { return a.request - b.request })
	}
	return f
}

// next takes the step's next blow when its request has come.
func (f fate) next(step, request int) (b blow, falls bool) {
	if blows := f[step]; len(blows) > 0 && blows[0].request <= request {
		f[step] = blows[1:]
		return blows[0], true
	}
	return blow{}, false
}

// strike lets the blow fall.
func (s *story) strike(ctx context.Context, b blow) error {
	if err := s.rig.rest(ctx, b.after); err != nil {
		return err
	}
	if b.empties {
		return s.rig.emptyRedis(ctx)
	}
	return s.house.kill()
}

// strikeBetween lets fall, between two requests, all blows that are due.
func (s *story) strikeBetween(ctx context.Context, request int) error {
	for {
		b, falls := s.fate.next(s.step, request)
		if !falls {
			return nil
		}
		if err := s.strike(ctx, blow{empties: b.empties}); err != nil {
			return err
		}
		if err := s.house.goOn(ctx); err != nil {
			return err
		}
	}
}

// lieInWait kills the program soon after a call of it added a row to the table,
// most likely before the program has heard that.
func (s *story) lieInWait(ctx context.Context, table string, after time.Duration) error {
	before, err := s.count(ctx, table)
	for now := before; err == nil && now == before; {
		if err = s.rig.rest(ctx, 10*time.Millisecond); err == nil {
			now, err = s.count(ctx, table)
		}
	}
	if err != nil {
		return err
	}
	s.rig.count("kills in a call")
	return s.strike(ctx, blow{after: after})
}

func (s *story) count(ctx context.Context, table string) (n int, err error) {
	err = s.rig.db.QueryRow(ctx, `SELECT count(*) FROM `+table).Scan(&n)
	return n, err
}
