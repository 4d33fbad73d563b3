//go:build !linux

package redisd

import (
	"os/exec"
	"syscall"
)

func dieWithParent(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

func (s *Server) run() error {
	cmd, ended := s.cmd, s.ended
	err := cmd.Start()
	go func() {
		if err == nil {
			_ = cmd.Wait() // killed, as a rule
		}
		close(ended)
	}()
	return err
}
