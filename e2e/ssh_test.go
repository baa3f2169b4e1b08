package e2e

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"joltui/broker"
	"joltui/broker/brokertest"
	"joltui/jolt"
)

// sshServer is a joltui serve, the broker behind it, and the files of its viewers.
type sshServer struct {
	t      *testing.T
	folder string
	port   string
	broker string
	client *jolt.Client
	cmd    *exec.Cmd

	mu  sync.Mutex
	log []map[string]any
	new chan struct{}
}

// serveSSH starts joltui serve. lines are those of the file of keys, each with the name of a
// viewer in place of the key.
func serveSSH(t *testing.T, lines []string, args ...string) *sshServer {
	t.Helper()
	for _, program := range []string{"ssh", "ssh-keygen"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("there is no %s: install openssh-client for the tests with the real one", program)
		}
	}
	s := &sshServer{t: t, folder: t.TempDir(), broker: brokertest.Start(t, broker.Config{}).Addr, new: make(chan struct{}, 1)}
	for _, name := range []string{"anna", "otto", "sue", "stranger"} {
		if out, err := exec.Command("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", s.path(name)).CombinedOutput(); err != nil {
			t.Fatalf("ssh-keygen: %v: %s", err, out)
		}
	}
	s.allow(lines...)
	client, err := jolt.Dial(t.Context(), jolt.Config{Addr: s.broker})
	if err != nil {
		t.Fatal(err)
	}
	s.client = client
	t.Cleanup(func() { client.Close() })
	_, port, _ := strings.Cut(s.broker, ":")
	s.cmd = exec.Command(binary, append([]string{"serve", "--port", port, "--listen", "127.0.0.1:0", "--host-key", s.path("host"),
		"--authorized-keys", s.path("keys"), "--log-format", "json"}, args...)...)
	s.cmd.Env = environ(t)
	stderr, err := s.cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	read := make(chan struct{})
	go func() {
		defer close(read)
		s.read(bufio.NewScanner(stderr))
	}()
	t.Cleanup(func() {
		s.cmd.Process.Signal(syscall.SIGTERM)
		<-read
		if err := s.cmd.Wait(); err != nil {
			t.Errorf("joltui serve ended with %v", err)
		}
	})
	addr, _ := s.await("serving")["address"].(string)
	_, s.port, _ = strings.Cut(addr, ":")
	host, err := exec.Command("ssh-keygen", "-y", "-f", s.path("host")).Output()
	if err != nil {
		t.Fatal(err)
	}
	s.write("known", fmt.Sprintf("[127.0.0.1]:%s %s", s.port, host))
	return s
}

func (s *sshServer) path(name string) string { return filepath.Join(s.folder, name) }

func (s *sshServer) write(name, text string) {
	s.t.Helper()
	if err := os.WriteFile(s.path(name), []byte(text), 0o600); err != nil {
		s.t.Fatal(err)
	}
}

// allow writes the file of keys.
func (s *sshServer) allow(lines ...string) {
	s.t.Helper()
	var file strings.Builder
	for _, line := range lines {
		options, name := "", line
		if at := strings.LastIndex(line, " "); at >= 0 {
			options, name = line[:at+1], line[at+1:]
		}
		key, err := os.ReadFile(s.path(name + ".pub"))
		if err != nil {
			s.t.Fatal(err)
		}
		file.WriteString(options + string(key))
	}
	s.write("keys", file.String())
}

func (s *sshServer) read(lines *bufio.Scanner) {
	for lines.Scan() {
		var record map[string]any
		if json.Unmarshal(lines.Bytes(), &record) != nil {
			record = map[string]any{"msg": "no JSON: " + lines.Text()}
		}
		s.mu.Lock()
		s.log = append(s.log, record)
		s.mu.Unlock()
		select {
		case s.new <- struct{}{}:
		default:
		}
	}
}

// await waits for a record of the log, and takes it and those before it out.
func (s *sshServer) await(message string) map[string]any {
	s.t.Helper()
	late := time.After(patience)
	for {
		s.mu.Lock()
		for i, record := range s.log {
			if record["msg"] == message {
				s.log = s.log[i+1:]
				s.mu.Unlock()
				return record
			}
		}
		all := fmt.Sprint(s.log)
		s.mu.Unlock()
		select {
		case <-s.new:
		case <-late:
			s.t.Fatalf("the log does not say %q: %s", message, all)
		}
	}
}

// ssh returns the real ssh with the key of a viewer.
func (s *sshServer) ssh(viewer string, args ...string) *exec.Cmd {
	cmd := exec.Command("ssh", append([]string{"-F", "none", "-p", s.port, "-l", viewer, "-i", s.path(viewer), "-o", "IdentitiesOnly=yes",
		"-o", "IdentityAgent=none", "-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=yes", "-o", "LogLevel=ERROR",
		"-o", "UserKnownHostsFile=" + s.path("known")}, args...)...)
	cmd.Env = environ(s.t)
	return cmd
}

