package e2e

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"joltui/broker/brokertest"
)

// canary is a password that is nowhere by chance. It needs escapes in JSON.
const canary = `canary"\4711`

// TestPasswordStaysSecret goes wherever a password might come to light, with one
// from each source: the screen, the lines on the wire, a recording, the history,
// an editor and its environment, a crash, the process's arguments, the printed
// configuration, every file that is written, and the log of the broker.
func TestPasswordStaysSecret(t *testing.T) {
	for name, source := range map[string]struct {
		args, env []string
		typed     bool
	}{
		"prompt":   {typed: true},
		"file":     {args: []string{"--password-file", secretFile(t, canary+"\n")}},
		"variable": {env: []string{"JOLT_PASSWORD=" + canary}},
		"keyring":  {args: []string{"--password-from", "keyring"}, env: []string{"KEYRING_FILE=" + secretFile(t, canary)}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			home := t.TempDir()
			port := guardedBroker(t, filepath.Join(home, "broker.log"))
			editor := filepath.Join(home, "editor")
			write(t, editor, fmt.Sprintf("#!/bin/sh\nenv > %s/editor.env\necho '{\"edited\":true}' > \"$1\"\n", home), 0o700)
			environment := append(environ(t, "HOME="+home, "EDITOR="+editor), source.env...)
			args := append([]string{"--port", port, "--user", "ann", "orders.eu"}, source.args...)

			print := exec.Command(panicker, append(args, "--print-config")...)
			print.Env = environment
			printed, err := print.CombinedOutput()
			if err != nil || !strings.Contains(string(printed), "ann") {
				t.Fatalf("--print-config: %s, %v", printed, err)
			}
			refuseCanary(t, "--print-config", printed)

			cmd := exec.Command(panicker, args...)
			cmd.Env = environment
			x := run(t, 160, 50, cmd, true)
			if source.typed {
				x.see("Password of ann")
				x.poll("the echo to be off", func() bool { return !x.unharmed() })
				x.press(canary + "\r")
			}
			x.see("connected", "● orders.eu")
			if cmdline, err := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", cmd.Process.Pid)); err == nil {
				refuseCanary(t, "the arguments", cmdline)
			}
			useEverything(x)
			x.press("U") // panics
			if code := x.exit(); code != 1 {
				t.Errorf("exit code %d", code)
			}
			x.see("This is a bug in joltui")
			refuseCanary(t, "what was written to the terminal", []byte(x.bytes()))
			for _, file := range []string{"broker.log", "editor.env", "recording.ndjson"} {
				if info, err := os.Stat(filepath.Join(home, file)); err != nil || info.Size() == 0 {
					t.Errorf("the test did not get as far as %s: %v", file, err)
				}
			}
			refuseInFiles(t, home)
		})
	}
}

// useEverything looks at the wire, records, edits a payload, publishes it, and
// looks at the profiles.
func useEverything(x *terminal) {
	x.press("i")
	x.see("login as ann", `"pass":"***"`)
	x.press("g\r")
	x.gone("Wire ─")
	x.see(`"pass":"***"`)
	x.press("\x1b")
	x.see("Wire ─")
	x.press("\x1b")
	x.gone("Wire ─")
	x.press("r")
	x.see("record all, or screen")
	x.press("\r")
	x.see("record to ")
	x.press("\x15~/recording.ndjson\r")
	x.see("● REC")
	x.press("p")
	x.see("enter send")
	x.press("\x05")
	x.see(`{"edited":true}`)
	x.press("\r")
	x.see("back in")
	x.press("\x1b")
	x.gone("enter send")
	x.press(":profile\r")
	x.see("Profiles 0")
	x.press("\x1b")
	x.gone("Profiles 0")
}

// guardedBroker runs a broker that lets only ann in, and logs to a file.
func guardedBroker(t *testing.T, log string) (port string) {
	t.Helper()
	port = freePort(t)
	config := secretFile(t, fmt.Sprintf(`{"security":true,"users":[{"name":"ann","password_hash":%q,"permissions":["admin"]}]}`,
		brokertest.PasswordHash(canary)))
	out, err := os.OpenFile(log, os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	cmd := exec.Command(binary, "broker", "--port", port, "--config", config)
	cmd.Stderr = out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait()
	})
	return port
}

// secretFile is one that only its owner may read, outside of any home.
func secretFile(t *testing.T, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "secret")
	write(t, path, content, 0o600)
	return path
}

func write(t *testing.T, path, content string, mode os.FileMode) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), mode); err != nil {
		t.Fatal(err)
	}
}

func refuseCanary(t *testing.T, where string, text []byte) {
	t.Helper()
	if at := bytes.Index(text, []byte("canary")); at >= 0 {
		t.Errorf("the password is in %s: %q", where, text[max(at-80, 0):min(at+40, len(text))])
	}
}

func refuseInFiles(t *testing.T, folder string) {
	t.Helper()
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		refuseCanary(t, path, text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
