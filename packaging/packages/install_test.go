package packages

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// installer is how packages of a format come and go. Their scripts run within the root.
type installer struct {
	format                  string
	install, remove, forget func(r *root, file string)
	zsh                     string // where shells of such systems look for completions
	licence                 string
}

func dpkg(args ...string) func(*root, string) {
	return func(r *root, file string) {
		r.t.Helper()
		all := append([]string{"--root=" + r.path, "--force-not-root"}, args...)
		r.run("dpkg", append(all, file)...)
	}
}

func rpm(args ...string) func(*root, string) {
	return func(r *root, file string) {
		r.t.Helper()
		all := append([]string{"--root", r.path, "--nodeps", "--noplugins"}, args...)
		r.run("rpm", append(all, file)...)
	}
}

func installers() []installer {
	return []installer{
		{"deb", dpkg("--install"), dpkg("--remove"), dpkg("--purge"),
			"usr/share/zsh/vendor-completions/_joltui", "usr/share/doc/joltui/copyright"},
		{"rpm", rpm("--upgrade"), rpm("--erase"), nil,
			"usr/share/zsh/site-functions/_joltui", "usr/share/licenses/joltui/LICENSE"},
	}
}

// needs fails where a test cannot do its work: whoever asks for it wants to know.
func needs(t *testing.T) {
	t.Helper()
	if os.Getuid() != 0 {
		t.Fatal("packages are installed into roots of their own, which takes root")
	}
	for _, program := range []string{"dpkg", "rpm", "ldd", "systemd-sysusers"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Fatalf("%s is needed: apt-get install dpkg rpm libc-bin systemd", program)
		}
	}
}

func TestPackagesInstallUpdateAndGo(t *testing.T) {
	needs(t)
	older, newer := buildBinary(t, "0.1.0"), buildBinary(t, "0.2.0")
	for _, with := range installers() {
		for makes, programs := range map[string][]string{
			"sysusers": {"systemd-sysusers"},
			"useradd":  {"getent", "groupadd", "useradd"},
		} {
			t.Run(with.format+" "+makes, func(t *testing.T) {
				first, second := buildPackage(t, with.format, "0.1.0", older), buildPackage(t, with.format, "0.2.0", newer)
				r := newRoot(t, programs...)
				with.install(r, first)
				r.checkInstalled(with, "0.1.0")
				r.write("etc/joltui/broker.json", `{"port": 8081}`)
				with.install(r, second)
				r.checkInstalled(with, "0.2.0")
				if got := r.read("etc/joltui/broker.json"); !strings.Contains(got, "8081") {
					t.Errorf("an update has replaced a configuration: %s", got)
				}
				r.checkRemoved(with)
			})
		}
	}
}

// checkInstalled looks at everything that is to be there.
func (r *root) checkInstalled(with installer, version string) {
	r.t.Helper()
	for _, file := range []string{
		"usr/bin/joltui", with.zsh, with.licence,
		"usr/share/man/man1/joltui.1", "usr/share/man/man1/joltui-broker.1", "usr/share/man/man5/joltui.toml.5", "usr/share/man/man5/joltui-broker.json.5",
		"usr/share/bash-completion/completions/joltui", "usr/share/fish/vendor_completions.d/joltui.fish",
		"usr/lib/systemd/system/joltui-broker.service", "usr/lib/sysusers.d/joltui.conf",
	} {
		if !r.has(file) {
			r.t.Errorf("the package has no %s", file)
		}
	}
	id := r.userID()
	for path, mode := range map[string]os.FileMode{"etc/joltui": 0o750, "etc/joltui/broker.json": 0o640} {
		info, err := os.Stat(filepath.Join(r.path, path))
		r.must(err)
		owner := info.Sys().(*syscall.Stat_t)
		if info.Mode().Perm() != mode || owner.Uid != 0 || int(owner.Gid) != id {
			r.t.Errorf("%s has mode %o and belongs to %d:%d, not %o and 0:%d", path, info.Mode().Perm(), owner.Uid, owner.Gid, mode, id)
		}
	}
	for _, program := range []string{"/usr/bin/joltui", "/usr/bin/jolt-broker"} {
		if out, code := r.inside(id, program, "--version"); code != 0 || !strings.HasPrefix(out, "joltui "+version+" ") {
			r.t.Errorf("%s --version of a package %s says %q", program, version, out)
		}
	}
	r.checkUnit(id)
}

// checkUnit runs what the unit runs before a reload, as its user.
func (r *root) checkUnit(id int) {
	r.t.Helper()
	unit := r.read("usr/lib/systemd/system/joltui-broker.service")
	command := regexp.MustCompile(`(?m)^ExecReload=(.* --check.*)$`).FindStringSubmatch(unit)
	if command == nil {
		r.t.Fatal("a reload does not check the configuration first")
	}
	words := append(strings.Fields(command[1]), "--port", "0")
	if out, code := r.inside(id, words[0], words[1:]...); code != 0 {
		r.t.Errorf("%v of user %d: exit code %d: %s", words, id, code, out)
	}
	if strings.Contains(unit, "ExecStartPre=") || !strings.Contains(unit, "\nRestartPreventExitStatus=2\n") || !strings.Contains(unit, "\nType=notify\n") {
		r.t.Error("a wrong configuration is tried again: RestartPreventExitStatus is for the main process alone")
	}
}

// userID is that of the user that the package has made.
func (r *root) userID() int {
	r.t.Helper()
	user := regexp.MustCompile(`(?m)^joltui:[^:]*:(\d+):`).FindStringSubmatch(r.read("etc/passwd"))
	if user == nil {
		r.t.Fatalf("the package has made no user joltui: %s", r.read("etc/passwd"))
	}
	id, err := strconv.Atoi(user[1])
	r.must(err)
	return id
}

func (r *root) checkRemoved(with installer) {
	r.t.Helper()
	with.remove(r, "joltui")
	for _, file := range []string{"usr/bin/joltui", "usr/bin/jolt-broker", "usr/lib/systemd/system/joltui-broker.service"} {
		if r.has(file) {
			r.t.Errorf("%s is left behind", file)
		}
	}
	kept := []string{"etc/joltui/broker.json", "etc/joltui/broker.json.rpmsave"}
	if !slices.ContainsFunc(kept, r.has) {
		r.t.Error("what the administrator wrote is gone with the package")
	}
	if with.forget != nil {
		with.forget(r, "joltui")
		if slices.ContainsFunc(kept, r.has) {
			r.t.Error("a purge leaves the configuration of the package behind")
		}
	}
}

func TestTheUnitsAreInOrder(t *testing.T) {
	needs(t)
	if _, err := exec.LookPath("systemd-analyze"); err != nil {
		t.Fatal("systemd-analyze is needed: apt-get install systemd")
	}
	binary := buildBinary(t, "0.1.0")
	for _, name := range []string{"joltui-broker.service", "joltui-serve.service"} {
		unit, err := os.ReadFile(filepath.Join(top, "packaging/systemd", name))
		if err != nil {
			t.Fatal(err)
		}
		// It looks for the program and the manual page on this machine, where they are not.
		text := strings.ReplaceAll(string(unit), "/usr/bin/joltui", binary)
		text = regexp.MustCompile(`(?m)^Documentation=.*\n`).ReplaceAllString(text, "")
		file := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		if out, err := exec.Command("systemd-analyze", "verify", file).CombinedOutput(); err != nil || len(out) > 0 {
			t.Errorf("%s: %v\n%s", name, err, out)
		}
	}
}
