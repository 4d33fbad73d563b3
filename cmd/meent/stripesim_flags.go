package main

import (
	"crypto/rand"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"

	"meent/payments/stripesim"
)

const stripesimUsage = `say how the practice Stripe behaves: meent stripesim -payout 3s -fault lose_after=0.05 -seed 7; see ` + "`meent stripesim -h`"

// stripesimWish is how the operator wants the simulator to behave; what is not
// said is as in the house.
type stripesimWish struct {
	funds, payout, latePayout, debit, refund, dispute time.Duration
	late, ahead                                       time.Duration
	onboard, unruly                                   bool
	faults                                            stripesim.Faults
	control                                           string // the file with the token
}

func readStripesim(args []string, help io.Writer) (stripesimWish, error) {
	w := stripesimWish{faults: stripesim.Faults{Rates: map[stripesim.Fault]float64{}}}
	flags := w.flags()
	flags.SetOutput(io.Discard)
	err := flags.Parse(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		flags.SetOutput(help)
		flags.PrintDefaults()
		return w, err
	case err != nil || flags.NArg() > 0:
		return w, errors.New(stripesimUsage)
	}
	return w, w.faults.Check()
}

func (w *stripesimWish) flags() *flag.FlagSet {
	f := flag.NewFlagSet("stripesim", flag.ContinueOnError)
	f.DurationVar(&w.funds, "funds", 0, "how long until a payment is available")
	f.DurationVar(&w.payout, "payout", practiseDelay, "how long until a payout arrives or fails")
	f.DurationVar(&w.latePayout, "late-payout", 0, "how long until a payout that was called paid fails")
	f.DurationVar(&w.debit, "debit", practiseDelay, "how long until a SEPA debit ends")
	f.DurationVar(&w.refund, "refund", practiseDelay, "how long until a pending refund ends")
	f.DurationVar(&w.dispute, "dispute", practiseDelay, "how long until a test card's dispute comes, and until evidence is judged")
	f.DurationVar(&w.late, "late", 0, "how long an event waits at most before it is sent")
	f.DurationVar(&w.ahead, "ahead", 0, "how far its clock is ahead")
	f.BoolVar(&w.onboard, "onboard", false, "new accounts wait until their owner told the bank")
	f.BoolVar(&w.unruly, "unruly", false, "deliver every event twice and in no order")
	f.Uint64Var(&w.faults.Seed, "seed", 0, "of the faults")
	f.Func("fault", "name=rate, such as lose_after=0.05; may be said several times: "+faultNames(), w.readRate)
	f.Func("fault-next", "names of faults for the next requests, with commas", func(text string) error {
		w.faults.Next = stripesim.ReadFaults(text)
		return nil
	})
	f.StringVar(&w.faults.Path, "fault-path", "", "only for requests whose path begins so")
	f.BoolVar(&w.faults.Reads, "fault-reads", false, "also for requests that only read")
	f.DurationVar(&w.faults.Hang, "hang", time.Minute, "how long a hanging request hangs at most")
	f.DurationVar(&w.faults.Slow, "slow", time.Second, "how long a slow request takes")
	f.StringVar(&w.control, "control", "", "a file with the token that opens /control/ on this machine; it is made when it is not there")
	return f
}

func faultNames() string {
	var names []string
	for _, f := range stripesim.AllFaults() {
		names = append(names, string(f))
	}
	return strings.Join(names, " ")
}

func (w *stripesimWish) readRate(text string) error {
	name, number, _ := strings.Cut(text, "=")
	rate, err := strconv.ParseFloat(number, 64)
	if err == nil {
		w.faults.Rates[stripesim.Fault(name)] = rate
	}
	return err
}

// apply changes how the house would do it.
func (w stripesimWish) apply(c *stripesim.Config) (err error) {
	c.FundsDelay, c.PayoutDelay, c.LateDelay, c.DebitDelay, c.RefundDelay, c.DisputeDelay = w.funds, w.payout, w.latePayout, w.debit, w.refund, w.dispute
	c.Late, c.Onboard, c.Unruly, c.Faults = w.late, w.onboard, c.Unruly || w.unruly, w.faults
	c.Control, err = controlToken(w.control)
	return err
}

// controlToken reads the token, or makes one that only this user can read.
func controlToken(path string) (string, error) {
	if path == "" {
		return "", nil
	}
	text, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		token := rand.Text()
		return token, os.WriteFile(path, []byte(token+"\n"), 0o600)
	}
	token := strings.TrimSpace(string(text))
	if err == nil && len(token) < 16 {
		return "", fmt.Errorf("-control: the token in %s is shorter than 16 characters", path)
	}
	return token, err
}
