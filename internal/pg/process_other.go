//go:build unix && !linux

package pg

import (
	"os/exec"
	"strconv"
	"strings"
)

// dieWithParent does nothing here; the next start ends a server left behind.
func dieWithParent(*exec.Cmd) {}

// isServerOf reports whether the process is a server of this cluster.
func isServerOf(pid int, cluster string) bool {
	out, err := exec.Command("ps", "-o", "command=", "-p", strconv.Itoa(pid)).Output()
	return err == nil && strings.Contains(string(out), cluster)
}
