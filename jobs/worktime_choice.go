package jobs

import (
	"context"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/members"
)

// Worktime gives the rules of the actor's cooperative, in the order of pages.
func (s *Service) Worktime(ctx context.Context, by members.Actor) (rules []WorktimeRule, err error) {
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		rules, err = WorktimeTx(ctx, tx, by.Cooperative)
		return err
	})
	return rules, err
}

// WorktimeTx gives the rules of a cooperative: the law's where it chose nothing,
// and then they block.
func WorktimeTx(ctx context.Context, tx pgx.Tx, c id.Cooperative) ([]WorktimeRule, error) {
	laws, err := WorktimeLaws()
	if err != nil {
		return nil, err
	}
	chosen, err := listWorktime(ctx, tx, c)
	if err != nil {
		return nil, err
	}
	rules := make([]WorktimeRule, 0, len(laws))
	for _, code := range WorktimeCodes() {
		r := WorktimeRule{Code: code, Limit: laws[code].Limit, Effect: WorktimeBlocks}
		if own, has := chosen[code]; has {
			r = own
		}
		r.Law = laws[code]
		rules = append(rules, r)
	}
	return rules, nil
}

// mostWorktimeWhy is how long the reason for a change may be.
const mostWorktimeWhy = 500

// ChangeWorktime changes one rule, by a coordinator who says why. It returns
// check.Problems at WorktimeField, members.ErrRestricted, and
// members.ErrNotFound to everybody else and for a rule that there is not.
func (s *Service) ChangeWorktime(ctx context.Context, by members.Actor, code WorktimeCode, limit time.Duration, effect WorktimeEffect, why string) error {
	if by.Kind != members.RoleCoordinator {
		return members.ErrNotFound
	}
	laws, err := WorktimeLaws()
	law, known := laws[code]
	switch {
	case err != nil:
		return err
	case !known:
		return members.ErrNotFound
	}
	r := WorktimeRule{Code: code, Limit: limit, Effect: effect, Law: law}
	p := r.problems()
	p.Text(WorktimeField(code, "why"), why, 1, mostWorktimeWhy)
	if err := p.Err(); err != nil {
		return err
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error { return s.changeWorktimeTx(ctx, tx, by, r, why) })
}

func (s *Service) changeWorktimeTx(ctx context.Context, tx pgx.Tx, by members.Actor, r WorktimeRule, why string) error {
	if err := members.MayTakeTx(ctx, tx, by); err != nil {
		return err
	}
	if err := upsertWorktime(ctx, tx, by.Cooperative, r); err != nil {
		return err
	}
	return s.people.AuditTx(ctx, tx, members.Deed{By: by, What: "worktime_changed", Ref: "worktime:" + string(r.Code), Why: why,
		Detail: map[string]string{"effect": string(r.Effect), "minutes": strconv.Itoa(int(r.Limit / time.Minute))}})
}
