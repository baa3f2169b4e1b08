//go:build !windows

package clipboard

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"time"

	"joltui/internal/inherit"
)

// System returns what writes to the clipboard of this machine, or nil where nothing
// does. It starts a program, which is killed when the context ends.
func System() func(ctx context.Context, text string) error {
	for _, helper := range helpers() {
		if _, err := exec.LookPath(helper[0]); err == nil {
			return func(ctx context.Context, text string) error { return feedTo(ctx, helper, text) }
		}
	}
	return nil
}

// helpers are the programs that take a text on stdin and put it on the clipboard, the
// best first, each with its arguments.
func helpers() [][]string {
	if runtime.GOOS == "darwin" {
		return [][]string{{"pbcopy"}}
	}
	all := [][]string{
		{"xclip", "-in", "-selection", "clipboard"},
		{"xsel", "--input", "--clipboard"},
		{"termux-clipboard-set"},
		{"clip.exe"}, // of Windows around this Linux
	}
	if os.Getenv("WAYLAND_DISPLAY") != "" {
		all = append([][]string{{"wl-copy"}}, all...)
	}
	return all
}

// feedTo has a program take a text on stdin. Some leave a child that serves the
// clipboard from then on, which goes on when the program has ended by itself.
func feedTo(ctx context.Context, command []string, text string) error {
	cmd := exec.CommandContext(ctx, command[0], command[1:]...)
	cmd.Stdin = strings.NewReader(text)
	cmd.WaitDelay = 100 * time.Millisecond // for a child that keeps the pipe open
	killAll(cmd)
	inherit.Nothing()
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%s: %w", command[0], err)
	}
	return nil
}
