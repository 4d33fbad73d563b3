package matching

import (
	"context"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/matching/engine"
	"meent/members"
)

// HouseWeights are those with which every cooperative begins. Version 1 was that of
// offers which were made before facts were stored with them: its weights are in each
// point, and it cannot be computed again.
func HouseWeights() engine.Weights {
	w := engine.Weights{Version: 2}
	w.Of[engine.Fit], w.Of[engine.Growth], w.Of[engine.Near], w.Of[engine.Calm] = 300, 80, 150, 90
	w.Of[engine.Room], w.Of[engine.Known], w.Of[engine.Fair] = 60, 30, 200
	return w
}

// Weighing is a version of the weights, and how it came about. The house's own has no
// day, name or reason.
type Weighing struct {
	engine.Weights
	Since time.Time
	By    string // a coordinator
	Why   string // of the decision; about nobody
}

// mostWeightsWhy is how long the reason for other weights may be.
const mostWeightsWhy = 500

func weightsProblems(w engine.Weights) (p check.Problems) {
	for i, kind := range PointKinds() {
		p.Between(string(kind), w.Of[i], 0, engine.MostWeight)
	}
	return p
}

// Weights are those by which the cooperative of the actor chooses now. They are
// published: everybody who has a role there may read them.
func (s *Service) Weights(ctx context.Context, by members.Actor) (w engine.Weights, err error) {
	err = pgx.BeginTxFunc(ctx, s.db, pgx.TxOptions{AccessMode: pgx.ReadOnly}, func(tx pgx.Tx) error {
		w, err = findWeights(ctx, tx, by.Cooperative)
		return err
	})
	return w, err
}

// WeightHistory lists every version, the newest first, the house's own last. It
// returns members.ErrNotFound to everybody but a coordinator.
func (s *Service) WeightHistory(ctx context.Context, by members.Actor) ([]Weighing, error) {
	if by.Kind != members.RoleCoordinator {
		return nil, members.ErrNotFound
	}
	list, err := listWeights(ctx, s.db, by.Cooperative)
	return append(list, Weighing{Weights: HouseWeights()}), err
}

// ChangeWeights adds other weights, that hold for each offer from now on, by a
// coordinator who says who decided that and why; w.Version is the version that they
// looked at. Offers that were made keep their own. Errors are check.Problems at a kind
// of points and "why", members.ErrStale when somebody changed them meanwhile,
// members.ErrRestricted, and members.ErrNotFound to everybody else.
func (s *Service) ChangeWeights(ctx context.Context, by members.Actor, w engine.Weights, why string) error {
	if by.Kind != members.RoleCoordinator {
		return members.ErrNotFound
	}
	p := weightsProblems(w)
	p.Text("why", why, 1, mostWeightsWhy)
	if err := p.Err(); err != nil {
		return err
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if err := members.MayTakeTx(ctx, tx, by); err != nil {
			return err
		}
		added, err := insertWeights(ctx, tx, by, w, why, s.now())
		if err != nil {
			return err
		}
		if !added {
			return members.ErrStale
		}
		return s.jobs.People().AuditTx(ctx, tx, members.Deed{By: by, What: "weights_changed", Ref: "weights:" + strconv.Itoa(w.Version+1), Why: why, Detail: weightsDetail(w)})
	})
}

func weightsDetail(w engine.Weights) map[string]string {
	detail := map[string]string{}
	for i, kind := range PointKinds() {
		detail[string(kind)] = strconv.Itoa(w.Of[i])
	}
	return detail
}
