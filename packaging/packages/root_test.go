package packages

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
)

// root is a small system in a folder of its own: a shell and what scripts of packages
// call, with their libraries, copied from this machine.
type root struct {
	t    *testing.T
	path string
}

// newRoot makes one, with further programs.
func newRoot(t *testing.T, programs ...string) *root {
	t.Helper()
	r := &root{t, t.TempDir()}
	if err := os.Chmod(r.path, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, folder := range []string{"bin", "etc", "tmp", "dev", "proc", "var/lib/dpkg/updates", "var/lib/dpkg/info", "var/lib/rpm", "usr/lib/sysusers.d", "run"} {
		r.must(os.MkdirAll(filepath.Join(r.path, folder), 0o755))
	}
	r.write("etc/passwd", "root:x:0:0:root:/root:/bin/sh\n")
	r.write("etc/group", "root:x:0:\n")
	r.write("etc/shadow", "root:*:1::::::\n")
	r.write("etc/gshadow", "root:*::\n")
	r.write("etc/nsswitch.conf", "passwd: files\ngroup: files\n")
	r.write("var/lib/dpkg/status", "")
	for _, program := range append([]string{"sh", "stat", "chgrp", "chmod", "ls"}, programs...) {
		r.copyProgram(program)
	}
	return r
}

func (r *root) must(err error) {
	r.t.Helper()
	if err != nil {
		r.t.Fatal(err)
	}
}

func (r *root) write(path, text string) {
	r.t.Helper()
	r.must(os.WriteFile(filepath.Join(r.path, path), []byte(text), 0o644))
}

// read returns what is in a file.
func (r *root) read(path string) string {
	r.t.Helper()
	text, err := os.ReadFile(filepath.Join(r.path, path))
	r.must(err)
	return string(text)
}

// has reports whether there is a file.
func (r *root) has(path string) bool {
	_, err := os.Lstat(filepath.Join(r.path, path))
	return err == nil
}

// library finds the files that ldd names.
var library = regexp.MustCompile(`(?m)(/\S+) \(0x`)

// copyProgram copies a program, as /bin/NAME where a shell looks first, and what it loads.
func (r *root) copyProgram(name string) {
	r.t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		r.t.Fatalf("%s is needed: %v", name, err)
	}
	r.copyFile(path, path)
	r.copyFile(path, filepath.Join("/bin", name))
	needs, _ := exec.Command("ldd", path).Output() // fails for what loads nothing
	for _, found := range library.FindAllStringSubmatch(string(needs), -1) {
		r.copyFile(found[1], found[1])
	}
}

func (r *root) copyFile(from, to string) {
	r.t.Helper()
	to = filepath.Join(r.path, to)
	r.must(os.MkdirAll(filepath.Dir(to), 0o755))
	data, err := os.ReadFile(from)
	r.must(err)
	r.must(os.WriteFile(to, data, 0o755))
}

// run runs a program of this machine on the root.
func (r *root) run(name string, args ...string) string {
	r.t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Env = append(os.Environ(), "DEBIAN_FRONTEND=noninteractive", "LC_ALL=C.UTF-8")
	out, err := cmd.CombinedOutput()
	if err != nil {
		r.t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
	return string(out)
}

// inside runs a program within the root, as a user, and returns what it printed and its
// exit code.
func (r *root) inside(uid int, path string, args ...string) (string, int) {
	r.t.Helper()
	cmd := exec.Command(path, args...)
	cmd.Dir, cmd.Env = "/", []string{"PATH=/bin:/usr/bin"}
	cmd.SysProcAttr = &syscall.SysProcAttr{Chroot: r.path, Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(uid)}}
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		r.t.Fatalf("%s: %v", path, err)
	}
	return string(out), cmd.ProcessState.ExitCode()
}
