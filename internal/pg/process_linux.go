package pg

import (
	"os"
	"os/exec"
	"strconv"
	"syscall"
)

// dieWithParent lets the kernel stop the server when this program is killed.
func dieWithParent(cmd *exec.Cmd) {
	cmd.SysProcAttr.Pdeathsig = syscall.SIGINT
}

// isServerOf reports whether the process is a server of this cluster: Postgres
// works in its cluster's folder.
func isServerOf(pid int, cluster string) bool {
	folder, err := os.Readlink("/proc/" + strconv.Itoa(pid) + "/cwd")
	return err == nil && folder == cluster
}
