package clipboard

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/aymanbagabas/go-osc52/v2"
)

// MaxTerminal is the longest text, in bytes, that is sent through a terminal: xterm and
// terminals like it accept a sequence of 100,000 bytes, in base64, at most.
const MaxTerminal = 74_994

var (
	// ErrTooLong says that a text is longer than [MaxTerminal]. Nothing was
	// copied: half of a payload is of no use to anybody.
	ErrTooLong = errors.New("too long for the terminal's clipboard")
	// ErrReplaced says that another text was copied before this one was.
	ErrReplaced = errors.New("another one was copied before it was done")
	// ErrNowhere says that there is neither a clipboard nor a terminal.
	ErrNowhere = errors.New("there is no clipboard and no terminal to copy to")
)

// Way is how a text was copied.
type Way uint8

// The ways. A terminal does not say whether it has accepted a text: its user may have
// forbidden that.
const (
	Local         Way = iota + 1 // by a program of this machine, which has it for certain
	Terminal                     // sent to the terminal
	ThroughTmux                  // sent to tmux, for itself and for the terminal around it
	ThroughScreen                // sent through screen
)

// String names the way, in words that follow "copied … by".
func (w Way) String() string {
	switch w {
	case Local:
		return "the local clipboard"
	case Terminal:
		return "OSC 52"
	case ThroughTmux:
		return "OSC 52 through tmux"
	case ThroughScreen:
		return "OSC 52 through screen"
	default:
		return fmt.Sprintf("Way(%d)", uint8(w))
	}
}

// Options is what a [Clipboard] works with. Local and Terminal may be nil.
type Options struct {
	// Getenv tells where the user sits: SSH_TTY, SSH_CONNECTION, TMUX, STY, TERM.
	Getenv func(string) string
	// Local writes to the clipboard of this machine; see [System]. It returns soon
	// when its context ends.
	Local func(ctx context.Context, text string) error
	// Timeout is how long Local may take; by default 2 s.
	Timeout time.Duration
	// Terminal gets escape sequences, each in one Write. It must be safe for concurrent
	// writes, as an *os.File is, so that nothing is written in the middle of a sequence.
	Terminal io.Writer
}

// Clipboard copies texts. It is safe for concurrent use.
type Clipboard struct {
	options Options
	local   *latest
}

// New returns a clipboard. [Clipboard.Close] ends the programs that it has started.
func New(o Options) *Clipboard {
	if o.Getenv == nil {
		o.Getenv = func(string) string { return "" }
	}
	if o.Timeout <= 0 {
		o.Timeout = 2 * time.Second
	}
	return &Clipboard{options: o, local: newLatest()}
}

// Copied says how a text was copied.
type Copied struct {
	Way Way
	// Local is why the clipboard of this machine failed, if it was tried before the
	// terminal.
	Local error
}

// Copy copies text, byte for byte, and says how. If the clipboard of this machine fails, as
// without a display, or takes too long, the terminal is tried. A copy that is under way ends
// with [ErrReplaced].
func (c *Clipboard) Copy(text string) (Copied, error) {
	var failed error
	if c.options.Local != nil && !c.remote() {
		failed = c.local.do(func(ctx context.Context) error { return c.copyLocal(ctx, text) })
		switch {
		case failed == nil:
			return Copied{Way: Local}, nil
		case errors.Is(failed, ErrReplaced), errors.Is(failed, errClosed):
			return Copied{}, failed
		}
		failed = fmt.Errorf("the local clipboard failed: %w", failed)
	}
	way, err := c.toTerminal(text)
	if err != nil {
		return Copied{Local: failed}, errors.Join(err, failed)
	}
	return Copied{way, failed}, nil
}

func (c *Clipboard) copyLocal(ctx context.Context, text string) error {
	late := fmt.Errorf("it has not taken the text within %s, and was ended", c.options.Timeout)
	ctx, cancel := context.WithTimeoutCause(ctx, c.options.Timeout, late)
	defer cancel()
	err := c.options.Local(ctx, text)
	if err != nil && ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return err
}

// Close ends the copy that is under way, and returns when it has ended. Later calls of Copy
// fail.
func (c *Clipboard) Close() { c.local.close() }

// remote reports whether the user sits at another machine.
func (c *Clipboard) remote() bool { return c.isSet("SSH_TTY") || c.isSet("SSH_CONNECTION") }

func (c *Clipboard) isSet(name string) bool { return c.options.Getenv(name) != "" }

func (c *Clipboard) toTerminal(text string) (Way, error) {
	switch {
	case c.options.Terminal == nil:
		return 0, ErrNowhere
	case len(text) > MaxTerminal:
		return 0, fmt.Errorf("%w: %d bytes, at most %d", ErrTooLong, len(text), MaxTerminal)
	}
	way, sequence := c.sequence(osc52.New(text))
	if _, err := c.options.Terminal.Write([]byte(sequence)); err != nil {
		return 0, fmt.Errorf("write to the terminal: %w", err)
	}
	return way, nil
}

// sequence wraps s for whatever lies between joltui and the terminal.
func (c *Clipboard) sequence(s osc52.Sequence) (Way, string) {
	switch {
	case c.isSet("TMUX"):
		// tmux accepts the plain sequence with set-clipboard on, and passes the wrapped
		// one on with allow-passthrough on. It ignores what it is not configured for.
		return ThroughTmux, s.String() + s.Tmux().String()
	case c.isSet("STY"), strings.HasPrefix(c.options.Getenv("TERM"), "screen"):
		return ThroughScreen, s.Screen().String()
	default:
		return Terminal, s.String()
	}
}
