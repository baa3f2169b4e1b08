package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// programs are what is measured.
type programs struct {
	joltui   string
	empty    string
	profiles string // where joltui writes profiles; "" is nowhere
}

// build makes the programs in dir, from the folder bench/dashboard. With a
// folder for profiles, joltui is the one that writes them.
func build(dir, profiles string) (programs, error) {
	p := programs{filepath.Join(dir, "joltui"), filepath.Join(dir, "empty"), profiles}
	joltui := "joltui"
	if profiles != "" {
		joltui = "joltui/bench/dashboard/profiled"
	}
	for to, pkg := range map[string]string{p.joltui: joltui, p.empty: "joltui/bench/dashboard/empty"} {
		if out, err := exec.Command("go", "build", "-trimpath", "-o", to, pkg).CombinedOutput(); err != nil {
			return p, fmt.Errorf("build %s: %w\n%s", pkg, err, out)
		}
	}
	return p, nil
}

// openEmpty runs the empty program.
func (p programs) openEmpty() (*terminal, error) { return open(exec.Command(p.empty)) }

// dashboard is joltui, connected to a firehose and subscribed to its topics.
type dashboard struct {
	*terminal
	*firehose
}

func (p programs) openDashboard() (*dashboard, error) {
	f, err := listen()
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(p.joltui, append([]string{"--port", f.port}, topics...)...)
	if p.profiles != "" {
		cmd.Env = append(os.Environ(), "JOLTUI_PROFILES="+p.profiles)
	}
	t, err := open(cmd)
	if err != nil {
		f.close()
		return nil, err
	}
	d := &dashboard{t, f}
	select {
	case <-f.subscribed:
		return d, nil
	case <-time.After(patience):
		return nil, errors.Join(errors.New("joltui did not subscribe"), d.close())
	}
}

func (d *dashboard) close() error {
	err := d.terminal.close()
	d.firehose.close()
	if err != nil {
		return fmt.Errorf("joltui ended with %w", err)
	}
	return nil
}
