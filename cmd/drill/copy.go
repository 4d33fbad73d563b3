package main

import (
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"
)

// copies is how many workers share the work; each also relays.
const copies = 3

// programCopy is one running Meent.
type programCopy struct {
	rig     *rig
	name    string
	args    []string
	environ []string      // beside what all copies have
	clock   time.Duration // how wrong its clock is
	cmd     *exec.Cmd
	ended   chan error
	said    int64 // how long its log was before it started
}

func (r *rig) startCopies() error {
	for i := range copies {
		c := &programCopy{rig: r, name: fmt.Sprintf("worker%d", i), args: []string{"work"}, environ: []string{
			"STRIPE_KEY=sk_test_drill", "STRIPE_WEBHOOK_SECRET=whsec_drill", "STRIPE_CONNECT_WEBHOOK_SECRET=whsec_drill",
			"STRIPE_URL=http://127.0.0.1:9", // nobody pays
			"MEENT_KEY=" + base64.StdEncoding.EncodeToString(make([]byte, 32)),
		}}
		r.copies = append(r.copies, c)
		if err := c.start(); err != nil {
			return err
		}
	}
	return nil
}

func (c *programCopy) start() error {
	log, err := os.OpenFile(c.log(), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer log.Close()
	c.cmd = exec.Command(c.rig.program, c.args...)
	c.cmd.Env = append([]string{"PATH=" + os.Getenv("PATH"), "HOME=" + c.rig.folder, "DATABASE_URL=" + c.rig.postgres.URL(),
		"REDIS_URL=" + c.rig.redis.URL(), "MEENT_DATA=" + filepath.Join(c.rig.folder, "data"), "MEENT_DEMO=people", "MEILI_URL=none",
		"MEENT_DRILL_CLOCK=" + c.clock.String(), "MEENT_DRILL_PLANT=" + c.rig.plant}, c.environ...)
	c.cmd.Stdout, c.cmd.Stderr = log, log
	c.ended, c.said = make(chan error, 1), c.logSize()
	if err := c.cmd.Start(); err != nil {
		return err
	}
	go func(cmd *exec.Cmd, ended chan error) { ended <- cmd.Wait() }(c.cmd, c.ended)
	return nil
}

func (c *programCopy) log() string { return filepath.Join(c.rig.folder, c.name+".log") }

func (c *programCopy) logSize() int64 {
	info, err := os.Stat(c.log())
	if err != nil {
		return 0
	}
	return info.Size()
}

// waitForWord waits until the copy has said something: before that it may not
// listen to signals yet, and would end by one.
func (c *programCopy) waitForWord() {
	for late := time.Now().Add(20 * time.Second); c.logSize() == c.said && time.Now().Before(late); {
		time.Sleep(10 * time.Millisecond)
	}
}

// kill ends the copy without warning.
func (c *programCopy) kill() error {
	if c.cmd == nil || c.cmd.Process == nil {
		return nil
	}
	if err := c.cmd.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	<-c.ended
	c.spent()
	return nil
}

// endedByItself is the error of a copy that ended and that nobody killed.
func (c *programCopy) endedByItself() error {
	if c.cmd == nil {
		return nil
	}
	select {
	case err := <-c.ended:
		c.spent()
		return fmt.Errorf("%s ended by itself, with %v:\n%s", c.name, err, c.lastWords())
	default:
		return nil
	}
}

// spent notes, for who watches, what the copy that ended took of the machine.
func (c *programCopy) spent() {
	if c.cmd.ProcessState != nil {
		c.rig.took(c.name, c.cmd.ProcessState.UserTime()+c.cmd.ProcessState.SystemTime())
	}
	c.cmd = nil
}

// stop asks the copy to end, which it must do within twenty seconds and well.
func (c *programCopy) stop() error {
	c.waitForWord()
	if err := c.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	select {
	case err := <-c.ended:
		c.spent()
		if err != nil {
			return fmt.Errorf("a copy that was asked to stop ended with %w:\n%s", err, c.lastWords())
		}
		return nil
	case <-time.After(20 * time.Second):
		return fmt.Errorf("a copy that was asked to stop went on:\n%s", c.lastWords())
	}
}

// lastWords is the end of the copy's log.
func (c *programCopy) lastWords() string {
	text, err := os.ReadFile(c.log())
	if err != nil {
		return err.Error()
	}
	return string(text[max(0, len(text)-2000):])
}