// output runs a command without a terminal to its end.
func (s *sshServer) output(viewer string, words ...string) (out, errs string, code int) {
	s.t.Helper()
	var o, e bytes.Buffer
	cmd := s.ssh(viewer, append([]string{"127.0.0.1"}, words...)...)
	cmd.Stdout, cmd.Stderr = &o, &e
	var exit *exec.ExitError
	if err := cmd.Run(); err != nil && !errors.As(err, &exit) {
		s.t.Fatal(err)
	}
	return o.String(), e.String(), cmd.ProcessState.ExitCode()
}

func (s *sshServer) publish(topic, data string) {
	s.t.Helper()
	if err := s.client.Publish(s.t.Context(), topic, data); err != nil {
		s.t.Fatal(err)
	}
}

// A viewer with a key and nothing else sees what is published, in a terminal that can change
// its size and is as it was afterwards.
func TestSSHDashboard(t *testing.T) {
	t.Parallel()
	s := serveSSH(t, []string{"anna"}, "chat", "orders.eu")
	x := run(t, 120, 34, s.ssh("anna", "-t", "127.0.0.1"), true)
	x.see("● connected", "● chat", "● orders.eu", "READ-ONLY")
	if came := s.await("viewer came"); came["name"] != "anna" || came["terminal"] != "xterm-256color" {
		t.Error(came)
	}
	s.publish("chat", "hello over ssh")
	x.see("hello over ssh")
	x.press("p")
	x.see("p: publish ─ this dashboard is read-only")
	x.press("\x1a") // ctrl+z
	x.see("ctrl+z: suspend ─ this dashboard runs on another machine than yours")
	x.resize(80, 24)
	x.until(func(string) bool { return fits(x.grid(), 80, 24) }, "a whole screen")
	x.press("q")
	if code := x.exit(); code != 0 {
		t.Errorf("exit code %d on\n%s", code, x.text())
	}
	x.restored()
	if left := s.await("viewer left"); left["why"] != "the program ended" || left["code"] != 0.0 {
		t.Error(left)
	}
	if files, _ := os.ReadDir(filepath.Join(home(s.cmd), ".local")); len(files) > 0 {
		t.Errorf("something was kept on the disk of the server: %v", files)
	}
}

// home is the home folder of a command.
func home(cmd *exec.Cmd) string {
	for _, variable := range cmd.Env {
		if folder, ok := strings.CutPrefix(variable, "HOME="); ok {
			return folder
		}
	}
	return ""
}

// Who may publish does so with a grant, to the topics of the key, and the log has it without
// the payload.
func TestSSHPublish(t *testing.T) {
	t.Parallel()
	s := serveSSH(t, []string{"publish otto", `publish,topics="chat" sue`}, "chat")
	got := make(chan string, 8)
	listener, err := jolt.Dial(t.Context(), jolt.Config{Addr: s.broker, Topics: []string{"chat", "other"}, Handler: func(batch []jolt.Event) {
		for _, e := range batch {
			if m, ok := e.(*jolt.Message); ok {
				got <- m.Topic + " " + m.Data
			}
		}
	}})
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	for _, topic := range []string{"chat", "other"} {
		if err := listener.Subscribe(t.Context(), topic); err != nil {
			t.Fatal(err)
		}
	}
	x := run(t, 120, 34, s.ssh("otto", "-t", "127.0.0.1", "chat", "/secret"), true)
	x.see("● connected", "● chat", "secret")
	x.press("p")
	x.see("┏ Publish")
	x.press("secret words\r")
	if text := <-got; text != "chat secret words" {
		t.Errorf("published: %q", text)
	}
	if done := s.await("published"); done["name"] != "otto" || done["topic"] != "chat" || done["bytes"] != 12.0 || done["outcome"] != "acknowledged" || strings.Contains(fmt.Sprint(done), "secret") {
		t.Error(done)
	}
	x.press("\x03")
	x.exit()

	x = run(t, 120, 34, s.ssh("sue", "-t", "127.0.0.1", "other"), true)
	x.see("● connected", "your key is not for other")
	x.press(":publish other\r")
	x.see("to other")
	x.press("x\r")
	x.see("your key is not for the topic other")
	if no := s.await("refused"); no["name"] != "sue" || !strings.Contains(fmt.Sprint(no["what"]), "other") {
		t.Error(no)
	}
	x.press("\x03")
	x.exit()
	select {
	case text := <-got:
		t.Errorf("published: %q", text)
	default:
	}
}

// --read-only holds whatever a key allows.
func TestSSHReadOnly(t *testing.T) {
	t.Parallel()
	s := serveSSH(t, []string{"publish otto"}, "--read-only")
	x := run(t, 120, 34, s.ssh("otto", "-t", "127.0.0.1", "chat"), true)
	x.see("● chat", "READ-ONLY")
	x.press("p")
	x.see("p: publish ─ this dashboard is read-only")
	x.press("\x03")
	x.exit()
}

