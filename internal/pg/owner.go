package pg

import (
	"errors"
	"os"
	"os/exec"
	"os/user"
	"strconv"
	"syscall"
)

// owner is the unprivileged user as whom a server runs when root starts the
// program: Postgres refuses root.
type owner struct{ uid, gid uint32 }

// findOwner gives nil when this process is unprivileged itself.
func findOwner() (*owner, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	for _, name := range []string{"postgres", "_postgres", "nobody"} {
		if u, err := user.Lookup(name); err == nil {
			return newOwner(u)
		}
	}
	return nil, errors.New("a Postgres does not run as root, and there is no user postgres or nobody to run it as")
}

func newOwner(u *user.User) (*owner, error) {
	uid, uidErr := strconv.ParseUint(u.Uid, 10, 32)
	gid, gidErr := strconv.ParseUint(u.Gid, 10, 32)
	return &owner{uid: uint32(uid), gid: uint32(gid)}, errors.Join(uidErr, gidErr)
}

// own gives a folder or file to the user.
func (o *owner) own(path string) error {
	if o == nil {
		return nil
	}
	return os.Chown(path, int(o.uid), int(o.gid))
}

// runAs lets a command run as the user.
func (o *owner) runAs(cmd *exec.Cmd) {
	if cmd.SysProcAttr == nil {
		cmd.SysProcAttr = &syscall.SysProcAttr{}
	}
	if o != nil {
		cmd.SysProcAttr.Credential = &syscall.Credential{Uid: o.uid, Gid: o.gid}
	}
}

// canEnter reports whether the user can use a folder.
func (o *owner) canEnter(folder string) bool {
	cmd := exec.Command("/bin/sh", "-c", `cd "$0"`, folder)
	cmd.Dir = "/"
	o.runAs(cmd)
	return cmd.Run() == nil
}
