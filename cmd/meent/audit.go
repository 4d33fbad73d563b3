package main

import (
	"context"
	"errors"
	"fmt"

	"meent/members"
)

const auditUsage = "say what to do: meent audit verify"

// audit is `meent audit verify`: it reads every cooperative's log of deeds from
// its beginning, names each place where it does not hold, and fails when there is
// one, or when the key is missing with which the reasons are sealed.
func (p *program) audit(ctx context.Context) error {
	if len(p.args) != 1 || p.args[0] != "verify" {
		return errors.New(auditUsage)
	}
	return p.withServices(ctx, func(_ *backends, s *services) error {
		read, faults, err := s.members.VerifyAudit(ctx)
		for _, f := range faults {
			fmt.Fprintln(p.out, f)
		}
		switch {
		case len(faults) > 0:
			return fmt.Errorf("the log of deeds does not hold in %d places", len(faults))
		case errors.Is(err, members.ErrNoKey):
			return fmt.Errorf("%d deeds, and each holds; but the reasons cannot be held against them: %w", read, err)
		case err != nil:
			return err
		}
		_, err = fmt.Fprintf(p.out, "%d deeds, and each holds.\n", read)
		return err
	})
}
