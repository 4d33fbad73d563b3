package redisd

import (
	"os/exec"
	"runtime"
	"syscall"
)

// dieWithParent keeps a server from outliving a program that is killed.
func dieWithParent(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
}

// run keeps the thread that started the server alive as long as the server:
// Linux sends the parent's death by the thread's end.
func (s *Server) run() error {
	started, cmd, ended := make(chan error), s.cmd, s.ended
	go func() {
		runtime.LockOSThread()
		err := cmd.Start()
		started <- err
		if err == nil {
			_ = cmd.Wait() // killed, as a rule
		}
		close(ended)
	}()
	return <-started
}