// Without a terminal there is what a script can use, and nothing else.
func TestSSHCommands(t *testing.T) {
	t.Parallel()
	s := serveSSH(t, []string{"anna", `topics="chat" sue`})
	if out, errs, code := s.output("anna", "ping"); code != 0 || !strings.HasPrefix(out, s.broker+": ") {
		t.Errorf("ping: %d, %q, %q", code, out, errs)
	}
	for _, tt := range []struct {
		viewer string
		words  []string
		code   int
		says   string
	}{
		{"anna", []string{"sh", "-c", "id"}, 2, "served here"},
		{"anna", []string{"sub", "chat"}, 2, "served here"},
		{"anna", []string{"sub", "--json", "--exec=id", "chat"}, 2, "served here"},
		{"anna", []string{"pub", "chat", "x"}, 2, "served here"},
		{"anna", nil, 2, "served here"},
		{"sue", []string{"sub", "--json", "chat", "other"}, 3, "your key is not for the topic other"},
		{"stranger", []string{"ping"}, 255, "Permission denied (publickey)"},
	} {
		out, errs, code := s.output(tt.viewer, tt.words...)
		if code != tt.code || out != "" || !strings.Contains(errs, tt.says) || strings.Count(errs, "\n") != 1 {
			t.Errorf("%s %q: %d, %q, %q", tt.viewer, tt.words, code, out, errs)
		}
	}
	first := exec.Command("sh", "-c", strings.Join(quoted(s.ssh("sue", "127.0.0.1", "sub", "--json", "chat").Args), " ")+" | head -1")
	first.Env = environ(t)
	out, err := first.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := first.Start(); err != nil {
		t.Fatal(err)
	}
	stop := make(chan struct{})
	go func() { // until ssh has noticed that nobody reads
		for {
			select {
			case <-stop:
				return
			case <-time.After(10 * time.Millisecond):
				s.client.Publish(t.Context(), "chat", `{"a":1}`)
			}
		}
	}()
	var text bytes.Buffer
	text.ReadFrom(out)
	first.Wait()
	close(stop)
	var m struct{ Topic, Data string }
	if err := json.Unmarshal(text.Bytes(), &m); err != nil || m.Topic != "chat" || m.Data != `{"a":1}` || strings.Count(text.String(), "\n") != 1 {
		t.Errorf("%v: %q", err, text.String())
	}
	for {
		left := s.await("viewer left")
		if left["command"] == "sub --json chat" && left["name"] == "sue" {
			break
		}
	}
}

// quoted are words for a shell.
func quoted(words []string) (all []string) {
	for _, w := range words {
		all = append(all, "'"+w+"'")
	}
	return all
}

// SIGHUP reads the keys again: who is no longer in them is out at once, and a file with a
// mistake changes nothing.
func TestSSHReload(t *testing.T) {
	t.Parallel()
	s := serveSSH(t, []string{"anna", "otto"}, "chat")
	anna := run(t, 120, 34, s.ssh("anna", "-t", "127.0.0.1"), true)
	otto := run(t, 120, 34, s.ssh("otto", "-t", "127.0.0.1"), true)
	anna.see("● chat")
	otto.see("● chat")

	s.allow("command=\"sh\" sue", "otto")
	s.cmd.Process.Signal(syscall.SIGHUP)
	if no := s.await("the keys were not read again: nothing has changed"); !strings.Contains(fmt.Sprint(no["error"]), "command") {
		t.Error(no)
	}
	s.allow("otto", "sue")
	s.cmd.Process.Signal(syscall.SIGHUP)
	if left := s.await("viewer left"); left["name"] != "anna" || !strings.Contains(fmt.Sprint(left["why"]), "taken out") {
		t.Error(left)
	}
	anna.exit()
	if !anna.unharmed() || !strings.Contains(anna.text(), "this session has ended: the key was taken out") {
		t.Errorf("the screen of who is out:\n%s", anna.text())
	}
	s.publish("chat", "still here")
	otto.see("still here")
	if _, _, code := s.output("sue", "ping"); code != 0 {
		t.Errorf("a new key: exit code %d", code)
	}
	otto.press("\x03")
	otto.exit()
	otto.restored()
}

// joltui --away keeps away from its machine behind another sshd, too.
func TestAwayProgram(t *testing.T) {
	t.Parallel()
	_, port, _ := strings.Cut(brokertest.Start(t, broker.Config{}).Addr, ":")
	cmd := exec.Command(binary, "--away", "--read-only", "--port", port, "chat")
	cmd.Env = environ(t)
	x := run(t, 120, 34, cmd, true)
	x.see("● connected", "● chat", "READ-ONLY")
	for key, says := range map[string]string{"\x1a": "ctrl+z: suspend", "C": "C: profiles", "r": "r: record, or stop", "S": "S: save topics as group", "H": "H: start a broker here"} {
		x.press(key)
		x.see(says + " ─ this dashboard runs on another machine than yours")
	}
	x.press("t\x03") // times, which are among the preferences
	if code := x.exit(); code != 0 {
		t.Errorf("exit code %d", code)
	}
	x.restored()
	filepath.WalkDir(home(cmd), func(path string, entry os.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			t.Errorf("it has kept %s", path)
		}
		return err
	})
}
