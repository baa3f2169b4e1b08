package e2e

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"joltui/broker/brokertest"
)

// What commands print on a terminal is printable, whatever they were given.
func TestHostileArguments(t *testing.T) {
	t.Parallel()
	for i, text := range append(corpus[:len(corpus):len(corpus)], noUTF8...) {
		if strings.Contains(text, "\x00") {
			continue // cannot be in an argument
		}
		config := filepath.Join(t.TempDir(), "broker.json")
		q := quote(text)
		content := []string{
			`{` + q + `:1}`, `{"host":` + q + `}`, `{"users":[{"name":` + q + `,"password_hash":"x"}]}`,
			`{"security":true,"users":[{"name":"a","password_hash":"x","permissions":[` + q + `]}]}`, text, `{"host":"` + text,
		}[i%6]
		if err := os.WriteFile(config, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		for j, tt := range []struct {
			environ string
			args    []string
		}{
			{args: []string{"--unknown" + text}}, {args: []string{"-" + text + "x"}}, {args: []string{"--port", text}},
			{args: []string{"demo", "x" + text}}, {args: []string{"help", "x" + text}}, {args: []string{"broker", "--config", config}},
			{args: []string{"broker", "--config", "/nowhere/" + text}}, {args: []string{"--host", "h/" + text}},
			{args: []string{"--user", "u" + text, "--password-file", "/nowhere/" + text}}, {args: []string{"\xff" + text}},
			{environ: "JOLT_PORT=x" + text, args: []string{"watch"}}, {args: []string{"--help", text}}, {args: []string{"completion", "x" + text}},
		} {
			if (i+j)%3 > 0 {
				continue // each text with a third of the commands: all together would take long
			}
			cmd := exec.Command(binary, tt.args...)
			cmd.Env = environ(t, tt.environ)
			x := run(t, 80, 24, cmd, true)
			x.expect("") // the help is longer than the screen
			x.exit()
			for _, fault := range faults(strings.ReplaceAll(x.bytes(), "\r\n", "\n")) {
				t.Errorf("%q %q: %s", tt.environ, tt.args, fault)
			}
			x.restored()
		}
	}
}

// The broker's log is printable, whoever logs in.
func TestHostileLogins(t *testing.T) {
	t.Parallel()
	config := filepath.Join(t.TempDir(), "broker.json")
	content := fmt.Sprintf(`{"security":true,"users":[{"name":"a","password_hash":%q,"permissions":["admin"]}]}`, brokertest.PasswordHash("secret"))
	if err := os.WriteFile(config, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	port := freePort(t)
	x := run(t, 200, 50, exec.Command(binary, "broker", "--config", config, "--port", port), true)
	x.expect("") // the log is longer than the screen
	x.see("msg=serving")
	for i, text := range corpus {
		conn, err := net.Dial("tcp", "127.0.0.1:"+port)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(conn, `{"op":"auth","user":%s,"pass":""}`+"\n", quote(fmt.Sprintf("user%d %s", i, text)))
		if len(text) < 100 {
			x.see(fmt.Sprintf("user%d", i))
		}
		conn.Close()
	}
	x.cmd.Process.Signal(syscall.SIGTERM)
	x.exit()
	checkBytes(t, x.bytes())
	x.restored()
}

// A host name that is none is told, and does nothing else.
func TestHostileHosts(t *testing.T) {
	for i, text := range []string{corpus[0], corpus[3], corpus[33], corpus[34], corpus[36], corpus[43], noUTF8[0]} {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			t.Parallel()
			x := open(t, 120, 40, "--host", "h"+strings.NewReplacer(" ", "", ":", "", "[", "", "]", "").Replace(text), "orders")
			x.see("No broker at h", "no such host")
			x.press("\x03")
			x.exit()
			checkBytes(t, x.bytes())
			x.restored()
		})
	}
}
