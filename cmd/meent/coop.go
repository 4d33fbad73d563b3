package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"

	"meent/internal/check"
	"meent/members"
)

const coopUsage = `say who founds it: meent coop create -name "Waalkracht" -coordinator "Noor Bakker" -email noor@example.org`

// coop is `meent coop create`: a cooperative and its first coordinator, who
// signs in by e-mail from then on.
func (p *program) coop(ctx context.Context) error {
	n, err := readCoop(p.args)
	if err != nil {
		return err
	}
	return p.withServices(ctx, func(_ *backends, s *services) error {
		c, err := s.members.Found(ctx, n)
		if problems := (check.Problems)(nil); errors.As(err, &problems) {
			return fmt.Errorf("%s: %s", coopFlag(problems[0].Field), problemSentence(problems[0]))
		}
		if err != nil {
			return err
		}
		if err := s.payments.BeginWithDeposits(ctx, c.ID); err != nil {
			return err
		}
		_, err = fmt.Fprintf(p.out, "%s exists. %s can sign in at %s/signin.\nEverybody can see its open work at %s/open-gigs; the settings of the cooperative switch that off.\n",
			c.Name, n.Coordinator.Name, p.config.URL, p.config.URL)
		return err
	})
}

func readCoop(args []string) (members.NewCooperative, error) {
	var n members.NewCooperative
	flags := flag.NewFlagSet("coop create", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.StringVar(&n.Name, "name", "", "")
	flags.StringVar(&n.Coordinator.Name, "coordinator", "", "")
	flags.StringVar(&n.Coordinator.Email, "email", "", "")
	locale := flags.String("language", "nl", "")
	if len(args) == 0 || args[0] != "create" {
		return n, errors.New(coopUsage)
	}
	if err := flags.Parse(args[1:]); err != nil || flags.NArg() > 0 {
		return n, errors.New(coopUsage)
	}
	n.Coordinator.Locale = members.Locale(*locale)
	return n, nil
}

// coopFlag is the flag that filled a field.
func coopFlag(field string) string {
	return map[string]string{"person": "-coordinator", "locale": "-language"}[field] +
		map[string]string{"name": "-name", "email": "-email"}[field]
}

// problemSentence says a broken rule to the operator.
func problemSentence(p check.Problem) string {
	sentence, ok := map[string]string{
		"missing":      "is missing",
		"too_long":     "is too long",
		"unreadable":   "holds characters that cannot be read",
		"not_an_email": "is not an e-mail address",
		"not_a_choice": "must be nl or en",
		"taken":        "another cooperative has this name",
	}[p.Rule]
	if !ok {
		return p.Rule
	}
	return sentence
}
